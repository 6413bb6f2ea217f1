"""Headings without a number: by mark-up, by bold type, or by their words alone."""

from __future__ import annotations

import re

from indexer.parsing.brackets import is_enclosed
from indexer.parsing.kinds import is_heading_word, is_part_heading
from indexer.parsing.script import simplified
from indexer.reading.document import RawLine

LONGEST = 40
"""Longest heading without a number, in code points; twice that where the mark-up says so."""

_ANNEX = re.compile(
    r"附[件表][ \t\u3000\xa0]*\d{0,2}[ \t\u3000\xa0]*[：:][ \t\u3000\xa0]*[^。；，：:\s]{2,40}统计表"
    r"[ \t\u3000\xa0]+(?=\S{4})"
)
_BYLINE = re.compile(
    r"^各位|同志们|[省市州县区盟旗]长[\s\u3000]*(?:\S{1,8}[\s\u3000]*){0,2}$|主席[\s\u3000]*\S{0,12}$|会议上?$|^[（(]?\s*(?:19|20)\d\d\s*年"
    r"\s*\d+\s*月|^[—–―-]{2}|^中华人民共和国$|政府工作报告$|^(?:数据)?(?:资料)?来源|^[（(].*[)）]$|^目\s*录$|^\W*$"
)
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十]{1,2}|首先|其次|再次|最后)\s*[，,、：:\u3000]\s*[^。；;！!：:，,]{2,24}"
)


def annex_end(text: str) -> int:
    """Where the title of an annex ends that its table follows in the same line; 0 where none begins it."""
    annex = _ANNEX.match(text)
    return annex.end() if annex else 0


def unnumbered_end(line: RawLine) -> int:
    """Where the heading ends that begins the line; 0 where none does."""
    text = line.text.strip()
    if line.heading and len(text) <= 2 * LONGEST:
        return len(line.text)
    if annex := annex_end(line.text):
        return annex
    head = line.text[: line.bold].strip() if line.bold else text
    if not head or len(head) > LONGEST or _BYLINE.search(simplified(head)):
        return 0
    whole = line.bold in (0, len(line.text))
    if whole and (_is_named(head) or _ORDINAL.fullmatch(simplified(head))):
        return len(line.text)
    return line.bold if line.bold and _bold_lead(line, head) else 0


def bold_end(line: RawLine, start: int, longest: int) -> int:
    """Where the heading ends that begins at `start` and is bold; 0 where its end is no heading's."""
    if not start < line.bold <= start + longest or is_enclosed(line.text, line.bold):
        return 0
    whole = line.bold == len(line.text)
    ended = whole or line.text[line.bold - 1] in "。：:！!" or line.text[line.bold] in " \u3000\xa0"
    return line.bold if ended else 0


def _is_named(head: str) -> bool:
    """Whether the words alone make a line a heading."""
    if len(head) > 30 or re.search("[。，；：:！]", head):
        return False
    return is_heading_word(head) or is_part_heading(head)


def _bold_lead(line: RawLine, head: str) -> bool:
    """Whether a line's bold beginning is a heading: it must end as one does."""
    if len(head) < 3 or is_enclosed(line.text, line.bold):
        return False
    if line.bold == len(line.text):
        return not re.search("[，；！]$", head)
    return head[-1] in "。" or (is_part_heading(head) and line.text[line.bold] in " \u3000\xa0")
