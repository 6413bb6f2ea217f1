"""What reports have in common, and from where on they are called alike.

A code point of a report's fold is *common* with another report where it stands in a run of RUN code points
of one line, or more, that is found in a line of the other one; and in a line shorter than that, where the
other one has this very line. Title and headings are lines. Common characters of a and of b are counted
each by itself, so that there are two shares of a pair: of a (that stand in b) and of b (that stand in a).

Two reports are *alike* where at least SHARE of either one is common, and no less than LEAST code points of
it. Of either, since a chapter or a notice that was copied into a longer report is all of the one and little
of the other; who wants copies of the whole looks at the smaller of the two shares. Half, so that a report
of which 40 % of the sentences were replaced is surely found: 55 to 65 % of it are common with what it was.
"""

from __future__ import annotations

RUN = 12
"""Fewest code points of the fold that are told to be the same text. Between two provinces' work reports of
2019, runs so long hold 1 to 4 % (of 8: 3 to 7 %); between those of one place in two years, 3 to 9 %
(8 to 18 %)."""
SHARE = 0.5
"""Least share of one of two reports that are alike."""
LEAST = 60
"""Fewest common code points of it, about two sentences: less is a form, as a page of nothing but its title."""
MAX_CHARACTERS = 200_000
"""Longest report that is compared, in code points of its canonical text: many times a long one."""
MAX_LINES = 10_000
"""Most lines of a report that is compared."""
