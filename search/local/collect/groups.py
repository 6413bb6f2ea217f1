"""Reports counted in groups: by year, and by row and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from indexer.arrays.distinct import first_of_each
from indexer.arrays.segment import NO_YEAR, Bools, Ints
from search.local.facts.columns import Columns
from search.spread import Group

NOBODY = Group(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years of groups. `slots`: for each file, the index of its year, of one that it names none, or
    whose year is not among them, `len(years)`."""

    years: tuple[int, ...]
    slots: Ints

    @staticmethod
    def of(columns: Columns, files: Ints) -> Timeline:
        """Every year from the first of these files to the last."""
        stated = columns.year[files]
        stated = stated[stated != NO_YEAR]
        if not len(stated):
            return Timeline((), np.zeros(columns.files, np.int64))
        first, last = int(stated.min()), int(stated.max())
        slots = columns.year.astype(np.int64) - first
        slots[(slots < 0) | (slots > last - first)] = last - first + 1
        return Timeline(tuple(range(first, last + 1)), slots)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Files parted into groups, whatever is asked of them.

    `places`: for each of the files, the group that it is in; `unsaid`: the groups as they are where
    nothing matches; of these, `reports` and `characters` once more.
    """

    files: Ints
    places: Ints
    reports: Ints
    characters: Ints
    unsaid: list[Group]

    @staticmethod
    def of(files: Ints, places: Ints, size: int, characters: Ints) -> Parts:
        """Groups 0 to `size` - 1; `characters` has an item for each file of the index."""
        reports = np.bincount(places, minlength=size)
        found = _summed(places, characters.take(files), size)
        unsaid = [NOBODY] * size
        for place in np.flatnonzero(reports).tolist():
            unsaid[place] = Group(int(reports[place]), 0, 0, int(found[place]))
        return Parts(files, places, reports, found, unsaid)

    def groups(self, matching: Bools, hits: Ints) -> list[Group]:
        """The groups with what matches; both have an item for each file of the index."""
        own = matching.take(self.files)
        places, size = self.places[own], len(self.unsaid)
        counts = np.bincount(places, minlength=size)
        said = np.flatnonzero(counts)
        columns = (
            self.reports[said].tolist(),
            counts[said].tolist(),
            _summed(places, hits.take(self.files[own]), size)[said].tolist(),
            self.characters[said].tolist(),
        )
        every = self.unsaid.copy()
        made = map(
            tuple.__new__, repeat(Group), zip(*columns, strict=True)
        )  # twice as fast as _make
        for place, group in zip(said.tolist(), made, strict=True):
            every[place] = group
        return every

    @property
    def bytes(self) -> int:
        """Memory that this takes."""
        arrays = (self.files, self.places, self.reports, self.characters)
        return sum(a.nbytes for a in arrays) + 8 * len(self.unsaid) + 200 * len(self.files)


def together(parts: Sequence[Group]) -> Group:
    """Groups that share no report as one."""
    return Group(*map(sum, zip(*parts, strict=True))) if parts else NOBODY


@dataclass(frozen=True, slots=True)
class Placed:
    """Files in the rows that they are in; one that is in several rows is there as often."""

    files: Ints
    rows: Ints


def placed(columns: Columns, codes: Sequence[str], files: Ints) -> Placed:
    """The files by row; the rows are regions of these codes, and a last one for files in none of them."""
    chains = [columns.chains_of_code.get(code, []) for code in codes]
    chain = np.array([number for held in chains for number in held], np.int64)
    row = np.repeat(np.arange(len(codes)), [len(held) for held in chains])
    found: list[Ints] = []
    rows: list[Ints] = []
    for number, layer in enumerate(_layers(chain)):
        row_of_chain = np.full(len(columns.chains), -1 if number else len(codes))
        row_of_chain[chain[layer]] = row[layer]
        of_files = row_of_chain[columns.chain[files]]
        found.append(files[of_files >= 0])
        rows.append(of_files[of_files >= 0])
    return Placed(np.concatenate(found), np.concatenate(rows))


def _layers(chain: Ints) -> list[Ints]:
    """The indexes of the chains in parts, in none of which a chain stands twice; one part at least."""
    order = np.argsort(chain, kind="stable")
    ordered = chain[order]
    firsts = first_of_each(ordered)
    lengths = np.diff(firsts, append=len(ordered))
    depth = np.arange(len(ordered)) - np.repeat(firsts, lengths)
    return [order[depth == layer] for layer in range(max(1, int(lengths.max(initial=0))))]


def _summed(places: Ints, values: Ints, size: int) -> Ints:
    """The sum of the values of each place. Exact: sums of floats are, below 2**53."""
    return np.bincount(places, weights=values, minlength=size).astype(np.int64)
