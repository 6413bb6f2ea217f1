"""Echoes of the government work reports: copies that were edited, found among all; and what is known of some."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from indexer.echoes.find import arrays_of
from indexer.echoes.measure import LEAST
from indexer.echoes.sentences import sentences
from indexer.echoes.twins import twins
from indexer.likeness.texts import texts
from indexer.store.reader import IndexReader
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.depth import draws

pytestmark = [pytest.mark.real, pytest.mark.slow]

DRAWN = draws(900)
HELD = draws(150)
"""Sentences that are held against all others."""
FAMILY = 50
"""What has more twins is custom (days of sessions, greetings): of these some are missed, and no more is said than
that so many at least have it."""
EDITS = [(0.05, "other"), (0.05, "any"), (0.2, "other"), (0.2, "any")]


@pytest.fixture(scope="module")
def every(work_reports_index: Path) -> list[str]:
    """The distinct sentences of all reports."""
    return sentences(texts(IndexReader(work_reports_index).segments), lambda done: None).texts


def _edited(text: str, share: float, by: str, draw: Random, characters: str) -> str:
    found = list(text)
    for at in draw.sample(range(len(found)), int(share * len(found))):
        how = draw.choice(("other", "none", "more")) if by == "any" else by
        more = found[at] if how == "more" else ""
        found[at] = "" if how == "none" else more + draw.choice(characters)
    return "".join(found)


def test_copies_that_were_edited_are_found(every: list[str]) -> None:
    """Of each kind of edit 99 of 100; and of what is found for drawn sentences, all are twins, and of those that
    holding each against all others finds, 99 of 100, but for those of large families."""
    draw = Random(17)
    characters = "".join(draw.sample(every, 500))
    drawn = draw.sample(range(len(every)), DRAWN)
    copies = {edit: [_edited(every[at], *edit, draw, characters) for at in drawn] for edit in EDITS}
    known = dict.fromkeys(
        [*every, *(c for each in copies.values() for c in each if len(c) >= LEAST)]
    )
    texts_now = list(known)
    number = {text: at for at, text in enumerate(texts_now)}
    found = twins(texts_now, lambda done: None)
    pairs = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    for edit, made in copies.items():
        wanted = {
            (at, number[copy])
            for at, copy in zip(drawn, made, strict=True)
            if copy in number and number[copy] != at and _twins(every[at], copy)
        }
        assert len(wanted) > 0.9 * DRAWN, edit
        assert len(wanted & pairs) >= 0.99 * len(wanted), edit
    _against_all(texts_now, pairs, draw)


def _twins(a: str, b: str) -> bool:
    return 5 * Levenshtein.distance(a, b) <= max(len(a), len(b))


def _against_all(every: list[str], pairs: set[tuple[int, int]], draw: Random) -> None:
    """Half of them of such as have twins: of the others hardly any has."""
    some = [draw.choice(pair) for pair in draw.sample(sorted(pairs), HELD // 2)]
    true, found, wrong = [0, 0], [0, 0], 0
    for at in [*some, *draw.sample(range(len(every)), HELD // 2)]:
        told = {other for pair in pairs if at in pair for other in pair} - {at}
        near = cdist(
            [every[at]], every, scorer=Levenshtein.distance, score_cutoff=len(every[at]) // 4 + 1
        )[0]
        real = {
            other
            for other in (near <= len(every[at]) // 4 + 1).nonzero()[0].tolist()
            if other != at and _twins(every[at], every[other])
        }
        large = len(real) > FAMILY
        true[large] += len(real)
        found[large] += len(real & told)
        wrong += len(told - real)
    assert wrong == 0
    assert found[False] >= 0.99 * true[False]
    assert found[True] >= 0.9 * true[True]


def test_what_is_known_of_some(work_reports_index: Path) -> None:
    """Each was looked at: 衡水 took the province's sentences of five days before, 兰州 its own of the year before."""
    reader = IndexReader(work_reports_index)
    with pytest.MonkeyPatch.context() as patch:
        found = arrays_of(reader.segments, lambda total, done: None)
        patch.setattr("search.local.engine.open_echoes", lambda folder, generation: found)
        engine = IndexEngine(work_reports_index)
    hengshui, *_ = engine.laziest(SearchRequest(region=("河北省",), size=3)).reports
    assert hengshui.report.source.endswith("衡水市/2025.md")
    assert 0.15 < hengshui.share < 0.25
    assert hengshui.chief is not None
    assert hengshui.chief.source.endswith("河北省/2025.md")
    lanzhou, *_ = engine.laziest(SearchRequest(region=("兰州市",), size=3)).reports
    assert lanzhou.report.source.endswith("兰州市/2026.md")
    assert lanzhou.shares.of("last_year") > lanzhou.shares.copied / 2
