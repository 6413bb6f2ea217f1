"""The files that are not in the index, summed up by why: on the page, in its table, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.messages import Message, in_common
from web.texts import TEXTS, t

Refusal = tuple[str, Message]
"""The source of a file, and why it was rejected."""


class Cause(NamedTuple):
    """A kind of reason: how many files have it, and the first of them by name.

    `key` names it to programs; `reason` says what they have in common, with “…” where they differ;
    `mend` is the key of the text that says what to do, "" where the reason says that itself.
    """

    key: str
    reason: Message
    files: int
    example: str
    mend: str


def causes(refused: Iterable[Refusal]) -> list[Cause]:
    """All kinds of reasons, the commonest first."""
    by_key: dict[str, list[Refusal]] = {}
    for source, reason in refused:
        by_key.setdefault(cause_of(reason), []).append((source, reason))
    found = [_cause(key, files) for key, files in by_key.items()]
    return sorted(found, key=lambda cause: (-cause.files, cause.key))


def cause_of(reason: Message) -> str:
    """The key of the kind that a reason is of: its message's, with that of the message in it."""
    inner = next((key for _, value in reason.values if (key := _key_in(value))), "")
    return f"{reason.key}.{inner}" if inner else reason.key


def _key_in(value: object) -> str:
    """The key of a message that fills a hole of another; of several, of the first."""
    first = value[0] if isinstance(value, tuple) and value else value
    return first.key if isinstance(first, Message) else ""


def mend_told(cause: Cause) -> str:
    """What to do, "" for nothing to say."""
    return t(cause.mend) if cause.mend else ""


def _cause(key: str, files: Sequence[Refusal]) -> Cause:
    parts = key.split(".")
    mends = (f"mend_{part}" for part in reversed(parts))
    return Cause(
        key,
        in_common([reason for _, reason in files]),
        len(files),
        min(source for source, _ in files),
        next((mend for mend in mends if mend in TEXTS), ""),
    )
