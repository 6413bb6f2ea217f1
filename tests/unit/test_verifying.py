"""Links and quotes against the corpus as it is now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnknownReportError
from indexer.messages import Message
from indexer.model import Report, report_id
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.verifying.model import FOUND, Claim
from search.verifying.passage import standing
from search.verifying.quote import agrees, squeezed, verbatim
from search.verifying.verify import verify
from tests.depth import draws
from tests.drawn_reports import sentence
from tests.moved_links import Paper, measured

TEXT = "年报\n一、总体情况\n全县“三务”公开示范点 12 个，公开及时。\n公开\t12\n公开及时，群众满意，逐年提高。"


def claim(quote: str, start: int, said: str | None = None) -> Claim:
    given = quote if said is None else said
    return Claim("0123456789ab", start, start + len(quote), checksum(quote), given)


@pytest.mark.parametrize(
    ("quoted", "said", "shift", "outcome", "places"),
    [
        ("“三务”公开", None, 0, "exact", 1),
        ("“三务”公开", "", 0, "exact", 1),
        ("“三务”公开", None, 7, "moved", 1),
        ("“三务”公开", "", -7, "moved", 1),
        ("公开及时", None, 1, "moved", 2),
        ("公开及时", "", 1, "moved", 2),
        ("没有的话", None, 0, "changed", 0),
        ("没有的话", "", 0, "changed", 0),
        # as it is copied: in one line, with an apostrophe, cut, with more around it
        ("开及时。\n公开\t12", "开及时。 公开 12", 0, "exact", 1),
        ("公开\t12\n公开", "公开12公开", 3, "moved", 1),
        ("公开及时", "'公开及时", 0, "exact", 1),
        ("示范点", "全县“三务”公开示范点 12 个", 0, "exact", 1),
        (
            "全县“三务”公开示范点 12 个，公开及时。",
            "全县“三务”公开示范点 12 个，公开及……",
            0,
            "exact",
            1,
        ),
        ("“三务”公开示范点 12 个", "「三务」公开　示范点１２个。", 0, "exact", 1),
        ("全县“三务”公开示范点 12 个", "三务", 0, "exact", 1),
        ("全县“三务”公开示范点 12 个", "全县……12个", 0, "exact", 1),
        ("公开示范点", "全县...示范点（略）公开及时", 0, "exact", 1),
        # what the link leads to is there, and is not what the quote says
        ("公开及时", "公开不及时", 0, "changed", 0),
        ("示范点", "示范点 13 个", 0, "changed", 0),
        ("公开及时", "公", 0, "changed", 0),
        ("示范点 12 个", "示范点 1", 0, "changed", 0),
        ("示范点 12 个", "2 个", 0, "changed", 0),
        ("示范点 12 个", "示范点 1.2 个", 0, "changed", 0),
        ("示范点 12 个", "示范点 12% 个", 0, "changed", 0),
        ("全县“三务”公开示范点 12 个", "12 个……全县", 0, "changed", 0),
        ("全县“三务”公开示范点 12 个", "全县……13 个", 0, "changed", 0),
        ("总体情况", "公开及时", 0, "changed", 0),
    ],
)
def test_a_claim_in_a_text(
    quoted: str, said: str | None, shift: int, outcome: str, places: int
) -> None:
    at = max(TEXT.find(quoted), 0)
    found = standing(
        TEXT, replace(claim(quoted, 0, said), start=at + shift, end=at + shift + len(quoted))
    )
    assert (found.outcome, len(found.places)) == (outcome, places)
    if found.outcome in FOUND:
        assert TEXT[found.start : found.end] == quoted


@pytest.mark.parametrize(
    ("said", "loosely"),
    [
        ("全县“三务”公开示范点 12 个", False),
        ("全县“三务”公开 示范点12个，公开及时", False),
        ("三务", False),
        ("", False),
        ("全县三务公开示范点 12 个", True),
        ("全县……示范点", True),
    ],
)
def test_a_quote_that_agrees_but_for_its_marks_is_told(said: str, loosely: bool) -> None:
    quote = "全县“三务”公开示范点 12 个"
    found = standing(TEXT, claim(quote, TEXT.index(quote), said))
    assert (found.outcome, found.loosely) == ("exact", loosely)


@given(st.data())
def test_what_is_found_is_what_was_quoted(data: st.DataObject) -> None:
    """In texts of two characters, full of repetitions: at the place of the link, else the nearest."""
    text = data.draw(st.text("公开", max_size=30))
    quote = data.draw(st.text("公开", min_size=1, max_size=3))
    start = data.draw(st.integers(0, 40))
    found = standing(text, claim(quote, start, data.draw(st.sampled_from([quote, ""]))))
    every = [at for at in range(len(text)) if text.startswith(quote, at)]
    if not every:
        assert found.outcome == "changed"
        assert 0 <= found.start <= found.end <= len(text)
        return
    assert text[found.start : found.end] == quote
    assert found.outcome == ("exact" if start in every else "moved")
    assert abs(found.start - start) == min(abs(at - start) for at in every)
    if found.outcome == "moved":
        assert sorted(found.places) == every


@given(st.text("三务\n\t 　'\r\ufeff\u200b", max_size=12))
def test_a_quote_as_it_was(text: str) -> None:
    check = checksum(text)
    for form in (text, f"'{text}", text.replace("\n", "\r\n")):
        found = verbatim(form, len(text), check)
        assert found == text or "\r" in text or text != text.strip()
    assert verbatim(text + "x", len(text), check) is None
    assert squeezed(text).strip() == squeezed(text)
    assert not text or agrees(" ".join(text), text, 0, len(text))


class Few:
    """An engine of some reports, which finds a phrase where it is printed."""

    def __init__(self, samples: IndexEngine, *reports: Report) -> None:
        self._reports = {report.id: report for report in reports}
        self.every_report = samples.every_report

    def report(self, wanted: str) -> Report:
        if wanted not in self._reports:
            raise UnknownReportError(Message("no_such_report", id=wanted))
        return self._reports[wanted]


def test_the_passages_around_tell_which_of_several_places(samples: IndexEngine) -> None:
    """The nearest would be the one before."""
    first = samples.search(SearchRequest(size=1, passages=0)).reports[0].id
    report = samples.report(first)
    was = "甲段在先。\n公开\n乙段。\n公开\n丙段在后。"
    grown = "很长的新段落。" * 3 + "\n公开\n" + "甲段在先。\n公开\n乙段。\n公开\n丙段在后。"
    claims = [
        replace(claim(quote, at), report=report.id)
        for quote, at in (("甲段在先", 0), ("公开", 6), ("公开", 13), ("丙段在后", 16))
    ]
    assert all(was.startswith(each.quote, each.start) for each in claims)
    lines = (replace(next(report.lines()), text=grown),)
    section = replace(report.sections[0], heading=None, lines=lines)
    edited = replace(report, title="题", sections=(section,))
    verdicts = verify(Few(samples, edited), claims)  # type: ignore[arg-type]
    shift = edited.text().index("甲段在先")
    assert [verdict.start for verdict in verdicts] == [each.start + shift for each in claims]
    assert [verdict.doubtful for verdict in verdicts] == [True] * 4
    assert [verdict.places for verdict in verdicts] == [1, 3, 3, 1]


def papers(seed: int, count: int) -> list[Paper]:
    """Invented reports, with sentences that several of them have."""
    draw = Random(seed)
    common = [sentence(draw) for _ in range(6)]
    return [
        Paper(
            f"{'甲乙丙'[number % 3]}县/{2010 + number}年报",
            f"{'甲乙丙'[number % 3]}县{2010 + number}年政府信息公开工作年度报告",
            [
                draw.choice(common) if draw.random() < 0.15 else sentence(draw)
                for _ in range(draw.randint(12, 30))
            ],
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(draws(3)))
def test_links_outlive_edits(tmp_path: Path, seed: int) -> None:
    """All passages that stand as they were are found; nothing is led astray without a word of doubt."""
    found = measured(papers(seed, 18), tmp_path, links=540, seed=seed, batches=3)
    for way, judged in found.items():
        assert judged.wrong == 0, (way, judged.examples[:3])
        assert judged.found == judged.unchanged, (way, judged.examples[:3])
    assert sum(judged.unchanged for judged in found.values()) > 250


@pytest.fixture
def known(samples: IndexEngine) -> tuple[Report, str]:
    """A report of the samples and a passage of it, from its code point 4 on, that no other has."""
    for hit in samples.search(SearchRequest(size=100, passages=0)).reports:
        report = samples.report(hit.id)
        quote = report.text()[4:60]
        if report.year and len(list(find_all(samples, quote))) == 1:
            return report, quote
    raise AssertionError


def find_all(engine: IndexEngine, quote: str) -> list[str]:
    hits = engine.search(SearchRequest(size=100, passages=0)).reports
    return [hit.id for hit in hits if quote in engine.report(hit.id).text()]


def test_a_report_that_is_not_here_any_more(
    samples: IndexEngine, known: tuple[Report, str]
) -> None:
    """By its path in another format, by what a table tells of it; by words alone it is not known."""
    report, quote = known
    stem, _, ending = report.source.rpartition(".")
    other = report_id(f"{stem}.{'pdf' if ending != 'pdf' else 'docx'}")
    outer = report_id(report.source.partition("/")[2])
    said = Claim("0" * 12, 4, 60, checksum(quote), quote)
    region = report.region[-1].name if report.region else ""
    told = replace(said, title=report.title, year=report.year, region=region)
    for claim, outcome, why in (
        (
            replace(said, report=other, quote=""),
            "moved",
            ["verify_other_report", "verify_by_check"],
        ),
        (replace(said, report=outer), "moved", ["verify_other_report"]),
        (told, "moved", ["verify_other_report"]),
        (replace(said, sources=("外/" + report.source,)), "moved", ["verify_other_report"]),
        (replace(told, year=1900), "gone", ["verify_gone", "verify_words"]),
        (said, "gone", ["verify_gone", "verify_words"]),
        (replace(said, quote=""), "gone", ["verify_gone"]),
        (replace(said, quote="没有的话，谁也没有说过这样的话。"), "gone", ["verify_gone"]),
    ):
        (verdict,) = verify(samples, [claim])
        assert (verdict.outcome, [each.key for each in verdict.why]) == (outcome, why), claim
        if outcome == "moved":
            assert verdict.report is not None
            assert (verdict.report.id, verdict.start) == (report.id, 4)
