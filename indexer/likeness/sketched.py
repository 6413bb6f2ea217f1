"""The sketches of all reports of a generation: those of earlier segments as they were kept, the rest made now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays.segment import U4, U8, Ints
from indexer.likeness.candidates import Sketches
from indexer.likeness.sketch import ALL, Sketch, sketch
from indexer.likeness.texts import Texts
from indexer.likeness.units import units
from indexer.store.alike_file import AlikeArrays, segment_key


@dataclass(frozen=True, slots=True, eq=False)
class Sketched:
    """For each report its sketch, a digest of its text, and its code points."""

    sketches: Sketches
    digest: U8
    characters: U4


def sketched(texts: Texts, known: AlikeArrays | None) -> Sketched:
    """The sketches of all reports; `known`: the likenesses of an earlier generation."""
    parts = [_none()]
    for number, arrays in enumerate(texts.segments):
        own = np.flatnonzero(texts.segment == number)
        if known is not None and segment_key(arrays) in known.segments:
            parts.append(_kept(known, segment_key(arrays), texts.file[own]))
        else:
            parts.append(_made(texts, own))
    sizes = np.concatenate([part.sketches.sizes for part in parts])
    return Sketched(
        Sketches(
            np.concatenate([part.sketches.values for part in parts]),
            np.append(0, np.cumsum(sizes)),
            np.concatenate([part.sketches.bound for part in parts]),
        ),
        np.concatenate([part.digest for part in parts]),
        np.concatenate([part.characters for part in parts]),
    )


def _none() -> Sketched:
    empty = np.zeros(0, np.uint32)
    return Sketched(Sketches(empty, np.zeros(1, np.int64), empty), np.zeros(0, np.uint64), empty)


def _kept(known: AlikeArrays, segment: str, files: Ints) -> Sketched:
    """What is known of some files of a segment, which does not change but for files that die."""
    own = np.flatnonzero(known.report_segment == known.segments.index(segment))
    rows = own[np.searchsorted(known.report_file[own], files)]
    starts = known.sketch_start.astype(np.int64)
    sizes = np.diff(starts)[rows]
    ends = np.cumsum(sizes)
    places = np.arange(int(sizes.sum())) + np.repeat(starts[rows] - (ends - sizes), sizes)
    return Sketched(
        Sketches(known.sketch_values[places], np.append(0, ends), known.sketch_bound[rows]),
        known.report_digest[rows],
        known.report_characters[rows],
    )


def _made(texts: Texts, reports: Ints) -> Sketched:
    """What is found in the texts of some reports. One that is too long counts as empty."""
    values = bytearray()
    facts: list[tuple[int, int, int, int]] = []
    for report in reports.tolist():
        made = _sketch(texts, report)
        values += made.values.tobytes()
        facts.append((len(made.values), made.bound, made.digest, made.characters))
    table = np.array(facts, np.uint64).reshape(-1, 4)
    return Sketched(
        Sketches(
            np.frombuffer(values, np.uint32),
            np.append(0, np.cumsum(table[:, 0].astype(np.int64))),
            table[:, 1].astype(np.uint32),
        ),
        table[:, 2],
        table[:, 3].astype(np.uint32),
    )


def _sketch(texts: Texts, report: int) -> Sketch:
    if texts.too_long(report):
        return Sketch(np.zeros(0, np.uint32), ALL, 0, 0)
    return sketch(units(texts.folded(report)))
