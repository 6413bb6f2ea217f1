"""Who said a sentence first, against trying it with all others; and what the draws of candidates find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.echoes import candidates as drawing
from indexer.echoes.find import find_echoes
from indexer.echoes.measure import LEAST
from indexer.echoes.sentences import cut
from indexer.echoes.twins import twins
from indexer.text.fold import fold
from indexer.text.fold_array import code_units
from search import echoes as contract
from search.engine import Engine
from search.local.echoing import answers, families, links, shares
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests import drawn_echoes
from tests.depth import draws
from tests.oracle import echoes as oracle
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine


def _check(engine: Engine, scan: Engine, report_id: str, chooser: Random) -> None:
    whole = scan.echoes(report_id)
    assert engine.echoes(report_id) == whole
    if whole.sentences:
        one = chooser.choice(whole.sentences)
        span = (one.start + chooser.randint(0, 3), one.end + chooser.randint(0, 60))
        assert engine.echoes(report_id, span) == scan.echoes(report_id, span)


@pytest.mark.parametrize("seed", range(draws(60)))
def test_drawn_reports(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one to three segments, some reports deleted; some sentences at a time."""
    for module in (contract, answers, oracle):
        monkeypatch.setattr(module, "LEAST_TEXT", 90, raising=False)
    monkeypatch.setattr(shares, "_AT_ONCE", 7)
    chooser = Random(seed)
    for name, value in (("COMMON", chooser.choice((2, 4, 10))), ("MANY", chooser.choice((6, 99)))):
        for module in (answers, links, oracle):
            monkeypatch.setattr(module, name, value, raising=False)
        monkeypatch.setattr(families, name, value, raising=False)
    reports = drawn_echoes.reports(chooser, chooser.randint(2, 20))
    dead = {report.id for report in reports if chooser.random() < 0.1}
    cuts = sorted(chooser.choices(range(len(reports) + 1), k=2))
    segments = [reports[: cuts[0]], reports[cuts[0] : cuts[1]], reports[cuts[1] :]]
    engine = engine_of(tmp_path, segments, dead, echoing=True)
    scan = ScanEngine(report for report in reports if report.id not in dead)
    for report in scan.reports:
        _check(engine, scan, report.id, chooser)
    for region in ((), ("150000",)):
        request = SearchRequest(region=region, page=chooser.randint(1, 2), size=5)
        assert engine.laziest(request) == scan.laziest(request)


@pytest.fixture(scope="module")
def echoing_samples(samples_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the samples, its echoes known: beside a copy, since others use the one there."""
    folder = tmp_path_factory.mktemp("echoing") / "index"
    folder.mkdir()
    for path in samples_index.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    find_echoes(folder)
    return folder


@pytest.mark.slow
def test_the_samples(echoing_samples: Path) -> None:
    engine, scan = IndexEngine(echoing_samples), ScanEngine.of_index(echoing_samples)
    chooser = Random(17)
    for report in chooser.sample(scan.reports, draws(30)):
        _check(engine, scan, report.id, chooser)


@given(st.lists(st.text("甲乙𠮷a1 ，。；…㎡\u200b", max_size=90), max_size=4))
def test_sentences_are_what_stands_between_ends(lines: list[str]) -> None:
    folded = [fold(line) for line in lines]
    units = code_units("".join(f"{line}\n" for line in folded))
    found = list(cut(units))
    wanted = [piece for line in folded for piece in line.split("。") if len(piece) >= LEAST]
    assert [one.text for one in found] == wanted
    for one in found:
        assert np.array_equal(units[one.at : one.at + one.units], code_units(one.text))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_copies_are_drawn_together(share: float) -> None:
    """99 of 100 that are twins, among more sentences than are tried with each other; and none that are not."""
    chooser = Random(f"{share}")
    own = [fold(drawn_echoes.sentence(chooser)) for _ in range(2 * draws(1500))]
    own = [text for text in dict.fromkeys(own) if len(text) >= LEAST]
    copies = [drawn_echoes.changed(text, share, chooser) for text in own]
    texts = list(dict.fromkeys([*own, *copies]))
    number = {text: at for at, text in enumerate(texts)}
    with patch.object(drawing, "FEW", 0):
        found = twins(texts, lambda done: None)
    pairs = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    wanted = {
        (min(a, b), max(a, b))
        for text, copy in zip(own, copies, strict=True)
        if (a := number[text]) != (b := number[copy]) and oracle.is_twin(text, copy)
    }
    assert len(wanted) > len(own) // 2
    assert len(wanted & pairs) >= 0.99 * len(wanted)
    assert all(oracle.is_twin(texts[a], texts[b]) for a, b in pairs)


def test_who_asks_for_all_gets_no_less(tmp_path: Path) -> None:
    """The shares of a list are those of each report by itself."""
    engine = engine_of(tmp_path, [drawn_echoes.reports(Random(3), 30)], echoing=True)
    with patch.object(answers, "LEAST_TEXT", 1):
        found = engine.laziest(SearchRequest(size=100))
    assert len(found.reports) == found.total > 20
    for copied in found.reports:
        assert replace(engine.echoes(copied.report.id), sentences=()).shares == copied.shares
