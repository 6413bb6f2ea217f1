"""The file of echoes: which sentences of a generation's reports are equal or nearly, and named after it.

Like the file of likenesses it is derived: the manifest does not name it, an index without it is whole.
`gongkai echoes` makes it. It is an array file; arrays/FORMAT.md lists the arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from indexer.arrays.array_file import ArrayFile, damaged, read_array_file
from indexer.arrays.segment import U1, U4, U8
from indexer.errors import DamagedIndexError
from indexer.store.directory import stands
from indexer.text.fold import FOLD_VERSION

ECHO_VERSION = 2
"""Raise it whenever the arrays, or what they are made by, change: the file is then made anew."""
WITH = "-echoes"
"""Follows the name of a generation whose echoes are known."""

_NAME = re.compile(r"echoes-[0-9]+-[0-9a-f]{8}")
_KINDS = {"U1": "|u1", "U4": "<u4", "U8": "<u8"}


@dataclass(frozen=True, slots=True, eq=False)
class EchoArrays:
    """Reports in the order of the generation's segments and their files, rejected ones left out.

    report_*        of each report: its id; where its sentences begin (one item more than reports)
    sentence_*      of each sentence, in reading order: where it begins in the folded text of its segment
                    and how many code units it has; which distinct sentence it is
    distinct_length code points of each distinct sentence
    twin_*          pairs of distinct sentences (a < b), ascending, that are nearly equal: how many code points
                    have to be changed, and 1 where the figures are the same
    """

    report_id: U8
    report_start: U8
    sentence_at: U4
    sentence_units: U4
    sentence_which: U4
    distinct_length: U4
    twin_a: U4
    twin_b: U4
    twin_changes: U4
    twin_same_figures: U1

    @property
    def reports(self) -> int:
        return len(self.report_id)


ARRAYS: Mapping[str, np.dtype[Any]] = {
    field.name: np.dtype(_KINDS[str(field.type)]) for field in fields(EchoArrays)
}
"""Every array's name and type."""


def echo_name(generation: str) -> str:
    """The file of a generation."""
    return f"echoes-{generation}"


def echo_suffix(folder: Path, generation: str) -> str:
    """WITH where the echoes of a generation are known."""
    return WITH if stands(folder / echo_name(generation)) else ""


def made_with() -> Mapping[str, int]:
    """What a file depends on beside the index."""
    return {"echoes": ECHO_VERSION, "fold": FOLD_VERSION}


def open_echoes(folder: Path, generation: str) -> EchoArrays | None:
    """The echoes of a generation, all of the file verified; None where they are not known: the file is not
    there, damaged or of another version."""
    try:
        file = read_array_file(folder / echo_name(generation))
        return _checked(file) if file.tables.get("made_with") == made_with() else None
    except (OSError, DamagedIndexError):
        return None


def _checked(file: ArrayFile) -> EchoArrays:
    """Raises DamagedIndexError where the arrays are not what was written, or do not fit each other."""
    if not file.arrays.keys() >= ARRAYS.keys() or file.damaged(ARRAYS.keys()):
        raise damaged(file.path)
    arrays = {name: file.arrays[name] for name in ARRAYS}
    found = EchoArrays(**arrays)
    if any(arrays[name].dtype != kind for name, kind in ARRAYS.items()) or not _agree(found):
        raise damaged(file.path)
    return found


def _agree(found: EchoArrays) -> bool:
    sizes = {
        prefix: {len(getattr(found, name)) for name in ARRAYS if name.startswith(prefix)}
        for prefix in ("sentence_", "twin_")
    }
    start, distinct = found.report_start.astype(np.int64), len(found.distinct_length)
    return (
        all(len(lengths) == 1 for lengths in sizes.values())
        and len(start) == found.reports + 1
        and bool((np.diff(start) >= 0).all())
        and (int(start[0]), int(start[-1])) == (0, len(found.sentence_at))
        and bool((found.sentence_which < distinct).all())
        and bool((found.twin_a < found.twin_b).all() and (found.twin_b < distinct).all())
    )


def echo_files(folder: Path) -> Iterator[Path]:
    """The files of echoes that stand in a folder."""
    return (path for path in folder.iterdir() if _NAME.fullmatch(path.name))
