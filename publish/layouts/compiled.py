"""Templates compiled once in a process, and the sandbox they are filled in."""

from __future__ import annotations

from types import CodeType
from typing import Any, ClassVar

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of this process, shared by all environments of one output.

    The code of a template depends on its file, its text and what its filters make of constants,
    which differs between outputs.
    """

    _code: ClassVar[dict[tuple[str, str, str], CodeType]] = {}

    def __init__(self, output: str) -> None:
        self.output = output

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template that was compiled before."""
        bucket.code = self._code.get((self.output, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        assert bucket.code is not None
        self._code[self.output, bucket.key, bucket.checksum] = bucket.code


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which asks once of each type and name whether a template may see it.

    What it asks depends on nothing else (``jinja2.sandbox.is_internal_attribute``,
    ``modifies_known_mutable``).
    """

    _safe: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]
