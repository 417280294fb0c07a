"""The process in which EPUBCheck runs: one Java for all files. Run as a program, never imported.

Its arguments are the path of java, that of EPUBCheck's jar, then each file and where its report
goes. A report is in its place when it is whole.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jpype

FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
"""Halves the fixed cost of a run and bounds its memory."""


def library(java: str) -> str:
    """Return the Java library beside a java program, or the one that JPype finds."""
    home = Path(os.path.realpath(java)).parents[1]
    beside = home / "lib" / "server" / "libjvm.so"
    return str(beside) if beside.is_file() else jpype.getDefaultJVMPath()


def main() -> None:
    """Check every file."""
    java, jar, *orders = sys.argv[1:]
    jpype.startJVM(library(java), *FLAGS, classpath=[jar])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for book, report in zip(orders[::2], orders[1::2], strict=True):
        aside = f"{report}.part"
        checker().run([book, "--json", aside, "--quiet"])
        Path(aside).rename(report)


if __name__ == "__main__":
    main()
