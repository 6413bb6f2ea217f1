"""Saved searches: what is told of them, once; and what keeps one from being compared, which stops no other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import GongkaiError, MissingIndexError
from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved import database as database_module
from search.saved import searches
from search.saved.asked import kept, request_of
from search.saved.database import Database, SavedError, saved_path
from search.saved.looking import look
from search.saved.news import tell
from tests.three_reports import REPORT, edit, touch, write

Told = list[tuple[str, str]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for place in ("甲县", "乙县", "丙县"):
        write(tmp_path / "corpus" / f"{place}.txt", REPORT.format(place=place))
    return tmp_path / "corpus"


@pytest.fixture
def database(corpus: Path, folder: Path) -> Database:
    """Beside the index of these, with one search saved: 三务."""
    index(corpus, folder, 1_000)
    database = Database(saved_path(folder))
    save(database, folder, "三务", SearchRequest(q="三务公开"))
    return database


def index(corpus: Path, folder: Path, at: int) -> None:
    build(corpus, folder, jobs=1, clock=lambda: at)


def save(database: Database, folder: Path, name: str, request: SearchRequest) -> int:
    return searches.add(database, name, request, look(IndexEngine(folder), request), 1_000)


def told(database: Database, folder: Path, now: int = 5_000) -> Told:
    """What is told of the first search, reports by the places that they are of."""
    outcome = tell(database, lambda: IndexEngine(folder), now)[0]
    assert outcome.trouble is None
    return [(change.what, change.told["title"][:2]) for change in outcome.changes]


def added(corpus: Path) -> None:
    write(corpus / "丁县.txt", REPORT.format(place="丁县"))


def added_that_says_it_not(corpus: Path) -> None:
    write(corpus / "丁县.txt", "丁县2018年政府信息公开年度报告\n一、概述\n没有什么。\n")


def edited_elsewhere(corpus: Path) -> None:
    edit(corpus / "甲县.txt")


def edited_there(corpus: Path) -> None:
    text = REPORT.format(place="甲县").replace("推进“三务”", "全面推进“三务”")
    write(corpus / "甲县.txt", text)


def says_it_again(corpus: Path) -> None:
    write(corpus / "甲县.txt", REPORT.format(place="甲县") + "推进“三务”公开。\n" * 20)


def says_it_no_more(corpus: Path) -> None:
    write(corpus / "甲县.txt", "甲县2018年政府信息公开年度报告\n一、概述\n没有什么。\n")


def removed(corpus: Path) -> None:
    (corpus / "甲县.txt").unlink()


def moved(corpus: Path) -> None:
    write(corpus / "2018" / "甲县.txt", (corpus / "甲县.txt").read_text(encoding="utf-8"))
    removed(corpus)


def copied(corpus: Path) -> None:
    """The copy stands first by its path: it is the report now."""
    shutil.copy(corpus / "甲县.txt", corpus / "0.txt")


def touched(corpus: Path) -> None:
    touch(corpus / "甲县.txt")


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (added, [("new", "丁县")]),
        (added_that_says_it_not, []),
        (edited_elsewhere, []),
        (edited_there, [("changed", "甲县")]),
        (says_it_again, [("changed", "甲县")]),
        (says_it_no_more, [("gone", "甲县")]),
        (removed, [("gone", "甲县")]),
        (moved, []),
        (copied, []),
        (touched, []),
    ],
)
def test_what_happens_is_told_once(
    corpus: Path,
    folder: Path,
    database: Database,
    happens: Callable[[Path], None],
    expected: Told,
) -> None:
    assert told(database, folder) == []
    happens(corpus)
    index(corpus, folder, 2_000)
    assert told(database, folder) == expected
    assert told(database, folder) == []
    build(corpus, folder, jobs=1, rebuild=True, clock=lambda: 3_000)
    assert told(database, folder) == []
    news = searches.news(database, 1)
    assert [(n.what, n.told["title"][:2]) for n in news] == expected


def test_every_place_in_a_report_is_compared(
    corpus: Path, folder: Path, database: Database
) -> None:
    """However many there are, and though the number of them is what it was."""
    text = REPORT.format(place="甲县") + "".join(
        f"第{n}次推进三务公开。\n" for n in range(100, 140)
    )
    write(corpus / "甲县.txt", text)
    index(corpus, folder, 2_000)
    assert told(database, folder) == [("changed", "甲县")]
    write(corpus / "甲县.txt", text.replace("第137次推进", "第137次要求"))
    touch(corpus / "甲县.txt")
    index(corpus, folder, 3_000)
    assert told(database, folder) == [("changed", "甲县")]


def test_a_first_look_reads_no_passage(folder: Path, database: Database) -> None:
    """Nothing of it is news; a later one tells all that it finds where nothing was known."""
    engine, request = IndexEngine(folder), SearchRequest(q="三务公开")
    first, later = look(engine, request), look(engine, request, {})
    assert first.told == {}
    assert first.found == later.found
    assert [len(told["passages"]) for told in later.told.values()] == [1, 1, 1]


def test_what_it_finds_at_first_is_known(corpus: Path, folder: Path, database: Database) -> None:
    save(database, folder, "又一", SearchRequest(q="三务公开", year=(2018,)))
    added(corpus)
    index(corpus, folder, 2_000)
    outcomes = tell(database, lambda: IndexEngine(folder), 5_000)
    assert [len(outcome.changes) for outcome in outcomes] == [1, 1]


def test_a_name_is_taken_once(folder: Path, database: Database) -> None:
    with pytest.raises(SavedError) as error:
        save(database, folder, " 三务 ", SearchRequest(q="党务公开"))
    assert error.value.message.key == "saved_name_taken"
    for name in ("", " ", "长" * 101):
        with pytest.raises(SavedError):
            save(database, folder, name, SearchRequest(q="党务公开"))


def test_what_is_removed_is_gone_with_all_of_it(
    corpus: Path, folder: Path, database: Database
) -> None:
    searches.add_target(database, 1, "webhook", "http://127.0.0.1:1/", "")
    added(corpus)
    index(corpus, folder, 2_000)
    told(database, folder)
    searches.remove(database, 1)
    with database.reading() as open_:
        for table in ("search", "known", "news", "target", "outbox"):
            assert open_.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table


def test_what_was_read_is_listed_no_more(corpus: Path, folder: Path, database: Database) -> None:
    for number, happens in enumerate((added, removed), 2):
        happens(corpus)
        index(corpus, folder, number * 1_000)
        told(database, folder, number * 1_000)
    latest = searches.news(database, 1, most=1)
    assert [news.what for news in latest] == ["gone"]
    searches.mark_read(database, 1, [latest[0].id, 99])
    assert [news.what for news in searches.news(database, 1)] == ["new"]
    assert searches.find(database, "三务").unread == 1


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(),
        SearchRequest(q="“三务”公开 OR 党务", region=("甘肃省", "150000"), year=(2018, 2019)),
        SearchRequest(year_from=2017, year_to=2019, silent=True, literal=True, sort="hits"),
        SearchRequest(q="\ud800" * 2, section=("plan",), scope="section", words=True, whole=True),
    ],
)
def test_a_search_is_kept_whole(request_: SearchRequest) -> None:
    assert request_of(kept(request_)) == request_


# what keeps a search from being compared


def spoil(database: Database, asked: str) -> None:
    """The search that was saved first asks for this."""
    with database.writing() as open_:
        open_.execute("UPDATE search SET asked = ?, generation = '' WHERE id = 1", (asked,))


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ('{"q": "(三务"}', "bracket_unclosed"),
        ('{"region": ["没有这个县"]}', "no_such_region"),
        ('{"q": "region:没有这个县"}', "no_such_region"),
        ('{"weather": "雨"}', "saved_search_unknown"),
        ('{"sort": "weather"}', "bad_value"),
        ('{"year": "2018"}', "saved_search_damaged"),
        ('{"q": 5}', "saved_search_damaged"),
        ("三务", "saved_search_damaged"),
        ("[]", "saved_search_damaged"),
    ],
)
def test_one_that_can_no_longer_be_asked(
    corpus: Path, folder: Path, database: Database, asked: str, key: str
) -> None:
    """Its row says why; nothing of it counts as gone, and the next one is compared."""
    save(database, folder, "党务", SearchRequest(q="党务公开"))
    spoil(database, asked)
    edit(corpus / "甲县.txt")
    index(corpus, folder, 2_000)
    first, second = tell(database, lambda: IndexEngine(folder), 5_000)
    assert first.trouble is not None
    assert first.trouble.key == key
    assert [change.what for change in second.changes] == ["new"]
    assert searches.find(database, "三务").trouble == first.trouble
    spoil(database, kept(SearchRequest(q="三务公开")))
    assert told(database, folder) == []
    assert searches.find(database, "三务").trouble is None


def test_an_older_index_tells_nothing(corpus: Path, folder: Path, database: Database) -> None:
    """As a backup is put back; what is then brought up to date is told as if nothing had happened."""
    shutil.copytree(folder, folder.with_name("backup"))
    added(corpus)
    index(corpus, folder, 2_000)
    assert told(database, folder) == [("new", "丁县")]
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("backup"), folder)
    (outcome,) = tell(database, lambda: IndexEngine(folder), 5_000)
    assert outcome.trouble is not None
    assert outcome.trouble.key == "index_is_older"
    write(corpus / "戊县.txt", REPORT.format(place="戊县"))
    index(corpus, folder, 6_000)
    assert told(database, folder) == [("new", "戊县")]


def test_an_index_that_was_made_anew_is_not_older(
    corpus: Path, folder: Path, database: Database
) -> None:
    for at in (2_000, 3_000):
        edit(corpus / "甲县.txt")
        index(corpus, folder, at)
    assert told(database, folder) == []
    shutil.rmtree(folder)
    added(corpus)
    index(corpus, folder, 6_000)
    assert told(database, folder) == [("new", "丁县")]


def test_without_an_index_each_row_says_so(folder: Path, database: Database) -> None:
    shutil.rmtree(folder)
    with pytest.raises(MissingIndexError):
        tell(database, lambda: IndexEngine(folder), 5_000)
    trouble = searches.find(database, "三务").trouble
    assert trouble is not None
    assert trouble.key == "index_missing"


def test_a_locked_file_is_an_error_and_loses_nothing(
    corpus: Path, folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", 0.01)
    added(corpus)
    index(corpus, folder, 2_000)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SavedError) as error:
        told(database, folder)
    assert error.value.message.key == "saved_unusable"
    other.execute("ROLLBACK")
    other.close()
    assert told(database, folder) == [("new", "丁县")]


def test_who_was_not_the_first_looks_again(corpus: Path, folder: Path, database: Database) -> None:
    """Another process compares a newer index while we look at ours: what it told is not taken back."""
    added(corpus)
    index(corpus, folder, 2_000)
    opened: list[Engine] = []

    def ours() -> Engine:
        opened.append(IndexEngine(folder))
        if len(opened) == 1:
            write(corpus / "戊县.txt", REPORT.format(place="戊县"))
            index(corpus, folder, 3_000)
            assert told(database, folder) == [("new", "戊县"), ("new", "丁县")]
        return opened[-1]

    (outcome,) = tell(database, ours, 5_000)
    assert outcome.changes == ()
    assert len(opened) == 2
    assert searches.find(database, "三务").reports == 5


def test_an_error_of_one_search_is_not_the_others(
    corpus: Path, folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the engine raises of ours."""
    from indexer.messages import Message

    save(database, folder, "党务", SearchRequest(q="党务公开"))
    edit(corpus / "甲县.txt")
    index(corpus, folder, 2_000)
    real = IndexEngine.every_report

    def some(self: IndexEngine, request: SearchRequest) -> object:
        if request.q == "三务公开":
            raise GongkaiError(Message("unexpected"))
        return real(self, request)

    monkeypatch.setattr(IndexEngine, "every_report", some)
    first, second = tell(database, lambda: IndexEngine(folder), 5_000)
    assert first.trouble is not None
    assert [change.what for change in second.changes] == ["new"]
