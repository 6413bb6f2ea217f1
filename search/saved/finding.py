"""A finding: a passage that a reader has collected, with what is needed to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Passage(NamedTuple):
    """What makes two findings the same: the parts of the passage link, in code points of the report's text,
    end exclusive, and the quote."""

    report: str
    start: int
    end: int
    check: str
    quote: str


class Facts(NamedTuple):
    """What is known of a passage's report, so that it can be cited where the report is no more; "" and None
    where it is not known.

    `region` is the way down, with " / " between; `published` an ISO date; `document` its number; `pages`
    where in its file the passage is printed, as "3" or "3–4"; `source` its path in the corpus; `original`
    its address on the web.
    """

    title: str = ""
    region: str = ""
    year: int | None = None
    genre: str = ""
    issuer: str = ""
    published: str = ""
    document: str = ""
    pages: str = ""
    source: str = ""
    original: str = ""


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage with the reader's label and note; `made` and `changed` are ISO times, UTC. `number` is 0
    of one that is not kept; `beside` are further quotes of the sentence that one was read from, which are not."""

    passage: Passage
    facts: Facts = NO_FACTS
    label: str = ""
    note: str = ""
    made: str = ""
    changed: str = ""
    number: int = 0
    beside: tuple[str, ...] = ()
