"""What has changed on the disk is named by the reports that it touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import main
from indexer.arrays import array_file, checksums
from indexer.arrays.array_file import read_array_file
from indexer.errors import DamagedIndexError
from indexer.messages import word
from indexer.store import harm
from indexer.store.harm import harm_of, trust, verify_segment
from indexer.store.reader import IndexReader
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.three_reports import REPORT, run, write

PLACES = ("三元区", "东胜区", "昆山市")


@pytest.fixture
def index(corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three reports, each of many pieces."""
    for module in (checksums, array_file, harm):
        monkeypatch.setattr(module, "PIECE", 64)
    for place in PLACES:
        write(corpus / place / "2018.txt", REPORT.format(place=place) + f"{place}的工作。\n" * 150)
    run(corpus, folder)
    return folder


def flip(index: Path, name: str, part: float) -> None:
    """Change a byte of an array, so far in it."""
    (path,) = index.glob("*.arrays")
    first, end = read_array_file(path).byte_ranges[name]
    data = bytearray(path.read_bytes())
    data[first + int((end - first) * part)] ^= 1
    path.unlink()
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["folded", "printed", "kept", "word_starts", "records"])
@pytest.mark.parametrize("at", range(3))
def test_the_report_is_named(index: Path, name: str, at: int) -> None:
    flip(index, name, (at + 0.5) / 3)
    (segment,) = IndexReader(index).segments
    found = harm_of(segment)
    assert found.reports == 1
    assert name == "records" or found.shown == (f"{PLACES[at]}/2018.txt",)
    with pytest.raises(DamagedIndexError) as raised:
        verify_segment(segment)
    assert found.shown[0] in word(raised.value.message, "zh")
    checked = CliRunner().invoke(main, ["check", "--index", str(index)])
    assert checked.exit_code
    assert found.shown[0] in checked.output
    assert "--rebuild" in checked.output


def test_what_every_query_needs_touches_all(index: Path) -> None:
    flip(index, "positions", 0.5)
    (segment,) = IndexReader(index).segments
    assert harm_of(segment) == (3, tuple(f"{place}/2018.txt" for place in PLACES))


def test_no_changed_text_is_shown(index: Path) -> None:
    """Nobody has looked at the file as a whole; of other reports passages are shown."""
    flip(index, "printed", 0.5)
    engine = IndexEngine(index)
    wanted = {
        source: hit.id
        for hit in engine.search(SearchRequest(passages=0)).reports
        for source in [hit.source]
    }
    assert engine.report(wanted["三元区/2018.txt"]).title.startswith("三元区")
    with pytest.raises(DamagedIndexError, match="东胜区"):
        engine.report(wanted["东胜区/2018.txt"])
    with pytest.raises(DamagedIndexError, match="东胜区"):  # from now on nothing is answered
        engine.count(SearchRequest(q="工作"))


def test_what_was_looked_at_is_not_looked_at_again(index: Path) -> None:
    first, again = IndexReader(index).segments, IndexReader(index).segments
    verify_segment(first[0])
    assert first[0].arrays.file.pieces.sound
    assert not again[0].arrays.file.pieces.sound
    trust(again, first)
    assert again[0].arrays.file.pieces.sound
