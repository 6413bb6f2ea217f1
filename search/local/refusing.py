"""Answers from an index whose files may have changed since they were opened: right ones, or a refusal.

What an answer needs of a file is mapped, and most of it not verified before a server has warmed. Where an
answer fails for any reason but ours, the files are looked at: if they are not what was written, that is why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.errors import DamagedIndexError, GongkaiError

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_Item = TypeVar("_Item")


class Refusing(Protocol):
    """An engine over files. `damage`: why it answers no more, if it does not."""

    damage: DamagedIndexError | None

    def verify(self) -> None:
        """Raises DamagedIndexError where a file is not what was written, and refuses to answer then."""


_Engine = TypeVar("_Engine", bound=Refusing)


def refusing(
    method: Callable[Concatenate[_Engine, _Given], _Answer],
) -> Callable[Concatenate[_Engine, _Given], _Answer]:
    """A method that answers from the files, or raises DamagedIndexError."""

    @wraps(method)
    def answer(engine: _Engine, /, *given: _Given.args, **named: _Given.kwargs) -> _Answer:
        with _refused(engine):
            return method(engine, *given, **named)

    return answer


def refusing_each(
    method: Callable[Concatenate[_Engine, _Given], Iterator[_Item]],
) -> Callable[Concatenate[_Engine, _Given], Iterator[_Item]]:
    """The same of a method whose answers are made while they are taken; what is wrong with what is asked is
    raised by the call."""
    ask = refusing(method)

    @wraps(method)
    def answers(engine: _Engine, /, *given: _Given.args, **named: _Given.kwargs) -> Iterator[_Item]:
        return _each(engine, ask(engine, *given, **named))

    return answers


def _each(engine: Refusing, items: Iterator[_Item]) -> Iterator[_Item]:
    with _refused(engine):
        yield from items


@contextmanager
def _refused(engine: Refusing) -> Iterator[None]:
    """DamagedIndexError where the index is known to be damaged, or what fails within is for that reason."""
    if engine.damage is not None:
        raise DamagedIndexError(engine.damage.message, hint=engine.damage.hint)
    try:
        yield
    except Exception as error:
        if not isinstance(error, GongkaiError) or isinstance(error, DamagedIndexError):
            engine.verify()
        raise
