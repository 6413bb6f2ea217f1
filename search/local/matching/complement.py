"""The silent side of an answer: the reports that a query does not find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from search.local.facts.columns import Columns
from search.local.matching.answer import Answer
from search.local.matching.frames import KindSet, valid_reports


def complement(columns: Columns, found: Answer, kinds: KindSet) -> Answer:
    """The answer whose files are those with a section of these kinds that `found` does not hold.

    It has no hits. Bit k of its `kinds` is set where the file has sections of kind k and does not match
    in them alone: what asking for these would leave silent.
    """
    none = np.zeros(0, np.int64)
    present, kept = columns.present, columns.kinds & ~found.kinds
    return replace(
        found,
        files=valid_reports(columns, kinds) & ~found.files,
        blocks=none,
        hits=none,
        whole=none,
        scores=np.zeros(columns.files),
        kinds=np.where(present, kept, np.uint16(0)),
        counted={},
    )
