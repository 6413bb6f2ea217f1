"""Readings that a converter of characters left in the text: 根據(jù), 鎮(zhèn).

Some converters to Traditional characters print how each one that they changed is read. One or two
readings may be the author's own, for a rare character; more are a machine's, and go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.messages import Message
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.lines import dropped

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_READING = re.compile(rf"(?<=[\u3400-\u9fff])\([a-zü]{{0,5}}[{_TONED}][a-zü]{{0,3}}\)")
_FEWEST = 3  # different readings that a machine left


def without_readings(lines: Sequence[RawLine]) -> tuple[tuple[RawLine, ...], list[Dropped]]:
    """The lines without a machine's readings, and what was left out."""
    found = [reading for line in lines for reading in _READING.findall(line.text)]
    distinct = list(dict.fromkeys(found))
    if len(distinct) < _FEWEST:
        return tuple(lines), []
    return tuple(map(_without, lines)), dropped(" ".join(distinct), Message("dropped_reading"))


def _without(line: RawLine) -> RawLine:
    bold = len(_READING.sub("", line.text[: line.bold]))
    return replace(line, text=_READING.sub("", line.text), bold=bold)
