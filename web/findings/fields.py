"""A finding as fields with names: the one shape of which every file, and the API, is made and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from indexer.model import GENRES
from search.saved.finding import Facts, Finding, Passage
from web.public import is_loopback
from web.report.citations import Cited, gbt
from web.report.copied import LINK
from web.show import LABELS_IN, genre_label
from web.texts import TEXTS, t
from web.urls import passage_url, web_address

Value = str | int | None
Fields = Mapping[str, Value | tuple[str, ...]]

FIELDS = (
    *("link", "quote", "label", "note", "citation"),
    *("title", "region", "year", "genre", "issuer", "published", "document", "pages"),
    *("source", "original", "made", "changed"),
)
"""In this order files have them as columns, which are called `column_NAME` in web/texts."""
_TEXTS = ("title", "region", "issuer", "published", "document", "pages", "source", "original")
_YEAR = re.compile("[0-9]{4}")
_NAMES = {
    called: name
    for name in FIELDS
    for called in (name, *(said.casefold() for said in TEXTS[f"column_{name}"]))
}
_GENRES = {
    called: genre
    for genre in GENRES
    for called in (genre, *(labels["genre"][genre] for labels in LABELS_IN.values()))
}


def field_of(heading: str) -> str | None:
    """The field that a column of this heading holds, in either language; None where it is none of ours."""
    return _NAMES.get(heading.strip().casefold())


def link_of(finding: Finding) -> str:
    """The path of the passage link."""
    report, start, end, check, _ = finding.passage
    return passage_url(report, start, end, check)


def fields_of(finding: Finding, root: str) -> dict[str, Value]:
    """All that is said of a finding; `root` begins its link, without "/" at its end."""
    facts = finding.facts
    return {
        "link": root + link_of(finding),
        "quote": finding.passage.quote,
        "label": finding.label,
        "note": finding.note,
        "citation": citation(finding, root),
        **facts._asdict(),
        "made": finding.made,
        "changed": finding.changed,
    }


def told_fields(finding: Finding, root: str) -> dict[str, Value]:
    """The same for people: what has a name in their language is called by it."""
    genre = finding.facts.genre
    return fields_of(finding, root) | {"genre": genre_label(genre) if genre in GENRES else ""}


def finding_of(fields: Fields) -> Finding | None:
    """The finding that a file's fields say; None where they have no passage link. The quote may be "", and
    `beside` further quotes of a text."""
    link = LINK.search(str(fields.get("link") or ""))
    if link is None or int(link[2]) >= int(link[3]):
        return None
    year = str(fields.get("year") or "")
    facts = Facts(
        **{name: _text(fields, name) for name in _TEXTS},
        year=int(year) if _YEAR.fullmatch(year) else None,
        genre=_GENRES.get(_text(fields, "genre"), ""),
    )
    beside = fields.get("beside")
    return Finding(
        Passage(link[1], int(link[2]), int(link[3]), link[4], str(fields.get("quote") or "")),
        facts,
        _text(fields, "label"),
        _text(fields, "note"),
        _text(fields, "made"),
        _text(fields, "changed"),
        beside=beside if isinstance(beside, tuple) else (),
    )


def note_on_links(root: str) -> str:
    """What is said once of links that begin so and open on this machine only; "" of those that open elsewhere."""
    return t("findings_links_here", root=root) if is_loopback(f"{root}/") else ""


def citation(finding: Finding, root: str) -> str:
    """GB/T 7714, with the pages of the passage, on one line."""
    pages = t("printed_page", pages=finding.facts.pages) if finding.facts.pages else ""
    report = gbt(_cited(finding, root))
    return f"{report} {pages}".rstrip()


def _cited(finding: Finding, root: str) -> Cited:
    facts = finding.facts
    return Cited(
        id=finding.passage.report,
        title=facts.title,
        genre=facts.genre or "other",
        issuer=facts.issuer,
        published=facts.published or None,
        number=facts.document,
        address=web_address(facts.original) or root + link_of(finding),
        accessed=_day(finding.made),
    )


def _day(made: str) -> date:
    """The day of an ISO time; today's where it is none."""
    try:
        return date.fromisoformat(made[:10])
    except ValueError:
        return date.today()


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value)
