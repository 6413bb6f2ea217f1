"""Two notes as one, and what a reader has seen of a finding."""

from __future__ import annotations

from dataclasses import replace

from search.links import checksum
from search.saved.finding import Finding

_BETWEEN = "\n\n"


def both(mine: Finding, theirs: Finding) -> Finding:
    """Mine with those paragraphs of their note that it does not have yet, and their label as a paragraph
    where mine is another one: taken in again, nothing is added."""
    label = mine.label or theirs.label
    known = {*mine.note.split(_BETWEEN), ""}
    new = [each for each in theirs.note.split(_BETWEEN) if each not in known]
    if theirs.label not in ("", label, *known, *new):
        new.append(theirs.label)
    return replace(mine, label=label, note=_BETWEEN.join(filter(None, (mine.note, *new))))


def seen(finding: Finding) -> str:
    """What tells a label and note from any others: who changes them says which they have seen."""
    return checksum(f"{finding.label}\n{finding.note}")
