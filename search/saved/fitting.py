"""A finding as the file takes it: what is too long is refused, never cut."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.errors import LimitError
from indexer.messages import Message
from search.saved.finding import Facts, Finding

MAX_LABEL = 100
MAX_NOTE = 10_000
MAX_QUOTE = 20_000
"""Code points of a finding at most."""
_MAX_FACT = 1_000
"""Of what is known of its report, the beginning: a printed title may be a page long."""
_TOLD = 20  # of what is too long
_TIME = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def fitted(finding: Finding) -> Finding:
    """The finding as it can be kept. LimitError where quote, label or note are too long."""
    texts = {
        name: text_of(each) for name, each in finding.facts._asdict().items() if name != "year"
    }
    facts = {name: text[:_MAX_FACT] for name, text in texts.items()}
    return replace(
        finding,
        passage=finding.passage._replace(quote=quote_of(finding.passage.quote)),
        facts=Facts(**facts, year=finding.facts.year),
        label=label_of(finding.label),
        note=note_of(finding.note),
        made=_time(finding.made),
        changed=_time(finding.changed),
    )


def quote_of(text: str) -> str:
    """A quote as it is kept; LimitError."""
    kept = text_of(text)
    refused = Message("finding_quote_too_long", count=len(kept), most=MAX_QUOTE, text=kept[:_TOLD])
    return _short_enough(kept, MAX_QUOTE, refused)


def label_of(text: str) -> str:
    """A label as it is kept: one line; LimitError."""
    kept = " ".join(text_of(text).split())
    refused = Message("finding_label_too_long", count=len(kept), most=MAX_LABEL, text=kept[:_TOLD])
    return _short_enough(kept, MAX_LABEL, refused)


def note_of(text: str) -> str:
    """A note as it is kept; LimitError."""
    kept = text_of(text)
    refused = Message("finding_note_too_long", count=len(kept), most=MAX_NOTE, text=kept[:_TOLD])
    return _short_enough(kept, MAX_NOTE, refused)


def text_of(text: str) -> str:
    """What SQLite takes, and a browser's form gives: ends of lines are "\\n"; half a character is "?"."""
    kept = text.encode("utf-8", "replace").decode()
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def _short_enough(text: str, most: int, refused: Message) -> str:
    if len(text) > most:
        raise LimitError(refused, hint=Message("finding_too_long_hint"))
    return text


def _time(text: str) -> str:
    """An ISO time; "" of what is none."""
    return text if _TIME.fullmatch(text) else ""
