"""Folding: the form of a text in which two spellings of one phrase are equal.

Each character by itself goes through NFKC, Traditional to Simplified (OpenCC t2s) and lower case;
of the outcome letters, marks and numbers are kept. Everything else is a separator. A run of
separators between two kept characters vanishes, except

- between two ASCII letters or digits, where it becomes "." (one full stop between digits), nothing
  (one comma before exactly three digits) or one space;
- elsewhere, where it holds the end of a sentence: it becomes "。", so that no phrase is found across it.

One line at a time: a line's end is no separator.
"""

from __future__ import annotations

import re
import unicodedata

import opencc

FOLD_VERSION = 2
"""Goes into the index's fingerprint; raise it whenever `fold` gives anything else than before."""

GAP, STOP, COMMA, END = "\x00", "\x01", "\x02", "\x04"
"""The marks of separators: END is the end of a sentence."""
SENTENCE_ENDS = frozenset("。｡！？；!?;…⋯")
SENTENCE_END = "。"
"""What stands for the end of a sentence in folded text."""

_INNER = "\x03"  # a separator inside what one character becomes, as in ⑴; it joins nothing
_T2S = opencc.OpenCC("t2s")
_SEPARATORS = re.compile(r"[\x00-\x04]+")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_DIGITS = frozenset("0123456789")
_ASCII_WORD = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyz")


class _Marks(dict[int, str]):
    """Code point -> what it folds to, or the mark of the separator it is; filled on demand."""

    def __missing__(self, code: int) -> str:
        normal = unicodedata.normalize("NFKC", chr(code))
        surrogate = 0xD800 <= code <= 0xDFFF  # a lone one is no text, and OpenCC refuses it
        simple = normal if surrogate else "".join(_T2S.convert(c) for c in normal).lower()
        mark = "".join(c if unicodedata.category(c)[0] in "LMN" else _INNER for c in simple)
        if not mark.strip(_INNER):
            ends = chr(code) in SENTENCE_ENDS
            mark = END if ends else {".": STOP, ",": COMMA}.get(normal, GAP)
        self[code] = mark
        return mark


_MARKS = _Marks()


def fold(line: str) -> str:
    """The folded line. Raises nothing; "" where the line holds separators only."""
    return fold_spaced(line).replace("\n", "")


def fold_spaced(line: str) -> str:
    """The folded line with a "\\n" where separators vanished: what word segmentation works on."""
    return _SEPARATORS.sub(_spaced_joint, line.translate(_MARKS))


def fold_with_origins(line: str) -> tuple[str, list[int]]:
    """The folded line and, for each of its characters, the offset in `line` it came from.

    A joint (what separators leave: ".", a space or "。") has the offset after the character before it.
    """
    marked = line.translate(_MARKS)
    if len(marked) == len(line):
        sources: list[int] = list(range(len(line)))
    else:
        sources = [at for at, c in enumerate(line) for _ in _MARKS[ord(c)]]
    folded: list[str] = []
    origins: list[int] = []
    done = 0
    for run in _SEPARATORS.finditer(marked):
        folded.append(marked[done : run.start()])
        origins += sources[done : run.start()]
        joint = _joint(run)
        folded.append(joint)
        origins += [origins[-1] + 1] * len(joint) if joint else []
        done = run.end()
    folded.append(marked[done:])
    return "".join(folded), origins + sources[done:]


def mark_of(code: int) -> str:
    """What a code point folds to by itself, or the mark of the separator it is.

    Several characters where it becomes several; some of them may be separators that join nothing.
    """
    return _MARKS[code]


def traditional() -> str:
    """The ideographs, U+3400 to U+9FFF, that have a simplified form other than themselves."""
    ideographs = "\n".join(map(chr, range(0x3400, 0xA000)))
    pairs = zip(ideographs, _T2S.convert(ideographs), strict=True)
    return "".join(printed for printed, simple in pairs if printed != simple)


def cuts_word(folded: str, cut: int) -> bool:
    """Whether cutting `folded` before index `cut` would split an ASCII word or number."""
    if not 0 < cut < len(folded):
        return False
    left, right = folded[cut - 1], folded[cut]
    return (left in _ASCII_WORD and right in _ASCII_WORD) or left == "." or right == "."


def literal_form(text: str) -> str:
    """What `literal` compares: NFKC, character by character."""
    return "".join(unicodedata.normalize("NFKC", c) for c in text)


def _joint(run: re.Match[str]) -> str:
    """What stays of a run of separators."""
    return _spaced_joint(run).replace("\n", "")


def _spaced_joint(run: re.Match[str]) -> str:
    """The same, with a "\n" where it vanishes and divides words; at an end of the line, too."""
    text = run.string
    if run.start() == 0 or run.end() == len(text):
        return "\n"
    if text[run.start() - 1] in _ASCII_WORD and text[run.end()] in _ASCII_WORD:
        return _ascii_joint(run)
    return SENTENCE_END if END in run.group() else "\n"


def _ascii_joint(run: re.Match[str]) -> str:
    """What stays of a run of separators between two ASCII letters or digits."""
    text = run.string
    gap = run.group().strip(_INNER)
    after = text[run.start() + len(run.group().rstrip(_INNER)) : run.end() + 4]
    if not gap:
        return ""
    if text[run.start() - 1] in _DIGITS:
        if gap == STOP and after[0] in _DIGITS:
            return "."
        if gap == COMMA and _THOUSANDS.match(after):
            return ""
    return " "
