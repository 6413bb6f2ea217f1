"""Tables, as their lines draw them: a grid, of which cells take one place or several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.frame import Box
from indexer.reading.pdf.glyphs import Glyph
from indexer.reading.pdf.rules import Rule

_SNAP = 3.0  # points within which two lines are one
_MOST_PLACES = 10_000  # of a grid
_MOST_RULES = 3_000  # of one page: a chart has more, and is no table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its rows and columns part, in points, and which cell takes each place.

    Cells are numbered in reading order; one that takes several places has all of them.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.across[0], self.down[0], self.across[-1], self.down[-1])

    def width(self, cell: int, row: int) -> float:
        """Points from a cell's left line to its right, in a row that it takes."""
        columns = [column for column, found in enumerate(self.cells[row]) if found == cell]
        return self.across[columns[-1] + 1] - self.across[columns[0]]

    def holds(self, glyph: Glyph) -> bool:
        x, y = _middle(glyph)
        return self.across[0] <= x <= self.across[-1] and self.down[0] <= y <= self.down[-1]

    def cell_of(self, glyph: Glyph) -> int:
        """The cell of a glyph that the table holds."""
        x, y = _middle(glyph)
        row = min(bisect_right(self.down, y), len(self.down) - 1) - 1
        return self.cells[row][min(bisect_right(self.across, x), len(self.across) - 1) - 1]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the lines draw, from the top; a frame around text is none."""
    level = _joined(rule for rule in rules if rule.level)
    upright = _joined(rule for rule in rules if not rule.level)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    found = [_grid(*group) for group in _groups(level, upright)]
    tables = [grid for grid in found if grid is not None and _has_cells(grid)]
    return sorted(tables, key=lambda grid: (grid.down[0], grid.across[0]))


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, those that go on in one line as one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _SNAP), r.start)):
        last = found[-1] if found else None
        if last and abs(last.at - rule.at) <= _SNAP and rule.start <= last.end + _SNAP:
            found[-1] = last._replace(end=max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules by table: those that cross or touch, directly or through others."""
    group = list(range(len(level) + len(upright)))
    for i, flat in enumerate(level):
        for j, tall in enumerate(upright, len(level)):
            if _touch(flat, tall):
                _unite(group, i, j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*level, *upright]):
        found.setdefault(_root(group, i), ([], []))[0 if rule.level else 1].append(rule)
    return [(flat, tall) for flat, tall in found.values() if flat and tall]


def _touch(flat: Rule, tall: Rule) -> bool:
    return (
        tall.start - _SNAP <= flat.at <= tall.end + _SNAP
        and flat.start - _SNAP <= tall.at <= flat.end + _SNAP
    )


def _root(group: list[int], at: int) -> int:
    while group[at] != at:
        group[at] = group[group[at]]
        at = group[at]
    return at


def _unite(group: list[int], one: int, other: int) -> None:
    group[_root(group, other)] = _root(group, one)


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """The grid of a table's rules; an outer side that is not drawn is where the others end."""
    across = _lines(upright, level)
    down = _lines(level, upright)
    if not 0 < (len(across) - 1) * (len(down) - 1) <= _MOST_PLACES:
        return None
    return Grid(across, down, _cells(across, down, level, upright))


def _lines(rules: Sequence[Rule], crossing: Sequence[Rule]) -> tuple[float, ...]:
    """Where a grid's lines of one direction are: each rule, and the ends of those that cross."""
    ends = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    found: list[float] = []
    for at in sorted([*(rule.at for rule in rules), *ends]):
        if not found or at - found[-1] > _SNAP:
            found.append(at)
    return tuple(found)


def _cells(
    across: Sequence[float], down: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[tuple[int, ...], ...]:
    """The cell of each place: places that no line parts are one."""
    width = len(across) - 1
    group = list(range(width * (len(down) - 1)))
    middles = [(a + b) / 2 for a, b in pairwise(across)], [(a + b) / 2 for a, b in pairwise(down)]
    for at in range(len(group)):
        row, column = divmod(at, width)
        if column and not _parted(upright, across[column], middles[1][row]):
            _unite(group, at - 1, at)
        if row and not _parted(level, down[row], middles[0][column]):
            _unite(group, at - width, at)
    roots = [_root(group, at) for at in range(len(group))]
    number = {root: at for at, root in enumerate(dict.fromkeys(roots))}
    cells = [number[root] for root in roots]
    return tuple(tuple(cells[at : at + width]) for at in range(0, len(cells), width))


def _parted(rules: Sequence[Rule], at: float, middle: float) -> bool:
    """Whether a rule runs at a line of the grid past the middle of a place."""
    return any(abs(rule.at - at) <= _SNAP and rule.start <= middle <= rule.end for rule in rules)


def _has_cells(grid: Grid) -> bool:
    """Whether there is more than one, for a frame around text is no table."""
    return any(cell for row in grid.cells for cell in row)
