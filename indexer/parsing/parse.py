"""One file becomes one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.messages import Message
from indexer.model import Genre, Report, normal_source
from indexer.parsing import facts as read
from indexer.parsing.genres import genre_of
from indexer.parsing.headings import pieces
from indexer.parsing.issuers import author_of, issuer_of, signature
from indexer.parsing.overrides import Override
from indexer.parsing.page import Page, sort_page
from indexer.parsing.sections import sections
from indexer.parsing.spoken import Spoken, spoken_on
from indexer.reading.document import Document
from indexer.regions.find import Evidence, find_region

_OPENING = 1_500  # code points of the text that may tell the region
_SILENT = (
    "dropped_comment",
    "dropped_code",
)  # what a page does not show tells nothing of its region
_PHONE = re.compile(
    r"(?:电话|传真|热线|Tel)[^0-9]{0,6}[(（]?(0\d{2,3})[)）]?\s*[-—–－ ]{0,3}\s*\d{7,8}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?:邮编|邮政编码)[^0-9]{0,6}(\d{6})(?!\d)")


def parse(source: str, document: Document, override: Override | None = None) -> Report:
    """The report of a document. `source` is its path in the corpus; raises nothing."""
    told = override or Override()
    source = normal_source(source)
    page = sort_page(document, source)
    titles = [told.title, page.title] if told.title else [page.title]
    title = titles[0]
    lines = [line.text for line in page.lines]
    genre = genre_of(titles, source, lines)
    stated = told.published or read.published_of(page.facts, lines)
    year = read.Year(told.year) if told.year else read.year_of(titles, source, lines, genre, stated)
    spoken = spoken_on(titles, page.lines, genre, year.value)
    if year.placed and spoken.doubt and (own := read.outlook(lines)) != year.value:
        year, spoken = _against_path(year, spoken, spoken_on(titles, page.lines, genre, own), own)
    found = find_region(_evidence(source, titles, page, told, genre))
    warnings = [
        *document.warnings,
        *page.warnings,
        *found.warnings,
        *_year_warnings(year, None if told.year else spoken.doubt),
    ]
    return Report(
        source=source,
        title=title,
        genre=genre,
        year=year.value,
        published=stated or spoken.day,
        issuer=told.issuer or issuer_of(page.facts, titles, lines, genre, found.chain),
        number=read.number_of(page.facts),
        url=told.url or page.facts.get("url"),
        region=found.chain,
        sections=sections(list(pieces(page.lines)), len(title) + 1, genre, year.value),
        dropped=tuple(page.dropped),
        warnings=tuple(warnings),
    )


def _evidence(
    source: str, titles: Sequence[str], page: Page, told: Override, genre: Genre
) -> Iterator[Evidence]:
    """All that may tell the region, with its place."""
    lines = [line.text for line in page.lines]
    if told.region:
        yield Evidence("override", told.region)
    for title in titles:
        yield Evidence("title", title)
    yield Evidence("path", source)
    for name in ("issuer", "origin"):
        if name in page.facts:
            yield Evidence("issuer", page.facts[name])
    if number := read.number_of(page.facts):
        yield Evidence("number", number)
    for name in ("site", "page_title", "column"):
        if name in page.facts:
            yield Evidence("site", page.facts[name])
    for dropped in page.dropped:
        if len(dropped.text) <= 200 and dropped.reason.key not in _SILENT:
            yield Evidence("breadcrumb", dropped.text)
    for signer in (signature(lines)[0], author_of(lines, genre)):
        if signer:
            yield Evidence("signature", signer)
    text = "\n".join(lines)
    for number in _PHONE.findall(text):
        yield Evidence("phone", number)
    for code in _POSTCODE.findall(text):
        yield Evidence("postcode", code)
    yield Evidence("text", text[:_OPENING])


def _against_path(
    placed: read.Year, told: Spoken, tried: Spoken, own: int | None
) -> tuple[read.Year, Spoken]:
    """The year and day of a speech that lies in another year's place, if its day and headings agree."""
    if own is None or tried.day is None or tried.doubt is not None:
        return placed, told
    doubt = Message("year_against_path", year=own, placed=placed.value or 0)
    return read.Year(own), Spoken(tried.day, doubt)


def _year_warnings(year: read.Year, doubt: Message | None) -> Sequence[Message]:
    if year.value is None:
        return [Message("year_unknown")]
    if year.doubtful:
        return [Message("year_from_date", year=year.value)]
    return [doubt] if doubt else ()
