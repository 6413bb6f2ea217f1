"""Two reports beside each other, aligned by section and line. Pure: two `Report`s in, a `Comparison` out.

Lines are compared by their fold, so that punctuation, width and script are no change.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.errors import LimitError
from indexer.likeness.measure import MAX_CHARACTERS, MAX_LINES
from indexer.messages import Message
from indexer.model import Report
from search.budget import checkpoint
from search.comparing.carried import carried, carried_spans
from search.comparing.layout import Paired, laid_out
from search.comparing.matching import Matched, matching
from search.comparing.model import Comparison, Pair, Side, Span, State
from search.comparing.placed import TITLE, Placed
from search.comparing.runs import differences
from search.comparing.tokens import fold_spans, marked_spans, token_spans


def compare(a: Report, b: Report) -> Comparison:
    """`a` on the left, `b` on the right; exchanged, they give the same pairs exchanged.

    Raises LimitError where one of them is too long.
    """
    for report in (a, b):
        _check_length(report)
    found = matching(a, b) if a.id <= b.id else matching(b, a).mirrored()
    left, right = found.a, found.b
    folded_a, folded_b = [line.folded for line in left], [line.folded for line in right]
    kept, known = carried_spans(folded_a, folded_b), carried_spans(folded_b, folded_a)
    by_a, by_b = _matched(left, right, found.lines)
    by_a |= {
        at: Pair("dropped", False, _alone(line, kept[at]), None)
        for at, line in enumerate(left)
        if at not in by_a
    }
    by_b |= {
        at: Pair("new", False, None, _alone(line, known[at]))
        for at, line in enumerate(right)
        if at not in by_b
    }
    return Comparison(
        carried(folded_a, kept),
        carried(folded_b, known),
        laid_out((a, b), Paired(left, right, by_a, by_b), found.sections),
    )


def _check_length(report: Report) -> None:
    lines = list(report.lines())
    characters = sum(len(line.text) for line in lines)
    if characters > MAX_CHARACTERS or len(lines) > MAX_LINES:
        raise LimitError(
            Message(
                "too_long_to_compare", title=report.title, characters=characters, lines=len(lines)
            ),
            hint=Message("too_long_to_compare_hint", characters=MAX_CHARACTERS, lines=MAX_LINES),
        )


def _matched(
    a: Sequence[Placed], b: Sequence[Placed], lines: Sequence[Matched]
) -> tuple[dict[int, Pair], dict[int, Pair]]:
    """The pairs of two lines, by the index of either."""
    by_a: dict[int, Pair] = {}
    by_b: dict[int, Pair] = {}
    for matched in lines:
        by_a[matched.a] = by_b[matched.b] = _pair(a[matched.a], b[matched.b], matched)
    return by_a, by_b


def _pair(a: Placed, b: Placed, matched: Matched) -> Pair:
    if matched.runs is None:
        state: State = "moved" if matched.elsewhere else "copied"
        return Pair(state, matched.elsewhere, _side(a, ()), _side(b, ()))
    checkpoint()
    tokens_a, tokens_b = token_spans(a.line.text), token_spans(b.line.text)
    only_a, only_b = differences(matched.runs, len(tokens_a), len(tokens_b))
    return Pair(
        "changed",
        matched.elsewhere,
        _side(a, marked_spans(tokens_a, only_a, a.line.start)),
        _side(b, marked_spans(tokens_b, only_b, b.line.start)),
    )


def _alone(line: Placed, carried: Sequence[Span]) -> Side:
    """A line without a match: what of it stands nowhere in the other report, to the line's ends."""
    spans, start = fold_spans(line.line.text), line.line.start
    if spans:
        spans[0] = (0, spans[0][1])
        spans[-1] = (spans[-1][0], len(line.line.text))
    edges = [0, *(edge for span in carried for edge in span), len(spans)]
    rest = [(first, end) for first, end in zip(edges[::2], edges[1::2], strict=True) if first < end]
    return _side(line, marked_spans(spans, rest, start))


def _side(placed_line: Placed, spans: tuple[Span, ...]) -> Side:
    section = None if placed_line.section == TITLE else placed_line.section
    return Side(placed_line.line, section, spans)
