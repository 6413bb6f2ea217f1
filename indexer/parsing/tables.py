"""Tables that a web page's text lost its shape of: one cell a line.

The rows of the statutory tables are numbered like headings (一、本年新收…, （一）予以公开, 3.危及…);
they are told from headings by the figures that follow them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parsing import enumerators
from indexer.reading.document import RawLine

_FIGURE = re.compile(r"[\d０-９][\d０-９,，.．%％]*|[-—/／]+")
_MOST_NESTED = 3  # how many numbered cells may stand before the figures of their row
_LONGEST_CELL = 40


def cell_lines(lines: Sequence[RawLine]) -> frozenset[int]:
    """Indices of the lines that look numbered but are cells of a flattened table."""
    cells: set[int] = set()
    run: list[int] = []
    for at, line in enumerate(lines):
        if _FIGURE.fullmatch(line.text.strip()):
            cells.update(run[-_MOST_NESTED:])
            run = []
        elif len(line.text) <= _LONGEST_CELL and enumerators.at_start(line.text):
            run.append(at)
        else:
            run = []
    return frozenset(cells)
