"""Bytes that change on the disk: an answer is right or refused, whatever the byte, and says what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from indexer.arrays import array_file, checksums
from indexer.arrays.array_file import read_array_file
from indexer.arrays.segment import BULK
from indexer.errors import DamagedIndexError, GongkaiError
from indexer.store import harm
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.related import vocabulary
from tests.torture.asking import Answers, Dearest, ask, differing
from tests.torture.scenes import Box
from tests.torture.test_torture import ALL

PARTS, FLIPS = (40, 500) if ALL else (1, 10)
"""Flips of a part, each of which draws its own."""
CUTS = 500 if ALL else 4
DEAREST = 1.0
"""CPU seconds that no answer takes, whatever has changed: a loop would have no end. Held in `make torture` alone."""


@pytest.fixture(scope="module", autouse=True)
def small_pieces() -> Iterator[None]:
    """So that a small index has many: what steers and what does not are verified apart. And few words of the
    dictionary, which is none of the index: each engine sorts them anew."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (checksums, array_file, harm):
            patch.setattr(module, "PIECE", 64)
        patch.setattr(vocabulary, "_LEAST_FREQUENCY", 2_000)
        yield


@dataclass(frozen=True, slots=True)
class Sound:
    """An index, and all that it answers."""

    box: Box
    answers: Answers
    dearest: Dearest = field(default_factory=Dearest)
    """Of all that was asked of harmed files."""


@pytest.fixture(scope="module")
def sound(small_pieces: None, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    box = Box(tmp_path_factory.mktemp("flips") / "box")
    for number, place in enumerate(("东胜区", "三元区", "昆山市", "甲镇")):
        box.report(place, number)
    box.index_it()
    for place in ("甲镇", "榆中县"):
        box.report(place, 9)
    box.index_with_echoes()
    return Sound(box, ask(IndexEngine(box.index)))


def harmed(path: Path, data: bytes) -> None:
    """Another file in its place: the old one may still be mapped."""
    path.unlink()
    path.write_bytes(data)


def tried(sound: Sound, path: Path) -> list[str]:
    """One file is not what was written: what is answered wrongly before all is verified."""
    folder = sound.box.index
    opened: list[IndexEngine] = []
    if not is_sound(lambda: opened.append(IndexEngine(folder))):
        return []
    (engine,) = opened
    wrong = differing(ask(engine, sound.dearest), sound.answers)
    checked = is_sound(lambda: verify(folder))
    served = IndexEngine(folder)
    if is_sound(served.verify):
        assert not differing(ask(served, sound.dearest), sound.answers)
    else:
        assert not checked, path
        assert set(ask(served).values()) == {DamagedIndexError}
    return wrong


def is_sound(look: Callable[[], object]) -> bool:
    """Whether nothing is refused; else it is said what mends it."""
    refused: list[GongkaiError] = []
    try:
        look()
    except GongkaiError as error:
        refused.append(error)
    assert all(error.hint for error in refused)
    return not refused


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.name != "corpus.json" and p.stat().st_size)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_byte_that_changes(sound: Sound, part: int) -> None:
    random = Random(2 + part)
    wrong: Counter[str] = Counter()
    there = files(sound.box.index)
    sizes = [path.stat().st_size for path in there]
    for _ in range(FLIPS):
        (path,) = random.choices(there, sizes)
        whole = path.read_bytes()
        at, bit = random.randrange(len(whole)), 1 << random.randrange(8)
        array = held(path, at)
        harmed(path, whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        try:
            wrong[array] += bool(tried(sound, path))
        except Exception as error:
            raise AssertionError(f"{path.name} {at} {bit} {array}") from error
        harmed(path, whole)
    assert ask(IndexEngine(sound.box.index)) == sound.answers
    assert all(name in BULK for name, count in wrong.items() if count), wrong
    print(FLIPS, "flips; with a wrong answer before all is verified:", dict(+wrong), sound.dearest)
    assert not ALL or sound.dearest.seconds <= DEAREST, sound.dearest


def held(path: Path, at: int) -> str:
    """Which array a byte is of."""
    try:
        ranges = read_array_file(path).byte_ranges
    except GongkaiError:
        return ""
    return next((name for name, (first, end) in ranges.items() if first <= at < end), "")


def test_a_file_that_is_cut_off(sound: Sound) -> None:
    random = Random(3)
    for _ in range(CUTS):
        path = random.choice(files(sound.box.index))
        whole = path.read_bytes()
        harmed(path, whole[: random.randrange(len(whole))])
        tried(sound, path)
        harmed(path, whole)
    print(CUTS, "cuts;", sound.dearest)
    assert not ALL or sound.dearest.seconds <= DEAREST, sound.dearest
