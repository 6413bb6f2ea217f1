"""What engine and indexer say, in the reader's language.

Their messages are Chinese; an English page shows the English twin of the first pattern that fits.
A pattern is the Chinese message with named holes. What fills a hole is kept as it is; only a {list}
gets commas. No regular expressions: each text between holes is looked for once, so that nothing
that a stranger puts into a hole can make the search slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from web import language
from web.texts import errors, said_doubts, said_index, said_query

Twins = tuple[str, str]

TWINS: tuple[Twins, ...] = (
    *said_query.TWINS,
    *said_doubts.TWINS,
    *said_index.TWINS,
    *errors.HTTP.values(),
)
"""Chinese pattern, English pattern with the same holes; a narrower one before a wider one."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CHINESE = "zh"
_LIST = "list"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a message; `lang` where its language is not the page's."""

    text: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is shown; as a string, the whole of it."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A text, then holes with the texts after them: `names[i]` stands before `texts[i + 1]`."""

    texts: tuple[str, ...]
    names: tuple[str, ...]


def said(message: str) -> Said:
    """The message in the reader's language; one that no pattern fits stays as it is."""
    if language.current() == "zh":
        return Said((Part(message, None),))
    for chinese, english in TWINS:
        values = _values(_pattern(chinese), message)
        if values is not None:
            return Said(tuple(_filled(_pattern(english), values)))
    return Said((_kept(message),))


@cache
def _pattern(written: str) -> _Pattern:
    """The pattern as `str.format` would read it."""
    texts, names = [""], list[str]()
    for text, name, _, _ in Formatter().parse(written):
        texts[-1] += text
        if name is not None:
            names.append(name)
            texts.append("")
    return _Pattern(tuple(texts), tuple(names))


def _values(pattern: _Pattern, message: str) -> Mapping[str, str] | None:
    """What fills the holes, the first ones as short as can be; None where the pattern does not fit."""
    first, *rest = pattern.texts
    if not rest:
        return {} if message == first else None
    if not message.startswith(first):
        return None
    at, values = len(first), dict[str, str]()
    end = len(message) - len(rest[-1])
    for name, text in zip(pattern.names, rest[:-1], strict=False):
        found = message.find(text, at, end)
        if found < 0:
            return None
        values[name] = message[at:found]
        at = found + len(text)
    if at > end or not message.endswith(rest[-1]):
        return None
    return {**values, pattern.names[-1]: message[at:end]}


def _filled(pattern: _Pattern, values: Mapping[str, str]) -> Iterable[Part]:
    for text, name in zip(pattern.texts, (*pattern.names, ""), strict=True):
        if text:
            yield Part(text, None)
        if name and values[name]:
            yield _kept(values[name].replace("、", ", ") if name == _LIST else values[name])


def _kept(text: str) -> Part:
    """Text that is not translated; where it is Chinese, a screen reader should know."""
    return Part(text, _CHINESE if _HAN.search(text) else None)
