"""Labels and notes of mine and of a colleague: whether they agree, and how they become one."""

from __future__ import annotations

from dataclasses import replace

from search.links import checksum
from search.saved.finding import Finding

_BETWEEN = "\n\n"


def agree(mine: Finding, theirs: Finding) -> bool:
    """Whether theirs says nothing that mine does not."""
    return theirs.label in ("", mine.label) and theirs.note in ("", mine.note)


def filled(mine: Finding, theirs: Finding) -> Finding | None:
    """Mine with what it says nothing of; None where it says something else."""
    if (mine.label and theirs.label not in ("", mine.label)) or (
        mine.note and theirs.note not in ("", mine.note)
    ):
        return None
    return replace(mine, label=mine.label or theirs.label, note=mine.note or theirs.note)


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
