"""Every view in every form: what is parsed back is the same in all, and equals a recount by the scan."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from taken import Taken, read

from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.conformance import test_conformance as conformance
from tests.depth import DEEP
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from tests.oracle.scan_engine import ScanEngine
from web.app import create_app
from web.export.formats import ADDRESSES, FORMATS

SEARCHES = {
    scenario: [
        conformance.case_request(case)
        for case in json.loads((conformance.HERE / scenario / "searches.json").read_text("utf-8"))
    ]
    for scenario in ("small", "samples")
}


def client_of(engine: Engine) -> FlaskClient:
    return create_app(FixedSource(engine)).test_client()


def take(client: FlaskClient, view: str, form: str, asked: dict[str, Any]) -> Taken:
    query = urlencode({**asked, "sort": "year"}, doseq=True)
    answer = client.get(f"/{ADDRESSES[view]}.{form}?{query}")
    assert answer.status_code == 200, answer.text[-500:]
    assert answer.content_type == FORMATS[form].media
    return read(form, answer.data)


def check(client: FlaskClient, oracle: FlaskClient, asked: dict[str, Any], *forms: str) -> None:
    """All views in these forms, and as JSON Lines; what the file says of its index may differ."""
    for view in ADDRESSES:
        expected = take(oracle, view, "jsonl", asked)
        for form in {"jsonl", *forms}:
            found = take(client, view, form, asked)
            assert found.labels == expected.labels
            assert found.rows == expected.rows
            assert [pair for pair in found.head if pair[0] != "索引"] == [
                pair for pair in expected.head if pair[0] != "索引"
            ]


Pair = tuple[FlaskClient, FlaskClient]


@pytest.fixture(scope="module")
def sampled(samples: IndexEngine, scanned_samples: ScanEngine) -> Pair:
    return client_of(samples), client_of(scanned_samples)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("small") / "index"
    build(conformance.HERE / "small" / "reports", folder, jobs=1)
    return client_of(IndexEngine(folder)), client_of(ScanEngine.of_index(folder))


def named(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def forms(number: int) -> list[str]:
    """The forms that a search is taken in: one after the other, and all of them in a deep run."""
    every = list(FORMATS)
    return every if DEEP else [every[number % len(every)]]


@pytest.mark.parametrize(("number", "asked"), list(enumerate(SEARCHES["small"])), ids=named)
def test_the_searches_of_the_small_corpus(small: Pair, number: int, asked: dict[str, Any]) -> None:
    check(*small, asked, *forms(number))


@pytest.mark.parametrize(("number", "asked"), list(enumerate(SEARCHES["samples"])), ids=named)
def test_the_searches_of_the_samples(sampled: Pair, number: int, asked: dict[str, Any]) -> None:
    check(*sampled, asked, *forms(number))


@pytest.mark.real
def test_100_drawn_queries_on_300_work_reports(work_reports_index: Path, tmp_path: Path) -> None:
    """Each in one form, which equals the recount."""
    chooser = Random(17)
    reports = chooser.sample(ScanEngine.of_index(work_reports_index).reports, 300)
    engine, scan = engine_of(tmp_path, [reports[:200], reports[200:]]), ScanEngine(reports)
    pair = client_of(engine), client_of(scan)
    lines = [line.text for report in reports[:60] for line in report.lines()]
    queries = drawn.Queries(chooser, lines, longest=10)
    for number in range(100):
        check(*pair, {"q": queries.query()}, list(FORMATS)[number % len(FORMATS)])
