"""Templates are compiled once in a process: every application would do so anew, a fifth of a second of CPU for
each of the larger pages, and many tests have an application of their own."""

from __future__ import annotations

from types import CodeType
from typing import Any

from flask import templating
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """Code of templates by their name, file and text; in memory, so that nothing old is found."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code


def compile_once() -> None:
    """From now on, for every application of this process."""
    compiled, begin = _Compiled(), templating.Environment.__init__

    def begin_with(self: templating.Environment, *given: Any, **options: Any) -> None:
        begin(self, *given, **{"bytecode_cache": compiled, **options})

    templating.Environment.__init__ = begin_with  # type: ignore[method-assign]
