"""The lists of a DOC file, after [MS-DOC] 2.9.131, .147 and .150: what their levels count and print."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from indexer.reading.office.numbering import LEVELS, Counted, Level, Numbering

_FORMS: Mapping[int, str] = MappingProxyType(
    {
        1: "upperRoman",
        2: "lowerRoman",
        3: "upperLetter",
        4: "lowerLetter",
        23: "bullet",
        10: "ideographDigital",
        11: "japaneseCounting",
        14: "decimalFullWidth",
        18: "decimalEnclosedCircle",
        19: "decimalFullWidth",
        28: "decimalEnclosedCircleChinese",
        22: "decimalZero",
        26: "decimalEnclosedFullstop",
        27: "decimalEnclosedParen",
        29: "ideographEnclosedCircle",
        30: "ideographTraditional",
        31: "ideographZodiac",
        34: "ideographLegalTraditional",
        38: "chineseLegalSimplified",
        33: "taiwaneseCounting",
        35: "taiwaneseCountingThousand",
        37: "chineseCounting",
        39: "chineseCountingThousand",
        255: "none",
    }
)
"""How counters are written, as DOCX names it; others are digits."""
_LEVEL, _LIST, _USE = 28, 28, 16
_SIMPLE, _LEGAL = 1, 4
_STARTS, _FORMED = 16, 32


def numbering(lists: bytes, uses: bytes) -> Numbering:
    """The lists as paragraphs name them: by number, from 1 on, in the table of uses."""
    try:
        return Numbering(dict(_used(uses, dict(_definitions(lists)))))
    except struct.error:  # cut off
        return Numbering({})


def _definitions(data: bytes) -> Iterator[tuple[int, Counted]]:
    """The lists by their identifiers."""
    if not data:
        return
    count = struct.unpack_from("<H", data)[0]
    at = 2 + _LIST * count
    for head in range(2, at, _LIST):
        name = struct.unpack_from("<i", data, head)[0]
        levels: dict[int, Level] = {}
        for level in range(1 if data[head + 26] & _SIMPLE else LEVELS):
            levels[level], at = _level(data, at)
        yield name, Counted(levels)


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """A level, and where what follows it begins."""
    start, form, flags = struct.unpack_from("<iBB", data, at)
    of_runs, of_paragraphs = struct.unpack_from("<BB", data, at + 24)
    at += _LEVEL + of_runs + of_paragraphs
    length = struct.unpack_from("<H", data, at)[0]
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in text)
    level = Level(max(start, 0), _FORMS.get(form, "decimal"), pattern, bool(flags & _LEGAL))
    return level, at + 2 + 2 * length


def _used(data: bytes, known: Mapping[int, Counted]) -> Iterator[tuple[str, Counted]]:
    """The lists that paragraphs may name; one that begins anew, or is written otherwise, counts by itself."""
    if not data:
        return
    count = struct.unpack_from("<I", data)[0]
    heads = struct.iter_unpack("<i8xB3x", data[4 : 4 + _USE * count])
    at = 4 + _USE * count
    for number, (name, changes) in enumerate(heads, 1):
        at += 4
        changed: dict[int, Level] = {}
        for _ in range(changes):
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            level = known[name].levels.get(flags & 15) if name in known else None
            if flags & _FORMED:
                level, at = _level(data, at)
            if level is not None:
                changed[flags & 15] = level._replace(start=start) if flags & _STARTS else level
        if name in known:
            shared = known[name]
            yield str(number), Counted({**shared.levels, **changed}) if changed else shared
