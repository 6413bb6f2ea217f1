"""Who said it first: cases by hand; the file beside the index; what the command prints."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.arrays.array_file import ArrayWriter
from indexer.echoes import find
from indexer.echoes.measure import COMMON, STATES
from indexer.errors import IndexUnusableError, LockedIndexError, MissingIndexError
from indexer.likeness.find import find_alike
from indexer.model import Report, report_id
from indexer.pipeline.build import build
from indexer.store.alike_file import current_state
from indexer.store.echo_file import echo_files, echo_name, open_echoes
from indexer.store.lock import WriteLock
from indexer.store.manifest import current_generation
from indexer.store.verify import verify
from search.echoes import Echo
from search.local.engine import IndexEngine
from search.local.live import LiveSource
from search.model import SearchRequest
from tests import echoing
from tests.drawn_echoes import sentence
from tests.drawn_reports import write_reports
from tests.echoing import (
    ABOVE,
    BEFORE,
    BELOW,
    BESIDE,
    CITY,
    COUNTY,
    CUSTOM,
    GROWTH_NEXT,
    LAST,
    LATER,
    OTHER_CITY,
    OWN,
    PROVINCE,
    REPORTS,
    ROADS,
    WATER,
    WATER_CHANGED,
    echoing_engine,
    report,
)
from web.app import create_app


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> IndexEngine:
    return echoing_engine(tmp_path_factory.mktemp("echoing"))


def _echo(engine: IndexEngine, of: Report, text: str) -> Echo:
    (found,) = [echo for echo in engine.echoes(of.id).sentences if echo.text == text]
    return found


@pytest.mark.parametrize(
    ("of", "text", "state", "source"),
    [
        (BEFORE, ROADS, "first", None),
        (ABOVE, ROADS, "last_year", BEFORE),
        (ABOVE, GROWTH_NEXT, "figures", BEFORE),
        (ABOVE, WATER, "first", None),
        (BELOW, WATER_CHANGED, "above", ABOVE),
        (BELOW, OWN, "first", None),
        (BELOW, LATER, "tied", None),
        (BESIDE, LATER, "tied", None),
        (LAST, f"{LATER}，依法", "above", BELOW),
    ],
)
def test_who_said_it_first(
    engine: IndexEngine, of: Report, text: str, state: str, source: Report | None
) -> None:
    found = _echo(engine, of, text)
    assert found.state == state
    assert (found.copied.report.id if found.copied else None) == (source.id if source else None)
    assert of.text()[found.start : found.end] == text


def test_a_tie_is_said_to_be_one(engine: IndexEngine) -> None:
    """The city's report has a day, that of the other one has none: both are as early for the county."""
    found = _echo(engine, LAST, f"{LATER}，依法")
    assert (found.reports, found.ties) == (2, 1)
    earliest = _echo(engine, BELOW, LATER).earliest
    assert earliest is not None
    assert earliest.when == "tied"


def test_changes_are_counted(engine: IndexEngine) -> None:
    twin = _echo(engine, BELOW, WATER_CHANGED).copied
    assert twin is not None
    assert (twin.text, twin.changes, twin.same_figures, twin.when) == (WATER, 2, True, "earlier")


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        # the same body and year: one report in two files
        ((("a", CITY, 2020, "2020-01-20"), ("b", CITY, 2020, "2020-01-21")), "alone"),
        ((("a", CITY, 2018, "2018-01-20"), ("b", CITY, 2020, "2020-01-21")), "own"),
        ((("a", CITY, 2019, None), ("b", CITY, 2020, None)), "last_year"),
        ((("a", PROVINCE, 2019, None), ("b", CITY, 2020, None)), "above"),
        ((("a", PROVINCE, 2018, None), ("b", CITY, 2020, None)), "others"),
        ((("a", "000000", 2019, None), ("b", CITY, 2020, None)), "above"),
        ((("a", COUNTY, 2019, None), ("b", CITY, 2020, None)), "below"),
        ((("a", CITY, 2019, None), ("b", "000000", 2020, None)), "below"),
        ((("a", OTHER_CITY, 2019, None), ("b", CITY, 2020, None)), "others"),
        ((("a", OTHER_CITY, 2020, None), ("b", CITY, 2020, "2020-01-01")), "tied"),
        ((("a", OTHER_CITY, 2020, "2020-01-01"), ("b", CITY, 2020, "2020-01-01")), "tied"),
        ((("a", OTHER_CITY, 2020, "2020-01-02"), ("b", CITY, 2020, "2020-01-01")), "first"),
        # given in December: it counts as said in the year before
        ((("a", CITY, 2020, "2019-12-28"), ("b", CITY, 2021, "2021-01-05")), "own"),
    ],
)
def test_states(
    tmp_path: Path, reports: tuple[tuple[str, str, int, str | None], ...], state: str
) -> None:
    """Of the last one's sentence."""
    made = [report(*facts, [ROADS]) for facts in reports]
    found = echoing_engine(tmp_path, made).echoes(made[-1].id)
    assert [echo.state for echo in found.sentences] == [state]


@pytest.mark.parametrize(
    ("issuers", "state"),
    [(("甲局", "甲局"), "last_year"), (("甲局", None), "last_year"), (("甲局", "乙局"), "others")],
)
def test_a_body_is_told_by_its_issuer_where_both_name_one(
    tmp_path: Path, issuers: tuple[str | None, str | None], state: str
) -> None:
    made = [
        replace(report(f"{year}", CITY, year, None, [ROADS]), genre="disclosure", issuer=issuer)
        for year, issuer in zip((2019, 2020), issuers, strict=True)
    ]
    found = echoing_engine(tmp_path, made).echoes(made[1].id)
    assert [echo.state for echo in found.sentences] == [state]


def test_what_many_say_is_nobodys(tmp_path: Path) -> None:
    places = ("110000", "120000", "130000", "140000", "210000", "220000", "230000", "310000",
              "320000", "330000", "340000", "350000")  # fmt: skip
    made = [report(place, place, 2020 + at, None, [CUSTOM]) for at, place in enumerate(places)]
    states = []
    for count in (COMMON, COMMON + 1):
        (tmp_path / f"{count}").mkdir()
        found = echoing_engine(tmp_path / f"{count}", made[:count]).echoes(made[1].id)
        states.append(found.sentences[0].state)
    assert states == ["others", "common"]


def test_reports_that_copy_most_come_first(
    engine: IndexEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.echoing.answers.LEAST_TEXT", 20)
    found = engine.laziest(SearchRequest(region=("内蒙古",)))
    shares = [copied.share for copied in found.reports]
    assert shares == sorted(shares, reverse=True)
    assert (found.total, found.short) == (len(REPORTS), 0)
    first = found.reports[0]
    assert first.report.id == LAST.id
    assert first.chief is not None
    assert first.chief.id == BELOW.id
    assert engine.laziest(SearchRequest(region=(COUNTY,))).reports == (first,)
    second = engine.laziest(SearchRequest(page=2, size=2))
    assert second.reports == found.reports[2:4]


def test_short_reports_are_left_out(engine: IndexEngine) -> None:
    found = engine.laziest(SearchRequest())
    assert (found.total, found.short, found.reports) == (0, len(REPORTS), ())


def test_a_report_under_two_years_is_told_to_be_one(tmp_path: Path) -> None:
    draw = Random(1)
    lines = [sentence(draw) + "一二三四五六七八九十" for _ in range(40)]
    made = [report(f"{year}", CITY, year, None, lines) for year in (2019, 2020)]
    found = echoing_engine(tmp_path, made).laziest(SearchRequest())
    assert [(copied.one_report, copied.share > 0.99) for copied in found.reports] == [
        (True, True),
        (False, False),
    ]


# The file beside the index


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = [f"{ROADS}。", f"{WATER}。"]
    reports = {
        "甲2019.txt": ["甲县2019年政府工作报告", *lines],
        "乙2020.txt": ["乙县2020年政府工作报告", *lines],
    }
    return write_reports(tmp_path / "corpus", reports)


@pytest.fixture
def folder(corpus: Path, tmp_path: Path) -> Path:
    build(corpus, tmp_path / "index", jobs=1)
    return tmp_path / "index"


def test_they_are_not_known_before_they_are_looked_for(folder: Path) -> None:
    engine = IndexEngine(folder)
    assert not engine.echoes(report_id("甲2019.txt")).known
    assert not engine.laziest(SearchRequest()).known
    assert engine.state == current_state(folder)


def test_a_server_takes_them_up(folder: Path) -> None:
    source = LiveSource(folder)
    before = source.now()
    steps: list[tuple[int, int]] = []
    find.find_echoes(folder, lambda total, done: steps.append((total, done)))
    assert sum(done for _, done in steps) == steps[0][0] == 2 + find.BANDS
    source.look()
    assert source.now().state == current_state(folder) != before.state
    assert source.now().generation == before.generation
    assert source.now().echoes(report_id("乙2020.txt")).shares.copied > 0
    verify(folder)


def test_a_program_goes_on_where_they_come_to_be_known(folder: Path) -> None:
    """Likenesses and echoes change no hit: the cursor to the next ones stays good, and no other page."""
    for path in folder.glob("alike-*"):
        path.unlink()
    source = LiveSource(folder)
    client = create_app(source).test_client()
    address = f"/api/hits?q={quote('公路')}&size=1"
    first = client.get(address).get_json()
    page = client.get("/echoes").headers["ETag"]
    for known in (lambda: find_alike(folder), lambda: find.find_echoes(folder)):
        before = source.now().state
        known()
        source.look()
        assert source.now().state != before
        assert client.get("/echoes").headers["ETag"] != page
        second = client.get(f"{address}&cursor={first['next']}").get_json()
        assert second["generation"] == first["generation"]
        assert second["lines"] != first["lines"]


def test_nothing_is_done_where_they_stand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find.find_echoes(folder)
    monkeypatch.setattr(find, "arrays_of", None)
    find.find_echoes(folder)


def test_those_of_an_earlier_generation_go(folder: Path, corpus: Path) -> None:
    find.find_echoes(folder)
    write_reports(corpus, {"丙2021.txt": ["丙县2021年政府工作报告", f"{ROADS}。"]})
    build(corpus, folder, jobs=1)
    assert not list(echo_files(folder))
    assert not IndexEngine(folder).echoes(report_id("丙2021.txt")).known
    find.find_echoes(folder)
    generation = current_generation(folder)
    assert generation is not None
    assert [path.name for path in echo_files(folder)] == [echo_name(generation)]
    assert IndexEngine(folder).echoes(report_id("丙2021.txt")).shares.copied > 0


@pytest.mark.parametrize("how", ["damaged", "cut", "other version"])
def test_a_file_that_is_of_no_use_is_made_anew(folder: Path, how: str) -> None:
    find.find_echoes(folder)
    (path,) = echo_files(folder)
    whole = path.read_bytes()
    if how == "other version":
        with ArrayWriter(path) as writer:
            writer.tables = {"made_with": {"echoes": 0}}
    else:
        path.write_bytes(whole[:100] if how == "cut" else b"\xff" * 64 + whole[64:])
    engine = IndexEngine(folder)
    assert not engine.echoes(report_id("甲2019.txt")).known
    assert engine.state == current_state(folder)
    with pytest.raises(IndexUnusableError):
        verify(folder)
    find.find_echoes(folder)
    assert path.read_bytes() == whole


def test_no_two_write_at_once(folder: Path) -> None:
    lock = WriteLock(folder)
    with pytest.raises(LockedIndexError):
        find.find_echoes(folder)
    lock.release()
    assert not list(echo_files(folder))


def test_arrays_that_do_not_fit_are_not_taken(folder: Path) -> None:
    find.find_echoes(folder)
    generation = current_generation(folder)
    assert generation is not None
    found = open_echoes(folder, generation)
    assert found is not None
    wrong = replace(found, sentence_which=found.sentence_which + len(found.distinct_length))
    find._write(folder / echo_name(generation), wrong)
    assert open_echoes(folder, generation) is None


# The command


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["echoes", *arguments, "--index", str(folder)])


def test_the_command_looks_for_them_first(folder: Path) -> None:
    answer = run(folder, "乙2020.txt")
    assert answer.exit_code == 0, answer.output
    assert "先前已有" in answer.output
    assert ROADS in answer.output
    assert report_id("甲2019.txt") in answer.output
    assert list(echo_files(folder))


def test_the_command_in_json_and_csv(folder: Path) -> None:
    found = json.loads(run(folder, "乙2020.txt", "--json").output)
    assert found["shares"]["by_state"].keys() == set(STATES)
    assert [one["text"] for one in found["sentences"]] == [ROADS, WATER]
    assert found["sentences"][0]["copied"]["report"]["source"] == "甲2019.txt"
    answer = run(folder, "乙2020.txt", "--csv")
    lines = answer.output.removeprefix("\ufeff").partition("\n\n")[2].splitlines()
    rows = [row for row in csv.reader(lines) if row and not row[0].startswith("#")]
    assert [row[0] for row in rows[1:]] == [ROADS, WATER]
    assert len({len(row) for row in rows}) == 1


def test_the_command_lists_the_laziest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.local.echoing.answers.LEAST_TEXT", 20)
    answer = run(folder, "--size", "5")
    assert answer.output.index(report_id("乙2020.txt")) < answer.output.index("共 2 份")
    found = json.loads(run(folder, "--json", "--query", "农村公路").output)
    assert [one["source"] for one in found["reports"]] == ["乙2020.txt", "甲2019.txt"]
    assert found["reports"][0]["chief"]["source"] == "甲2019.txt"
    assert json.loads(run(folder, "--json", "--year", "2019").output)["total"] == 1
    rows = run(folder, "--csv").output
    assert 0 < rows.index("乙2020.txt") < rows.index("甲2019.txt")


def test_the_command_speaks_english(folder: Path) -> None:
    answer = run(folder, "乙2020.txt", "--lang", "en")
    assert "Said before" in answer.output


def test_errors_of_the_command(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "无.txt").exit_code == 1
    assert run(folder, "--size", "0").exit_code == 2
    assert run(tmp_path / "none").exit_code == 1
    with pytest.raises(MissingIndexError):
        find.find_echoes(tmp_path / "none")


def test_the_reports_of_these_tests_are_texts_of_their_lines() -> None:
    assert all(line.text in one.text() for one in echoing.REPORTS for line in one.lines())
