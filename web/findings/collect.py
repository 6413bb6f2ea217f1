"""A passage of a report as a finding, and what is needed to cite it."""

from __future__ import annotations

from indexer.errors import RequestError
from indexer.messages import Message
from indexer.model import Report
from search.engine import Engine
from search.links import checksum, resolve
from search.saved.finding import Facts, Finding, Passage
from search.saved.findings import now
from web.printed import Places, page_numbers
from web.report.copied import LINK
from web.report.sentence import around


def collected(engine: Engine, link: str, *, sentence: bool) -> Finding:
    """The passage of a link as it stands now, or the sentence that it stands in.

    RequestError where that is no passage link, or the passage has changed; UnknownReportError.
    """
    found = LINK.search(link)
    if found is None or not int(found[2]) < int(found[3]):
        raise RequestError(Message("no_link"), parameter="passage", hint=Message("no_link_hint"))
    report = engine.report(found[1])
    text = report.text()
    place = resolve(text, int(found[2]), int(found[3]), found[4])
    if place.state == "changed":
        raise RequestError(
            Message("finding_changed"), parameter="passage", hint=Message("finding_changed_hint")
        )
    start, end = around(text, place.start, place.end) if sentence else (place.start, place.end)
    return finding_at(report, text, start, end)


def finding_at(report: Report, text: str, start: int, end: int) -> Finding:
    """The code points [start, end) of a report whose canonical text is `text`."""
    quote = text[start:end]
    passage = Passage(report.id, start, end, checksum(quote), quote)
    return Finding(passage, facts_of(report, start, end), made=now(), changed=now())


def facts_of(report: Report, start: int, end: int) -> Facts:
    return Facts(
        title=report.title,
        region=" / ".join(region.name for region in report.region),
        year=report.year,
        genre=report.genre,
        issuer=report.issuer or "",
        published=report.published or "",
        document=report.number or "",
        pages=page_numbers(Places(report).of(start, end)),
        source=report.source,
        original=report.url or "",
    )
