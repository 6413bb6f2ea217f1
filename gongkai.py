"""Where others begin: `main`, the command line, and `open_index`, for programs.

The only place that wires everything together. The pages are imported when the command line is asked for: a
program that opens an index does without.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from search.programs.opening import open_index

if TYPE_CHECKING:
    import click

    main: click.Group

__all__ = ["main", "open_index"]


@cache
def _command_line() -> click.Group:
    from search.local.engine import IndexEngine
    from search.local.live import LiveSource, warmed
    from web.commands.program import program
    from web.commands.wiring import Wiring

    return program(Wiring(engine=IndexEngine, live=LiveSource, warmed=warmed))


def __getattr__(name: str) -> click.Group:
    """`main`, when it is asked for."""
    if name != "main":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _command_line()


if __name__ == "__main__":
    _command_line()()
