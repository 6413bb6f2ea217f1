"""Passage links before and after their corpus was edited: what became of each is known, and compared with
what `verify` says.

Reports are drawn from a folder, or invented, and written anew; links are drawn from their index; then the
files are edited, each in one of the WAYS, and indexed again. Where a passage is now is told by what stands
around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from random import Random
from typing import NamedTuple

from indexer.model import Report, report_id
from indexer.pipeline.build import build
from search.links import checksum
from search.local.engine import IndexEngine
from search.verifying.model import FOUND, Claim, Verdict
from search.verifying.quote import squeezed
from search.verifying.verify import verify
from tests.drawn_reports import sentence
from tests.pdf_writer import paragraphs, pdf

Lines = list[str]
_AROUND = 24
"""Code points on each side of a passage that tell it from others of the same words."""
_A_PAGE = 30
"""Lines of print on a page of a PDF."""


class Paper(NamedTuple):
    """A report to be written: its path without an ending, title and paragraphs."""

    stem: str
    title: str
    lines: Lines


def inserted(lines: Lines, draw: Random) -> Lines:
    """With new sentences, and some that stand there twice then."""
    found = list(lines)
    for _ in range(draw.randint(1, 5)):
        new = draw.choice((sentence(draw), draw.choice(lines)))
        found.insert(draw.randint(0, len(found)), new)
    return found


def deleted(lines: Lines, draw: Random) -> Lines:
    """Without some paragraphs, and without the beginning of one."""
    found = [line for line in lines if draw.random() > 0.1] or lines[:1]
    at = draw.randrange(len(found))
    return [*found[:at], found[at][draw.randrange(1, 9) :] or "略。", *found[at + 1 :]]


def both(lines: Lines, draw: Random) -> Lines:
    return inserted(deleted(lines, draw), draw)


def kept(lines: Lines, draw: Random) -> Lines:
    return lines


def as_text(paper: Paper) -> bytes:
    return "\n\n".join((paper.title, *paper.lines)).encode()


def as_wrapped(paper: Paper) -> bytes:
    """As a text whose lines end at a margin: it is put together again by other rules."""
    lines = ("\u3000\u3000" + line for line in paper.lines)
    cut = (line[at : at + 38] for line in lines for at in range(0, len(line), 38))
    return "\n".join((paper.title, "", *cut)).encode()


def as_page(paper: Paper) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in paper.lines)
    title = escape(paper.title)
    return f"<html><title>{title}</title><body><h1>{title}</h1>{body}</body></html>".encode()


def as_pdf(paper: Paper) -> bytes:
    put = paragraphs([paper.title, *paper.lines], y=0)
    rows = sorted({each.y for each in put})
    pages = []
    for first in range(0, len(rows), _A_PAGE):
        span = rows[first : first + _A_PAGE]
        shown = [each for each in put if span[0] <= each.y <= span[-1]]
        pages.append([each._replace(y=each.y - span[0] + 90) for each in shown])
    return pdf(*pages)


Write = Callable[[Paper], bytes]
Edit = Callable[[Lines, Random], Lines]


class Way(NamedTuple):
    """What becomes of a file: how it is edited, its ending and form then, and where it is put."""

    edit: Edit
    ending: str = ".txt"
    write: Write = as_text
    folder: str = ""
    gone: bool = False


WAYS: Mapping[str, Way] = {
    "kept": Way(kept),
    "insertions": Way(inserted),
    "deletions": Way(deleted),
    "both": Way(both),
    "other rules": Way(kept, write=as_wrapped),
    "txt to pdf": Way(kept, ".pdf", as_pdf),
    "txt to html, edited": Way(both, ".html", as_page),
    "other folder, edited": Way(both, folder="新/"),
    "removed": Way(kept, gone=True),
}


@dataclass
class Judged:
    """What verify said of links: `unchanged` stand there as they were, of which it has found `found`; `wrong`
    it led to another place, report or text without a word of doubt."""

    links: int = 0
    unchanged: int = 0
    found: int = 0
    doubted: int = 0
    wrong: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[Claim, Verdict]] = field(default_factory=list)


class Drawn(NamedTuple):
    """A link as it was drawn, the text it was drawn from and the source of its report then and now."""

    claim: Claim
    text: str
    way: str
    now: str


def measured(
    papers: Sequence[Paper], work: Path, links: int, seed: int, *, jobs: int = 1, batches: int = 1
) -> dict[str, Judged]:
    """By way, how well so many links were verified; in several batches, which know nothing of each other."""
    draw = Random(seed)
    ways = {paper.stem: draw.choice(list(WAYS)) for paper in papers}
    corpus = work / "corpus"
    for paper in papers:
        _write(corpus / f"{paper.stem}.txt", as_text(paper))
    build(corpus, work / "before", jobs=jobs)
    drawn = list(_drawn(IndexEngine(work / "before"), papers, ways, links, draw))
    for paper in papers:
        way = WAYS[ways[paper.stem]]
        (corpus / f"{paper.stem}.txt").unlink()
        if not way.gone:
            edited = paper._replace(lines=way.edit(paper.lines, draw))
            _write(corpus / f"{way.folder}{paper.stem}{way.ending}", way.write(edited))
    build(corpus, work / "after", jobs=jobs)
    return _judged(IndexEngine(work / "after"), drawn, batches)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _drawn(
    engine: IndexEngine,
    papers: Sequence[Paper],
    ways: Mapping[str, str],
    links: int,
    draw: Random,
) -> Iterator[Drawn]:
    """Links of words, sentences and what runs over the end of a line; a third each alone, with the quote,
    with the quote and what a table tells of the report."""
    each = -(-links // len(papers))
    for paper in papers:
        report = engine.report(report_id(f"{paper.stem}.txt"))
        text = report.text()
        way = WAYS[ways[paper.stem]]
        for _ in range(each):
            start = draw.randrange(max(len(text) - 2, 1))
            end = min(start + draw.choice((4, 6, 12, 24, 60)), len(text))
            claim = _claim(report, text, start, end, draw)
            yield Drawn(claim, text, ways[paper.stem], f"{way.folder}{paper.stem}{way.ending}")


def _claim(report: Report, text: str, start: int, end: int, draw: Random) -> Claim:
    quote, said = text[start:end], draw.randrange(3)
    claim = Claim(report.id, start, end, checksum(quote), quote if said else "")
    if said < 2:
        return claim
    region = " / ".join(each.name for each in report.region)
    return Claim(*_link(claim), quote, report.title, region, report.year)


def _link(claim: Claim) -> tuple[str, int, int, str]:
    return claim.report, claim.start, claim.end, claim.check


def _judged(engine: IndexEngine, drawn: Sequence[Drawn], batches: int) -> dict[str, Judged]:
    found: dict[str, Judged] = {way: Judged() for way in WAYS}
    texts: dict[str, str] = {}
    for each, verdict in _verdicts(engine, drawn, batches):
        if each.now not in texts:
            gone = WAYS[each.way].gone
            texts[each.now] = "" if gone else engine.report(report_id(each.now)).text()
        _judge(found[each.way], each, verdict, texts[each.now])
    return found


def _verdicts(
    engine: IndexEngine, drawn: Sequence[Drawn], batches: int
) -> Iterator[tuple[Drawn, Verdict]]:
    for number in range(batches):
        batch = drawn[number::batches]
        yield from zip(batch, verify(engine, [each.claim for each in batch]), strict=True)


def _judge(judged: Judged, each: Drawn, verdict: Verdict, now: str) -> None:
    claim = each.claim
    quote = each.text[claim.start : claim.end]
    right = places_now(each.text, claim.start, claim.end, now)
    judged.links += 1
    judged.outcomes[verdict.outcome] += 1
    judged.unchanged += bool(right)
    if verdict.outcome not in FOUND:
        if right:
            judged.examples.append((claim, verdict))
        return
    assert verdict.report is not None
    here = verdict.report.source == each.now and now[verdict.start : verdict.end] == quote
    if here and verdict.start in right:
        judged.found += 1
    elif here and verdict.doubtful:
        judged.doubted += 1
        judged.found += bool(right)
    else:
        judged.wrong += 1
        judged.examples.append((claim, verdict))


def places_now(was: str, start: int, end: int, now: str) -> tuple[int, ...]:
    """Where the passage was[start:end] is in the text as it is now: of the places that say the same, those
    beside most of what stood around it; where others said the same before, none unless half of that is there."""
    quote = was[start:end]
    before, after = _around(was, start, end)
    best, found = -1, []
    at = now.find(quote)
    while at >= 0:
        left, right = _around(now, at, at + len(quote))
        score = _common(before[::-1], left[::-1]) + _common(after, right)
        if score > best:
            best, found = score, []
        if score == best:
            found.append(at)
        at = now.find(quote, at + 1)
    enough = was.count(quote) == 1 or 2 * best >= len(before) + len(after)
    return tuple(found) if enough else ()


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Of the same line: paragraphs are put in and taken out whole."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[max(first, start - _AROUND) : start], text[end : min(last, end + _AROUND)]
    return squeezed(before), squeezed(after)


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
