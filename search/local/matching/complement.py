"""What a silent request asks for: the reports that a query does not find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from search.local.matching.answer import Answer
from search.local.matching.candidates import Candidates


def complement(found: Answer, among: Candidates) -> Answer:
    """The answer whose files are the candidates that `found` does not hold.

    It has no hits, and none of its sections matches by itself: `sections_alone` is 0 of every file where
    the query finds no text. Bit k of its `kinds` is set where the file is a candidate in its
    sections of kind k and does not match in them alone: what asking for these would leave silent.
    """
    none = np.zeros(0, np.int64)
    return replace(
        found,
        files=among.files & ~found.files,
        blocks=none,
        hits=none,
        whole=none,
        scores=np.zeros(len(found.files)),
        kinds=among.kinds & ~found.kinds,
        sections_alone=None if found.finds_text else np.zeros(len(found.files), np.int64),
        counted={},
    )
