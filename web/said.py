"""Messages of engine and indexer, worded for whoever reads."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.messages import Message, parts, word
from web import language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Said(NamedTuple):
    """Some of a message; `lang` where its language is not the page's: a screen reader should know."""

    text: str
    lang: str | None


def said(message: Message) -> list[Said]:
    """The message for a page, in parts."""
    chosen = language.current()
    return [
        Said(text, "zh" if value and chosen != "zh" and _HAN.search(text) else None)
        for text, value in parts(message, chosen)
    ]


def told(message: Message) -> str:
    """The message as one sentence, for JSON and the terminal."""
    return word(message, language.current())
