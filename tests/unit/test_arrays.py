"""Segments of arrays: merged as if gathered at once, searched as by str.find, damaged or whole."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.arrays import frequent, merge
from indexer.arrays.array_file import ArrayWriter, read_array_file
from indexer.arrays.find import heading_ends, on_word_boundaries, phrase_positions, raw_positions
from indexer.arrays.locate import Locator, holding
from indexer.arrays.records import read_record, read_report
from indexer.arrays.segment import ARRAYS, NEWLINE, NONE, REJECTED, SegmentArrays, open_segment
from indexer.errors import DamagedIndexError
from indexer.model import Report
from indexer.text.fold import cuts_word, fold
from indexer.text.fold_array import text_of
from tests.depth import draws
from tests.invented import NORTH, RIVER, gathered, report

CODED = {"block_path", "file_issuer", "file_chain"}
IN_TEMPORARY_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=draws(60)
)

lines = st.text("三务公开示，。.,12ab 𠀀𠀁\u3000", max_size=12)
sections = st.tuples(
    st.sampled_from(["intro", "plan", "other"]),
    st.none() | lines,
    st.lists(lines, max_size=3).map(tuple),
)
invented = st.builds(
    report,
    st.just("?"),
    lines,
    st.just(("intro", None, ("开头三务公开",))),
    sections,
    year=st.none() | st.integers(2000, 2030),
    issuer=st.sampled_from([None, "甲局", "乙局"]),
    region=st.sampled_from([(), (NORTH,), (NORTH, RIVER)]),
    genre=st.sampled_from(["disclosure", "work_report"]),
)


def named(reports: Sequence[Report | None]) -> list[Report | str]:
    """Reports with sources of their own; None is a rejected file."""
    return [
        f"{at}.pdf" if item is None else replace(item, source=f"{at}.md")
        for at, item in enumerate(reports)
    ]


def same(left: SegmentArrays, right: SegmentArrays) -> None:
    for name in ARRAYS:
        if name not in CODED and not name.startswith("frequent"):
            a, b = getattr(left, name), getattr(right, name)
            assert a.dtype == b.dtype, name
            assert a.tolist() == b.tolist(), name
    assert paths(left) == paths(right)
    assert issuers(left) == issuers(right)
    assert chains(left) == chains(right)


def paths(arrays: SegmentArrays) -> list[tuple[str, ...]]:
    return [arrays.tables.paths[code] for code in arrays.block_path]


def issuers(arrays: SegmentArrays) -> list[str | None]:
    return [None if c == NONE else arrays.tables.issuers[c] for c in arrays.file_issuer]


def chains(arrays: SegmentArrays) -> list[tuple[tuple[str, str, str], ...]]:
    return [arrays.tables.chains[code] for code in arrays.file_chain]


def merged(folder: Path, sources: Sequence[tuple[SegmentArrays, Sequence[bool]]]) -> SegmentArrays:
    path = folder / "merged"
    path.unlink(missing_ok=True)
    merge.merge(path, [(source, np.array(live, bool)) for source, live in sources])
    return open_segment(path)


@IN_TEMPORARY_FOLDER
@given(
    st.lists(
        st.lists(st.tuples(st.none() | invented, st.booleans()), min_size=1, max_size=5),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([1, 8, 1 << 22]),
)
def test_merged_is_gathered_at_once(
    tmp_path: Path, runs: list[list[tuple[Report | None, bool]]], chunk: int
) -> None:
    every = named([item for run in runs for item, _ in run])
    sources: list[tuple[SegmentArrays, list[bool]]] = []
    at = 0
    for number, run in enumerate(runs):
        items = every[at : at + len(run)]
        sources.append((gathered(tmp_path, f"{number}-", items), [live for _, live in run]))
        at += len(run)
    kept = [
        item
        for item, live in zip(every, (live for run in runs for _, live in run), strict=True)
        if live
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_CHUNK", chunk)
        found = merged(tmp_path, sources)
    again = merged(tmp_path, [(found, [True] * found.file_count)])
    if kept:
        wanted = gathered(tmp_path, "once", kept)
        same(found, wanted)
        same(again, wanted)
    else:
        assert (found.file_count, found.block_count, len(found.positions)) == (0, 0, 0)


@IN_TEMPORARY_FOLDER
@given(st.lists(st.none() | invented, min_size=1, max_size=4))
def test_records_give_the_reports(tmp_path: Path, items: list[Report | None]) -> None:
    every = named(items)
    arrays = gathered(tmp_path, "run", every)
    assert arrays.document_count == sum(len(i.sections) if i is not None else 1 for i in items)
    for file, item in enumerate(every):
        if isinstance(item, str):
            assert read_record(arrays, file)["source"] == item
            assert arrays.file_genre[file] == REJECTED
        else:
            assert read_report(arrays, file) == item
        for document in arrays.documents(file):
            assert arrays.block_file[document + file + 1] == file


@IN_TEMPORARY_FOLDER
@given(
    st.lists(st.none() | invented, min_size=1, max_size=4),
    st.sampled_from([1, 2]),
    st.sampled_from([0, 9, 1 << 26]),
    st.sampled_from([1, 1 << 18]),
)
def test_frequent_pairs_are_counted(
    tmp_path: Path, items: list[Report | None], least: int, span: int, at_once: int
) -> None:
    arrays = gathered(tmp_path, "run", named(items))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequent, "LEAST", least)
        patch.setattr(frequent, "SHARE", 1 << 30)
        patch.setattr(frequent, "_SPAN", span)
        patch.setattr(frequent, "_AT_ONCE", at_once)
        found = merged(tmp_path, [(arrays, [True] * arrays.file_count)])
    assert counted(found) == recounted(found, least)


Counts = dict[int, list[tuple[int, int, int, int]]]


def counted(arrays: SegmentArrays) -> Counts:
    rows = list(
        zip(
            *(column.tolist() for column in unpacked(arrays)),
            strict=True,
        )
    )
    bounds = arrays.frequent_start.tolist()
    return {
        pair: rows[first:end]
        for pair, first, end in zip(
            arrays.frequent_pairs.tolist(), bounds[:-1], bounds[1:], strict=True
        )
    }


def recounted(arrays: SegmentArrays, least: int) -> Counts:
    starts = np.unpackbits(arrays.word_starts).tolist()
    folded = arrays.folded.tolist()
    counts: dict[int, dict[int, list[int]]] = {}
    for block in range(arrays.block_count):
        first, end = arrays.block_start[block : block + 2].tolist()
        second_line = arrays.line_folded[int(arrays.block_line[block]) + 1] if end > first else 0
        for at in range(first, end - 1):
            left, right = folded[at], folded[at + 1]
            if left >= 128 and right >= 128:
                row = counts.setdefault(left << 16 | right, {}).setdefault(block, [0, 0, 0])
                aligned = starts[at] and starts[at + 2]
                row[0] += 1
                row[1] += aligned
                row[2] += bool(aligned and arrays.block_headed[block] and at < second_line)
    return {
        pair: [(block, *row) for block, row in sorted(blocks.items())]  # type: ignore[misc]
        for pair, blocks in sorted(counts.items())
        if sum(row[0] for row in blocks.values()) >= least
    }


@given(st.lists(st.integers(0, 200), min_size=1, max_size=60), st.data())
def test_locator_bisects(lengths: list[int], data: st.DataObject) -> None:
    starts = np.cumsum([0, *lengths]).astype(np.uint32)
    total = int(starts[-1])
    if not total:
        assert len(Locator(starts).blocks(np.zeros(0, np.uint32))) == 0
        return
    few = data.draw(st.lists(st.integers(0, total - 1), max_size=20))
    for positions in (np.arange(total, dtype=np.uint32), np.array(sorted(few), np.uint32)):
        wanted = np.searchsorted(starts, positions, "right") - 1
        assert Locator(starts).blocks(positions).tolist() == wanted.tolist()
        assert holding(starts, positions.astype(np.int64)).tolist() == wanted.tolist()
    many = np.tile(np.arange(total, dtype=np.uint32), 1 + 256 // total)
    wanted = np.searchsorted(starts, many, "right") - 1
    assert Locator(starts).blocks(many).tolist() == wanted.tolist()


@IN_TEMPORARY_FOLDER
@given(st.lists(invented, min_size=1, max_size=3), lines, st.data())
def test_phrases_stand_where_find_finds_them(
    tmp_path: Path, items: list[Report], other: str, data: st.DataObject
) -> None:
    arrays = gathered(tmp_path, "run", named(items))
    line = data.draw(st.sampled_from(text_of(arrays.folded).split("\n")))
    first = data.draw(st.integers(0, len(line)))
    part = line[first : data.draw(st.integers(first, len(line)))]
    for phrase in filter(None, (part, fold(other))):
        found = phrase_positions(arrays, phrase)
        assert found.dtype == np.uint32
        assert found.tolist() == list(plain_positions(arrays, phrase, whole=True))
        raw = raw_positions(arrays, phrase)
        assert raw.tolist() == list(plain_positions(arrays, phrase, whole=False))
        cuts = sorted(data.draw(st.lists(st.integers(0, len(arrays.folded)), max_size=6)))
        bounds = np.array([cuts[: len(cuts) // 2 * 2 : 2], cuts[1::2]], np.uint32)
        inside = [at for at in found.tolist() if any(a <= at < b for a, b in bounds.T.tolist())]
        within = phrase_positions(arrays, phrase, bounds)
        assert within.dtype == np.uint32
        assert within.tolist() == inside


def plain_positions(arrays: SegmentArrays, phrase: str, *, whole: bool) -> Iterator[int]:
    """Blocks where a phrase stands; `whole` where it cuts no ASCII word."""
    base = 0
    for line in text_of(arrays.folded).split("\n"):
        at = line.find(phrase)
        while at >= 0:
            cuts = cuts_word(line, at) or cuts_word(line, at + len(phrase))
            if not (whole and cuts):
                yield base + len(line[:at].encode("utf-16-le")) // 2
            at = line.find(phrase, at + 1)
        base += len(line.encode("utf-16-le")) // 2 + 1


@IN_TEMPORARY_FOLDER
@given(invented)
def test_bits_and_headings(tmp_path: Path, item: Report) -> None:
    arrays = gathered(tmp_path, "run", named([item]))
    size = len(arrays.folded)
    bits = np.unpackbits(arrays.word_starts, count=size).tolist()
    places = np.arange(size, dtype=np.uint32)
    ends = np.minimum(places + 1, size - 1).astype(np.uint32)
    found = on_word_boundaries(arrays, places, ends)
    assert found.tolist() == [
        bool(bits[a] and bits[b]) for a, b in zip(places.tolist(), ends.tolist(), strict=True)
    ]
    blocks = np.searchsorted(arrays.block_start, places, "right") - 1
    inside = places < heading_ends(arrays)[blocks]
    for block, section in enumerate(item.sections, start=1):
        text = text_of(arrays.folded[inside & (blocks == block)])
        assert text == ("" if section.heading is None else fold(section.heading.text) + "\n")
    assert not inside[blocks == 0].any()
    assert all(code_unit == NEWLINE for code_unit in arrays.folded[[-1]])


def unpacked(arrays: SegmentArrays) -> tuple[Any, ...]:
    """Block, hits, aligned and heading of each row of the frequent pairs."""
    low, high, *counts = arrays.frequent_rows.reshape(-1, 5).T
    return (high.astype(np.int64) << 16 | low, *counts)


def test_arrays_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with ArrayWriter(path) as writer:
        writer.write("a", np.array([1, 2], np.uint32), np.array([3], np.uint32))
        writer.stream("b", np.uint8, (np.full(n, n, np.uint8) for n in (0, 1, 70)))
        writer.write("empty", np.zeros(0, np.int16))
        assert writer.read().arrays["a"].tolist() == [1, 2, 3]
        writer.write("sliced", np.arange(10, dtype=np.uint16)[::3])
        writer.write("big", np.arange(3, dtype=">u4"))
        writer.tables["t"] = ["公开", "\ud800", None]
    file = read_array_file(path)
    arrays = file.arrays
    assert arrays["a"].tolist() == [1, 2, 3]
    assert arrays["b"].tolist() == [1, *[70] * 70]
    assert arrays["empty"].dtype == np.dtype(np.int16)
    assert arrays["empty"].size == 0
    assert arrays["sliced"].tolist() == [0, 3, 6, 9]
    assert (arrays["big"].tolist(), arrays["big"].dtype.str) == ([0, 1, 2], "<u4")
    assert file.tables == {"t": ["公开", "\ud800", None]}
    assert file.checksum == writer.checksum
    with pytest.raises(ValueError, match="read-only"):
        arrays["a"][0] = 9


def test_an_unfinished_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with contextlib.suppress(KeyError), ArrayWriter(path) as writer:
        writer.write("a", np.zeros(100, np.uint8))
        raise KeyError
    with pytest.raises(DamagedIndexError):
        read_array_file(path)
    with pytest.raises(FileNotFoundError):
        read_array_file(tmp_path / "none")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:15],
        lambda data: data[:-1],
        lambda data: data[:-28],
        lambda data: data[-28:],
        lambda data: data + b"\0",
        lambda data: data[:10] + data[-50:],
        lambda data: data[:64] + data[128:],
    ],
)
def test_damaged_files(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    arrays = gathered(tmp_path, "run", ["甲.pdf"])
    path = tmp_path / "run0"
    data = path.read_bytes()
    del arrays
    path.unlink()
    path.write_bytes(damage(data))
    with pytest.raises(DamagedIndexError):
        open_segment(path)


def rewritten(path: Path, change: Callable[[dict[str, Any], dict[str, Any]], object]) -> None:
    """A segment's file written anew, with right checksums, its arrays and tables changed."""
    file = read_array_file(path)
    arrays, tables = {name: array.copy() for name, array in file.arrays.items()}, dict(file.tables)
    change(arrays, tables)
    path.unlink()
    with ArrayWriter(path) as writer:
        for name, array in arrays.items():
            writer.write(name, array)
        writer.tables = tables


@pytest.mark.parametrize(
    "change",
    [
        lambda arrays, tables: arrays.pop("folded"),
        lambda arrays, tables: tables.pop("paths"),
        lambda arrays, tables: tables.update(chains=[[["1", "2"], 3]]),
        lambda arrays, tables: arrays.update(folded=arrays["folded"].astype(np.uint32)),
        lambda arrays, tables: arrays.update(file_id=arrays["file_id"].astype(np.int64)),
        lambda arrays, tables: arrays.update(block_line=arrays["block_line"][:-1]),
        lambda arrays, tables: arrays.update(file_genre=np.zeros(7, np.uint8)),
        lambda arrays, tables: arrays.update(pair_start=np.zeros(0, np.uint32)),
    ],
)
def test_files_that_do_not_fit_together(
    tmp_path: Path, change: Callable[[dict[str, Any], dict[str, Any]], object]
) -> None:
    gathered(tmp_path, "run", [report("a", "题", ("plan", "一", ("三务公开",)))])
    rewritten(tmp_path / "run0", lambda arrays, tables: None)
    open_segment(tmp_path / "run0")
    rewritten(tmp_path / "run0", change)
    with pytest.raises(DamagedIndexError):
        open_segment(tmp_path / "run0")


@pytest.mark.parametrize(
    "footer",
    [
        b"",
        b"[]",
        b"{",
        b'{"arrays": {}}',
        b'{"arrays": {"a": ["<u4", 0, 1e300]}, "tables": {}}',
        b'{"arrays": {"a": ["<u4", -64, 1]}, "tables": {}}',
        b'{"arrays": {"a": ["<u4", 0, -1]}, "tables": {}}',
        b'{"arrays": {"a": ["<u4", 0, 99]}, "tables": {}}',
        b'{"arrays": {"a": ["<u4", 0, %d]}, "tables": {}}' % (1 << 70),
        b'{"arrays": {"a": ["O", 0, 1]}, "tables": {}}',
        b'{"arrays": {"a": ["nothing", 0, 0]}, "tables": {}}',
        b'{"arrays": {"a": ["<u4", 0]}, "tables": {}}',
    ],
)
def test_a_footer_that_is_none(tmp_path: Path, footer: bytes) -> None:
    """Its checksums are right."""
    path = tmp_path / "file"
    body = b"\0" * 64 + footer
    sums, numbers = struct.pack("<I", crc32(body)), struct.pack("<QQ", len(body), len(footer))
    path.write_bytes(
        body + sums + numbers + struct.pack("<I", crc32(numbers, crc32(sums))) + b"gongkai3"
    )
    with pytest.raises(DamagedIndexError):
        read_array_file(path)
