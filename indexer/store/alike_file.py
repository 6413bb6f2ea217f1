"""The file of likenesses: derived from a generation of the index, and named after it.

The manifest does not name it: an index without it is whole, and `gongkai index` makes it anew. It is an
array file as segments are, so that every byte of it stands under a checksum; arrays/FORMAT.md lists the
arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from indexer.arrays.array_file import ArrayFile, damaged, read_array_file
from indexer.arrays.segment import U1, U4, U8, SegmentArrays
from indexer.errors import DamagedIndexError
from indexer.store.directory import stands
from indexer.store.echo_file import echo_suffix
from indexer.store.manifest import Manifest, current_generation
from indexer.text.fold import FOLD_VERSION

ALIKE_VERSION = 1
"""Raise it whenever the arrays, or what they are made by, change: the file is then made anew."""
WITHOUT = "-bare"
"""Follows the name of a generation whose likenesses are not known yet."""

_NAME = re.compile(r"alike-([0-9]+)-[0-9a-f]{8}")
_KINDS = {"U1": "|u1", "U4": "<u4", "U8": "<u8"}


@dataclass(frozen=True, slots=True, eq=False)
class AlikeArrays:
    """Reports in the order of the generation's segments and their files, rejected ones left out.

    report_*       of each report: its id; its segment (an index of `segments`) and its number there; a
                   digest of its folded text, and the code points of it; 1 where it has more likenesses
                   than were looked for (see likeness/candidates.py)
    sketch_*       its sketch (likeness/sketch.py): its bound, and where in the values it begins (one item
                   more than reports); a report that is too long to be compared has no values
    pair_*         pairs of reports (a < b), ascending, that were aligned: code points of a that are common
                   with b, and of b with a

    `segments`: the segments by `segment_key`. `file`: where it was read from, if it was.
    """

    report_id: U8
    report_segment: U4
    report_file: U4
    report_digest: U8
    report_characters: U4
    report_crowded: U1
    sketch_bound: U4
    sketch_start: U8
    sketch_values: U4
    pair_a: U4
    pair_b: U4
    pair_of_a: U4
    pair_of_b: U4
    segments: tuple[str, ...]
    file: ArrayFile | None

    @property
    def sound(self) -> bool:
        """Whether the file that it was read from is what was written, sketches too."""
        return self.file is None or not self.file.pieces.damaged(0, self.file.pieces.size)

    @property
    def reports(self) -> int:
        return len(self.report_id)


ARRAYS: Mapping[str, np.dtype[Any]] = {
    field.name: np.dtype(_KINDS[str(field.type)])
    for field in fields(AlikeArrays)
    if field.type in _KINDS
}
"""Every array's name and type."""
BULK = frozenset(("sketch_values",))


def alike_name(generation: str) -> str:
    """The file of a generation."""
    return f"alike-{generation}"


def segment_key(segment: SegmentArrays) -> str:
    """What tells a segment from any other, in this index or another one."""
    return f"{segment.file.path.stem}-{segment.file.checksum}"


def made_with() -> Mapping[str, int]:
    """What a file depends on beside the index."""
    return {"alike": ALIKE_VERSION, "fold": FOLD_VERSION}


def open_alike(folder: Path, manifest: Manifest) -> AlikeArrays | None:
    """The likenesses of a generation; None where they are not known: the file is not there, damaged or of
    another version."""
    return read_alike(folder / alike_name(manifest.name))


def read_alike(path: Path) -> AlikeArrays | None:
    """A file of likenesses, all of it verified but the sketches; None as above."""
    try:
        file = read_array_file(path)
        return checked(file) if file.tables.get("made_with") == made_with() else None
    except (OSError, DamagedIndexError):
        return None


def checked(file: ArrayFile) -> AlikeArrays:
    """The arrays of a file. Raises DamagedIndexError where they are not what was written, or do not agree
    with each other; the sketches are not looked at."""
    if not file.arrays.keys() >= ARRAYS.keys() or file.damaged(ARRAYS.keys() - BULK):
        raise damaged(file.path)
    try:
        arrays = {name: file.arrays[name] for name in ARRAYS}
        found = AlikeArrays(**arrays, segments=tuple(file.tables["segments"]), file=file)
    except (KeyError, TypeError) as error:
        raise damaged(file.path) from error
    if any(arrays[name].dtype != kind for name, kind in ARRAYS.items()) or not _agree(found):
        raise damaged(file.path)
    return found


def _agree(found: AlikeArrays) -> bool:
    """Whether the arrays fit each other."""
    pairs = {len(getattr(found, name)) for name in ARRAYS if name.startswith("pair_")}
    reports = {len(getattr(found, name)) for name in ARRAYS if name.startswith("report_")}
    start = found.sketch_start.astype(np.int64)
    return (
        len(pairs) == len(reports) == 1
        and len(found.sketch_bound) == found.reports == len(start) - 1
        and bool((np.diff(start) >= 0).all())
        and (int(start[0]), int(start[-1])) == (0, len(found.sketch_values))
        and bool((found.report_segment < len(found.segments)).all())
        and bool((found.pair_a < found.pair_b).all() and (found.pair_b < found.reports).all())
    )


def alike_files(folder: Path) -> Iterator[tuple[int, Path]]:
    """The files of likenesses that stand in a folder, each with the number of its generation."""
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match:
            yield int(match[1]), path


def current_state(folder: Path) -> str | None:
    """The name of the newest generation, and whether its likenesses and echoes are known: some microseconds."""
    generation = current_generation(folder)
    if generation is None:
        return None
    alike = "" if stands(folder / alike_name(generation)) else WITHOUT
    return generation + alike + echo_suffix(folder, generation)
