"""The words beside hits: cases by table, and against the scan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from indexer.errors import GongkaiError, RequestError
from indexer.model import Line, Report, Section
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.spread import LONGEST_WORD, MAX_COLLOCATES, Collocate, Side
from tests.depth import draws
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine

SIDES: tuple[Side, ...] = get_args(Side)


def report(*lines: str, source: str = "a.txt", kind: str = "other") -> Report:
    at, made = 2, []
    for text in lines:
        made.append(Line(text, at))
        at = made[-1].end + 1
    section = Section(kind, None, 1, (), tuple(made))
    return Report(source, "题", "other", 2020, None, None, None, None, (), (section,))


@pytest.mark.parametrize(
    ("q", "line", "left", "right"),
    [
        pytest.param("公开", "推进公开工作", "推进", "工作", id="words"),
        pytest.param("公开", "推进“公开”，工作", "推进", "工作", id="punctuation does not count"),
        pytest.param("公开", "推進公開工作", "推进", "工作", id="as folded"),
        pytest.param("公开", "公开", "", "", id="a line alone"),
        pytest.param("公开", "推进。公开！工作", "", "", id="ends of sentences"),
        pytest.param("公开", "推进；公开工作", "", "工作", id="a half sentence"),
        pytest.param("公开", "。公开。", "", "", id="marks at the ends of the line"),
        pytest.param("开", "公开透明", "公", "透明", id="the part of a word before"),
        pytest.param("公", "推进公开", "推进", "开", id="the part of a word after"),
        pytest.param("公开", "1,234公开3.5", "1234", "3.5", id="numbers"),
        pytest.param("6", "Wi-Fi 6 plus", "fi", "plus", id="the space between ASCII words"),
        pytest.param("公开", "WiFi公开ＡＢＣ", "wifi", "abc", id="full width, lower case"),
        pytest.param("公开", "𠮷公开𠮷", "𠮷", "𠮷", id="characters of two code units"),
        pytest.param("“三务”公开", "“三务”公开的", "", "的", id="particles count"),
        pytest.param(
            '"三?公*"', "推进三务公开工作", "推进", "开", id="wildcards end where they do"
        ),
        pytest.param("题", "公开", "", "", id="titles"),
        pytest.param(
            "公开", "公开" + "a" * (LONGEST_WORD + 9), "", "a" * LONGEST_WORD, id="very long"
        ),
        pytest.param(
            "公开",
            "b" + "a" * LONGEST_WORD + "公开",
            "a" * LONGEST_WORD,
            "",
            id="very long, before",
        ),
    ],
)
def test_the_word_beside(tmp_path: Path, q: str, line: str, left: str, right: str) -> None:
    """Of one hit."""
    engine, scan = engine_of(tmp_path, [[report(line)]]), ScanEngine([report(line)])
    for side, word in (("left", left), ("right", right)):
        found = engine.collocates(SearchRequest(q=q), side)  # type: ignore[arg-type]
        assert found.found == ((Collocate(word, 1, 1),) if word else ())
        assert (found.hits, found.bare, found.words) == (1, int(not word), int(bool(word)))
        assert found == scan.collocates(SearchRequest(q=q), side)  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", [0, 1])
@pytest.mark.parametrize("side", SIDES)
def test_a_character_is_not_cut_apart(tmp_path: Path, odd: int, side: Side) -> None:
    """Where a very long word is; no dictionary has one of such characters, so its bits are put out."""
    word = "𠮷" * 40 + "𠀋" * odd
    text = f"公开{'a' * odd}{word}" if side == "right" else f"{word}{'a' * odd}公开"
    engine = engine_of(tmp_path, [[report(text)]])
    [searched] = engine._columns.segments
    bits = searched.arrays.word_starts.copy()
    object.__setattr__(searched.arrays, "word_starts", bits)
    first = 2 if side == "left" else 4  # "题", its line's end; then 公开
    for at in range(first + 1, first + 80 + 2 * odd + odd):
        bits[at >> 3] &= ~(0x80 >> (at & 7)) & 0xFF
    [one] = engine.collocates(SearchRequest(q="公开"), side).found
    one.word.encode()  # no half of a character
    assert len(one.word.encode("utf-16-le")) // 2 == LONGEST_WORD - odd


def test_counts_and_their_order(tmp_path: Path) -> None:
    """The most hits, then the most reports, then code units; overlapping hits count one by one."""
    first = report("公开乙，公开甲。公开乙；公开丙，公开", "公公公公", source="a.txt")
    other = report("公开甲。公开丁", source="b.txt")
    for engine in (engine_of(tmp_path, [[first], [other]]), ScanEngine([first, other])):
        found = engine.collocates(SearchRequest(q="公开"))
        assert found.found == (
            Collocate("甲", 2, 2),
            Collocate("乙", 2, 1),
            Collocate("丁", 1, 1),
            Collocate("丙", 1, 1),
        )
        assert (found.hits, found.bare, found.words) == (7, 1, 4)
        for limit in range(1, 6):
            less = engine.collocates(SearchRequest(q="公开"), limit=limit)
            assert less == replace(found, found=found.found[:limit])
        overlapping = engine.collocates(SearchRequest(q="公公"))
        assert (overlapping.hits, overlapping.bare) == (3, 1)
        assert sum(one.hits for one in overlapping.found) == 2


@pytest.mark.parametrize("q", ["", "-公开", "年份:2020", "没有这样的话"])
def test_queries_without_hits(samples: IndexEngine, q: str) -> None:
    for side in SIDES:
        found = samples.collocates(SearchRequest(q=q), side)
        assert (found.hits, found.bare, found.words, found.found) == (0, 0, 0, ())
        assert found.finds_text is (q == "没有这样的话")


def test_an_empty_index(tmp_path: Path) -> None:
    for side in SIDES:
        assert engine_of(tmp_path, []).collocates(SearchRequest(q="公开"), side).words == 0


@pytest.mark.parametrize(
    ("side", "limit", "parameter"),
    [("middle", 50, "side"), ("left", 0, "limit"), ("left", MAX_COLLOCATES + 1, "limit")],
)
def test_what_cannot_be_asked(samples: IndexEngine, side: Side, limit: int, parameter: str) -> None:
    with pytest.raises(RequestError) as raised:
        samples.collocates(SearchRequest(q="公开"), side, limit)
    assert raised.value.parameter == parameter


def check_same(engine: IndexEngine, scan: ScanEngine, request: SearchRequest, limit: int) -> bool:
    """The two count alike on both sides, or raise alike; whether there are words."""
    words = 0
    for side in SIDES:
        try:
            expected = scan.collocates(request, side, limit)
        except GongkaiError as error:
            with pytest.raises(type(error)):
                engine.collocates(request, side, limit)
            return False
        found = engine.collocates(request, side, limit)
        assert found == expected, (request, side)
        if found.words <= limit:
            assert sum(one.hits for one in found.found) == found.hits - found.bare
        words += found.words
    return words > 0


def check_drawn(
    engine: IndexEngine, scan: ScanEngine, chooser: Random, count: int, longest: int
) -> int:
    """Drawn requests; how many of them find words."""
    lines = [line.text for report in scan.reports for line in report.lines()]
    queries = drawn.Queries(chooser, chooser.sample(lines, min(3_000, len(lines))), longest)
    requests = [drawn.request(chooser, queries.query(1)) for _ in range(count)]
    limits = chooser.choices((1, 3, 50, MAX_COLLOCATES), k=count)
    return sum(check_same(engine, scan, *one) for one in zip(requests, limits, strict=True))


@pytest.mark.parametrize("seed", range(25))
def test_drawn_corpora(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One to three segments, some reports deleted, drawn requests."""
    monkeypatch.setattr("indexer.arrays.frequent.LEAST", 2)
    monkeypatch.setattr("indexer.arrays.frequent.SHARE", 1 << 40)
    chooser = Random(seed)
    reports = drawn.reports(chooser)
    dead = {report.id for report in reports if chooser.random() < 0.15}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    scan = ScanEngine(report for report in reports if report.id not in dead)
    check_drawn(engine_of(tmp_path, segments, dead), scan, chooser, 12, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(draws(4)))
def test_100_requests_to_the_samples(
    samples: IndexEngine, scanned_samples: ScanEngine, seed: int
) -> None:
    assert check_drawn(samples, scanned_samples, Random(seed), 100, 3) > 25


@pytest.mark.real
def test_100_requests_to_300_work_reports(work_reports_index: Path, tmp_path: Path) -> None:
    chooser = Random(15)
    reports = chooser.sample(ScanEngine.of_index(work_reports_index).reports, 300)
    dead = {report.id for report in reports[:280:9]}
    engine = engine_of(tmp_path, [reports[:200], reports[200:280], reports[280:]], dead)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    assert check_drawn(engine, scan, chooser, 100, 3) > 25
