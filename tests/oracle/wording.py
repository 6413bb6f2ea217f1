"""What a report says of what is looked for, read character by character."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.model import Report
from search.model import Hit
from search.wording import digest

_ENDS = frozenset("。；！？;!?\n")


def wording(report: Report, hits: Iterable[Hit]) -> str:
    """The digest of the sentences that hold these hits."""
    text = report.text() + "\n"
    sentences = [""]
    for character in text:
        sentences[-1] += character
        if character in _ENDS:
            sentences.append("")

    def number(at: int) -> int:
        """How many sentences end before a place of the text."""
        return sum(text[:at].count(end) for end in _ENDS)

    held = {n for hit in hits for n in range(number(hit.start), number(hit.end) + 1)}
    said = "".join(sentences[n] for n in sorted(held))
    return digest(said.encode("utf-16-le", "surrogatepass"))
