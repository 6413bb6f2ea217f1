"""An index that somebody crafted runs nothing: no pickle of it is read but by a closed list."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import whoosh.index

from indexer.errors import DamagedIndexError, OtherVersionError
from indexer.pipeline.build import build
from indexer.store import format2
from indexer.store.reader import IndexReader, known_files
from indexer.store.verify import verify
from indexer.store.whoosh.toc import open_whoosh
from search.local.engine import IndexEngine
from tests.three_reports import REPORT, found, run, write

OLD = Path(__file__).parents[1] / "formats" / "2"


class Call:
    """Pickled, it has a function called."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._call


class State:
    """Pickled, it is an exception in whose state another object stands."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        return Exception, (), {"inner": self._inner}


def payloads(marker: str) -> dict[str, bytes]:
    """Pickles that write the marker when they are read."""
    command = f"touch {marker}"
    system, evaluated = Call(os.system, command), Call(eval, f"open({marker!r}, 'w').close()")
    made = {
        f"{name}, protocol {protocol}": pickle.dumps(crafted, protocol)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        for name, crafted in (
            ("system", system),
            ("eval", [evaluated]),
            ("nested", [{"_deleted": [(1, [system])]}]),
            ("state", [State(evaluated)]),
        )
    }
    made["called by what was called"] = pickle.dumps(Call(list, Call(map, os.system, [command])), 2)
    made["INST"] = f"(S{command!r}\nios\nsystem\n.".encode()
    made["OBJ"] = f"(cos\nsystem\nS{command!r}\no.".encode()
    made["among segments"] = genuine().replace(b"(", b"(" + made["INST"][:-1], 1)
    made["before the segments"] = made["INST"][:-1] + b"0" + genuine()
    return made


def genuine() -> bytes:
    """The segments of the index of format 2, as it holds them."""
    return format2._pickle((OLD / "_MAIN_2.toc").read_bytes())


def craft(toc: Path, part: str, payload: bytes) -> None:
    """A table of contents one of whose two pickles is another one."""
    data = toc.read_bytes()
    segments = format2._pickle(data)
    head = data[: len(data) - len(segments)]
    if part == "segments":
        toc.write_bytes(head + payload)
        return
    length, size = bytearray(), len(payload)
    while size > 0x7F:
        length.append(size & 0x7F | 0x80)
        size >>= 7
    toc.write_bytes(data[:14] + length + bytes([size]) + payload + head[-8:] + segments)


NAMES = sorted(payloads("x"))
PARTS = ("schema", "segments")


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "executed"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copytree(OLD, tmp_path / "old")


@pytest.mark.parametrize("name", NAMES)
def test_the_payloads_do_run_where_they_are_unpickled(name: str, marker: Path) -> None:
    with contextlib.suppress(Exception):
        pickle.loads(payloads(str(marker))[name])
    assert marker.exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh leaves what it opened
@pytest.mark.parametrize("part", PARTS)
def test_whoosh_s_own_way_does_run_them(
    corpus: Path, folder: Path, marker: Path, part: str
) -> None:
    """As whoosh/toc.py says; and so what the tests below craft is where Whoosh reads it."""
    run(corpus, folder)
    (toc,) = folder.glob("*.toc")
    craft(toc, part, payloads(str(marker))["eval, protocol 2"])
    with contextlib.suppress(Exception):
        whoosh.index.open_dir(str(folder))
    gc.collect()
    assert marker.exists()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_format_2_runs_nothing(old: Path, marker: Path, part: str, name: str) -> None:
    craft(old / "_MAIN_2.toc", part, payloads(str(marker))[name])
    for use in (IndexReader, verify, IndexEngine):
        with pytest.raises(OtherVersionError):
            use(old)
    if part == "schema":
        assert len(known_files(old)) == 6  # it is not looked at
    else:
        with pytest.raises(DamagedIndexError, match=r"_MAIN_2\.toc"):
            known_files(old)
    assert not marker.exists()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_this_format_runs_nothing(crafted: Path, marker: Path, part: str, name: str) -> None:
    (toc,) = crafted.glob("*.toc")
    craft(toc, part, payloads(str(marker))[name])
    assert len(found(crafted)) == 3
    assert len(known_files(crafted)) == 3
    assert open_whoosh(crafted).doc_count() == 3
    with pytest.raises(DamagedIndexError, match=toc.name):
        verify(crafted)
    assert not marker.exists()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("crafted")
    for name in ("甲", "乙", "丙"):
        write(place / "corpus" / f"{name}.txt", REPORT.format(place=name))
    run(place / "corpus", place / "index")
    return place


@pytest.fixture
def crafted(built: Path, tmp_path: Path) -> Path:
    """A copy of an index that is to be crafted."""
    return shutil.copytree(built / "index", tmp_path / "index")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("rebuild", [False, True])
def test_indexing_over_a_crafted_index_runs_nothing_and_mends_it(
    built: Path, crafted: Path, old: Path, marker: Path, part: str, rebuild: bool
) -> None:
    payload = payloads(str(marker))["system, protocol 4"]
    (toc,) = crafted.glob("*.toc")
    for folder, path in ((old, old / "_MAIN_2.toc"), (crafted, toc)):
        craft(path, part, payload)
        write(built / "corpus" / "丁.txt", REPORT.format(place=folder.name))
        assert build(built / "corpus", folder, jobs=1, rebuild=rebuild).reports == 4
        verify(folder)
        assert not marker.exists()


def test_what_is_left_of_the_opcodes_calls_nothing(marker: Path) -> None:
    """The closed list holds by itself, without the closed list of classes, and the other way round."""
    for name, payload in payloads(str(marker)).items():
        with pytest.raises(pickle.UnpicklingError, match="no place"):
            format2._unpickled(payload)
        if name not in ("INST", "OBJ"):
            with pytest.raises(pickle.UnpicklingError, match="no place"):
                format2._Unpickler(io.BytesIO(payload)).load()
    assert not marker.exists()
    assert [segment.state["segid"] for segment in format2._unpickled(genuine())] == [
        "79gzjm6bns1zvep9",
        "q6nkp2fsmauks547",
    ]


@pytest.mark.parametrize(
    "state",
    [
        None,
        [],
        {"indexname": "MAIN", "segid": "../../x", "_deleted": []},
        {"indexname": "/etc/MAIN", "segid": "x", "_deleted": []},
        {"indexname": "MAIN", "segid": "x", "_deleted": [1]},
        {"indexname": "MAIN", "segid": "x", "_deleted": None},
        {"indexname": "MAIN", "segid": "none", "_deleted": []},
        {"indexname": "MAIN", "segid": "79gzjm6bns1zvep9", "_deleted": [(0, 1 << 30)] * 3},
    ],
)
def test_a_segment_that_is_none(old: Path, state: Any) -> None:
    data = pickle.dumps([state], 4)
    made = b"\x8c\x13indexer.store.codec\x8c\x0cArraySegment\x93)\x81"
    toc = data.replace(b"]", b"]" + made, 1)[:-2] + b"ba."
    craft(old / "_MAIN_2.toc", "segments", toc)
    with contextlib.suppress(DamagedIndexError):
        assert known_files(old) == {}
