"""fontTools takes a tenth of a second to load: only what edits or opens a font waits for it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [["-m", "publish", "--help"], ["-c", "import publish.build"]])
def test_fonttools_is_not_loaded_at_the_start(words: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "publish.cli" in done.stderr or "publish.build" in done.stderr
    assert "fontTools" not in done.stderr
    assert "uharfbuzz" not in done.stderr
