"""A bare title, 政府工作报告, and the lines beside it that say where and when: they are part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parsing.script import simplified
from indexer.parsing.title import SHORT, begins_body, is_title
from indexer.reading.document import RawLine
from indexer.text.fold import fold

_BARE = frozenset(("政府工作报告", "人民政府工作报告", "工作报告"))
_BELOW = 4  # lines below the title that are looked at
_ABOVE = 2  # lines above it
_YEAR = "(?:(?:19|20)[0-9]{2}|[〇○零一二三四五六七八九]{4})[ \t\u3000]*年"
_WHEN_AND_WHERE = re.compile(
    rf"[（(—–―─－-]*\s*(?:{_YEAR}\s*(?:[\d一二三四五六七八九十]{{1,2}}\s*月[^。；]{{0,{SHORT}}}|度?[）)]?)"
    r"|在?[^。；，]{2,30}(?:会议|大会)上?\s*(?:[（(][^（()）。；]{4,30}[）)])?)"
)
_WITH_OCCASION = re.compile(  # a title, and in the same line when and where
    rf"政府工作报告\s*[（(—–―─－]*\s*{_YEAR}.+|[^。；]+[（(—–―─－]\s*{_YEAR}[^。；]+(?:会议|大会)上?[^。；]*"
)
_PLACE_OR_YEAR = re.compile(rf"[\u4e00-\u9fff]{{2,14}}[省市县区州盟旗镇乡](?:人民政府)?|{_YEAR}度?")
_STRAIGHT_ON = re.compile("[（(—–―─－-]")
_SPEECH = re.compile("各位|同志们")


def is_bare(title: str) -> bool:
    """Whether a title names neither place nor year."""
    return fold(title) in _BARE


def lines_above(lines: Sequence[RawLine], at: int) -> int:
    """How many lines above the bare title at `at` are its beginning: 某省 / 2018年 / 政府工作报告."""
    count = 0
    while count < min(_ABOVE, at) and _PLACE_OR_YEAR.fullmatch(
        simplified(lines[at - count - 1].text)
    ):
        count += 1
    return count


def line_below(lines: Sequence[RawLine], title: str) -> int | None:
    """Which line, of those that follow the bare title, says more than it; None where none does."""
    for at, line in enumerate(lines[:_BELOW]):
        text = simplified(line.text)
        if line.row or begins_body(line) or _SPEECH.match(text):
            return None
        if fold(text) != fold(title) and (_WHEN_AND_WHERE.fullmatch(text) or _says_more(line)):
            return at
    return None


def gone_on(title: str, line: str) -> str:
    """The title with the line that goes on with it, or the line where the title begins or ends it."""
    if fold(title) in fold(line):
        return line
    return title + ("" if _STRAIGHT_ON.match(line) else " ") + line


def _says_more(line: RawLine) -> bool:
    return is_title(line) or _WITH_OCCASION.fullmatch(simplified(line.text)) is not None
