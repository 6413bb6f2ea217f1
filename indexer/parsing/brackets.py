"""Brackets and quotes: what stands between the two halves of a pair is never cut in two."""

from __future__ import annotations

import re

_REACH = 200  # code points on either side in which the halves of a pair are looked for
_KINDS = ("“”", "‘’", "（）()", "《》", "〈〉", "【】", "「」", "『』", "〔〕", "［］[]")
_OPENING = {mark: kind for kind in _KINDS for mark in kind[::2]}
_CLOSING = {mark: kind for kind in _KINDS for mark in kind[1::2]}
_MARK = re.compile("[" + re.escape("".join(_KINDS)) + "]")


def is_enclosed(text: str, at: int) -> bool:
    """Whether a bracket or quote that opens before `at` closes at `at` or after it."""
    opened: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text, max(at - _REACH, 0), at + _REACH):
        if mark[0] in _OPENING:
            opened.append((_OPENING[mark[0]], mark.start()))
            continue
        kind = _CLOSING[mark[0]]
        pair = next((n for n in reversed(range(len(opened))) if opened[n][0] == kind), None)
        if pair is not None:
            if opened[pair][1] < at <= mark.start():
                return True
            del opened[pair:]
    return False
