"""An N-fold corpus: beside each report N - 1 others of the same place, year and headings.

Every sentence of a copy is drawn by seed from the reports of the corpus, a few at a time: the same
kind of text and the same words, but other documents. Sentences that hold a marker phrase are left
out, so that a marker has the same hits in the N-fold corpus; those that come about anew where two
sentences meet are found by counting and no longer serve as markers.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from indexer.reading.decode import decode
from indexer.reading.formats import BY_NAME
from indexer.text.fold import fold
from tests.benchmarks.corpus import files
from tests.benchmarks.truth import find_phrases

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]")
_DONORS = 16  # reports whose sentences are mixed at any time


def write_copies(
    corpus: Path, into: Path, *, times: int, markers: Collection[str], seed: int
) -> None:
    """Write the corpus and its copies; the folder appears when it is complete."""
    beside = into.with_name(into.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(corpus, beside)
    paths = [path for path in files(corpus) if path.suffix.lower() in BY_NAME]
    barred = _sentences_with(markers, paths)
    for number in range(1, times):
        chooser = random.Random(seed * 1_000 + number)
        donors = _donors(paths, barred, chooser)
        for path, sentences in zip(paths, donors, strict=True):
            copy = beside / f"副本{number}" / path.relative_to(corpus)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_copied(_text(path), sentences, chooser), encoding="utf-8")
    beside.rename(into)


def _text(path: Path) -> str:
    return decode(path.read_bytes()).text


def _sentences_with(markers: Collection[str], paths: Sequence[Path]) -> frozenset[str]:
    """All sentences of the corpus that hold a marker."""
    barred: set[str] = set()
    for path in paths:
        text = _text(path)
        held = [m for m, found in find_phrases(markers, [fold(text)]).items() if found]
        for sentence in _SENTENCE.findall(text) if held else ():
            if any(fold(marker) in fold(sentence) for marker in held):
                barred.add(sentence)
    return frozenset(barred)


def _donors(
    paths: Sequence[Path], barred: frozenset[str], chooser: random.Random
) -> Iterator[Sequence[Sequence[str]]]:
    """For each report, the sentences of some others, by report."""
    shuffled = chooser.sample(list(paths), len(paths))
    window: deque[list[str]] = deque(maxlen=_DONORS)
    for at, path in enumerate([*shuffled[: _DONORS - 1], *shuffled]):
        found = [s for s in _SENTENCE.findall(_text(path)) if s not in barred and "\n" not in s]
        window.append(found or ["本年工作另行报告。"])
        if at >= min(len(shuffled), _DONORS - 1):
            yield list(window)


def _copied(text: str, donors: Sequence[Sequence[str]], chooser: random.Random) -> str:
    """The text with every sentence exchanged; headings, lists and front matter stay."""

    def other(_: re.Match[str]) -> str:
        return chooser.choice(chooser.choice(donors))

    return "\n".join(
        _SENTENCE.sub(other, line) if len(line) > 40 else line for line in text.split("\n")
    )
