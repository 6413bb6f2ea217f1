"""Messages are data: a key with values, worded at the edge in the reader's language.

An error, a hint, a warning or a reason is a `Message`; page, API and terminal word it. The
catalogue holds one row a key, a table a topic: the sentence in Chinese and in English, with a hole
a value, as `str.format` writes them. English sentences read well with any number put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from string import Formatter
from typing import Any, Literal, NamedTuple, get_args

from indexer.messages import (
    archives,
    cluster,
    command,
    corpus,
    doubts,
    dropped,
    findings,
    guard,
    handover,
    index,
    lists,
    programs,
    query,
    reading,
    regions,
    remote,
    request,
    saved,
    verifying,
)

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

CATALOGUE: Mapping[str, tuple[str, str]] = {
    key: both
    for topic in (
        query,
        request,
        reading,
        archives,
        doubts,
        regions,
        dropped,
        corpus,
        index,
        cluster,
        remote,
        command,
        lists,
        saved,
        programs,
        handover,
        findings,
        verifying,
        guard,
    )
    for key, both in topic.MESSAGES.items()
}
"""By key: Chinese, English."""

_PLACES = frozenset({"path", "folder", "file", "corpus"})
"""Holes that paths fill."""
_LIST = {"zh": "、", "en": ", "}
_SENTENCES = {"zh": "；", "en": "; "}
_UNKNOWN = "…"


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """What is to be said: a key of the catalogue, and what fills the holes of its sentence.

    A list is joined as the language does, of texts by "、", of messages by "；"; a message in a
    message is worded in the same language.
    """

    key: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **values: Value) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple(sorted(values.items())))


Value = str | int | float | Message | tuple[str | Message, ...]


class Part(NamedTuple):
    """Some of a worded message; `value`: it filled a hole, so its language may be any."""

    text: str
    value: bool


def word(message: Message, language: Language) -> str:
    """The sentence. Raises nothing: of a message that another version stored, it shows what is there."""
    return "".join(part.text for part in parts(message, language))


def parts(message: Message, language: Language) -> Iterator[Part]:
    """The sentence in parts; a key that is not in the catalogue is all that there is to show."""
    if message.key not in CATALOGUE:
        yield Part(message.key, True)
        return
    values = dict(message.values)
    for text, hole, form in _template(message.key, language):
        if text:
            yield Part(text, False)
        if hole is not None:
            yield from _filled(values.get(hole, _UNKNOWN), form, language)


@cache
def _template(key: str, language: Language) -> tuple[tuple[str, str | None, str], ...]:
    """(text, name of the hole after it, its format) all along a sentence."""
    sentence = CATALOGUE[key][LANGUAGES.index(language)]
    return tuple((text, hole, form or "") for text, hole, form, _ in Formatter().parse(sentence))


def _filled(value: Value, form: str, language: Language) -> Iterator[Part]:
    """What stands in a hole."""
    if isinstance(value, Message):
        yield from parts(value, language)
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            if at:
                yield Part((_SENTENCES if isinstance(each, Message) else _LIST)[language], False)
            yield from _filled(each, "", language)
    else:
        yield Part(format(value, form) if isinstance(value, int | float) else str(value), True)


def in_common(messages: Sequence[Message]) -> Message:
    """What messages of one key all say: a hole that they fill differently is left open, “…” in words."""
    first, *others = messages
    kept: dict[str, Value] = {}
    for name, value in first.values:
        same = [dict(other.values).get(name) for other in others]
        if all(each == value for each in same):
            kept[name] = value
        elif isinstance(value, Message):
            kept[name] = in_common([value, *(each for each in same if isinstance(each, Message))])
    return Message(first.key, **kept)


def unplaced(message: Message) -> Message:
    """The message with no more than the name of each file and folder: where they are on the machine that serves
    is for its terminal."""
    return Message(message.key, **{name: _named(name, value) for name, value in message.values})


def _named(name: str, value: Value) -> Value:
    if isinstance(value, Message):
        return unplaced(value)
    if isinstance(value, tuple):
        return tuple(unplaced(v) if isinstance(v, Message) else v for v in value)
    return PurePath(value).name if isinstance(value, str) and name in _PLACES else value


def as_json(message: Message) -> dict[str, Any]:
    """The message as JSON can hold it."""
    return {"key": message.key, "values": {name: _plain(value) for name, value in message.values}}


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return as_json(value) if isinstance(value, Message) else value


def from_json(stored: Mapping[str, Any]) -> Message:
    """The message that `as_json` took apart."""
    return Message(stored["key"], **{name: _value(v) for name, v in stored["values"].items()})


def _value(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(map(_value, stored))
    return from_json(stored) if isinstance(stored, dict) else stored
