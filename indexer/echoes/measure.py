"""What a sentence is that echoes another, and who had it first.

A *sentence* is what stands of a line's fold between ends of sentences (see indexer/text/fold.py; a semicolon
ends one, too), from LEAST code points on. Headings and rows of tables are lines; the title is none: it names
the report. What is shorter is not looked at: it is said alike by chance or custom.

Two sentences are *twins* where they stand in two reports and no more than a CHANGED part of the longer one
has to be changed to get the other one: Levenshtein's distance of their folds, in code points. Sentences of
more than MOST code points are twins where they are equal only. Twins have *the same figures* where the
numbers in ASCII digits are equal in both, in order: who says anew what has grown by how much fills in a form,
and does not copy.

A report's *body* is whose report it is: its region and genre, and the issuer where both of two reports name one;
a work report is its government's, whoever is named. Two reports of one body that name the same year are one
report, in two files: their sentences are no twins.

Of two reports that one is *earlier* whose year is, as a sentence counts as said (`said_in` of
search/spread.py), and of one year that whose day is. Where a day is not known, or the same, neither is, nor
where a year is not known: that is a *tie*.

What there is to say of a sentence of a report is the first of these that holds. Those in COPIES count as
copied.

common     at least COMMON other bodies have twins of it, or it and its twins stand in more than MANY reports:
           custom, law or a slogan, and nobody is told to have copied it
last_year  an earlier twin, with the same figures, is of the body itself, said in the year before or the same
own        the same, said earlier
above      it is of a region above this one's, said in the year before or the same; the nation is above all
others     it is of another body's report, of no region below this one's
below      it is of a region below this one's: who is above, and whose plans the lower ones knew, did not copy
figures    it has earlier twins, but with other figures
tied       it has twins that are ties: who had it first is not known
first      it has twins, all of them later
alone      it has none

The *share* of a report is counted in code points of its sentences, not of its text: what is shorter than
LEAST has no part in it.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

LEAST = 20
"""Fewest code points of a sentence's fold: of the work reports, 9 of 10 characters stand in such."""
MOST = 1_000
"""Most code points of one that is held against others that are not equal."""
CHANGED = 5
"""One code point in so many of the longer one may be another, or more or less: 20 %."""
COMMON = 10
"""What so many others say is nobody's."""
MANY = 2_000
"""Who says it is not looked at one by one where so many do; a report counts for each twin in it."""

State = Literal[
    "alone", "first", "tied", "figures", "below", "others", "above", "own", "last_year", "common"
]
STATES: tuple[State, ...] = get_args(State)
"""From what tells least of a copy to what tells most; what is common stands apart."""
COPIES: tuple[State, ...] = ("last_year", "own", "above", "others")

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def figures(folded: str) -> list[str]:
    """The numbers in a folded sentence, in order."""
    return _FIGURE.findall(folded)


def most_changes(length: int) -> int:
    """So many changes at most of twins whose longer one has so many code points."""
    return length // CHANGED
