"""The pages of echoes, and their JSON and files: of a report, of a passage, of the reports that copy most."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.echoes.measure import STATES
from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.echoing import (
    ABOVE,
    BEFORE,
    BELOW,
    BESIDE,
    LAST,
    LATER,
    OWN,
    REPORTS,
    ROADS,
    WATER_CHANGED,
    echoing_engine,
    report,
)
from tests.oracle.direct import engine_of
from web.app import create_app
from web.compare.addresses import compare_url
from web.echoes.addresses import echoes_url, passage_echoes_url
from web.echoes.changed import changed
from web.echoes.shown import MOST
from web.language import COOKIE

LISTED = "search.local.echoing.answers.LEAST_TEXT"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> IndexEngine:
    return echoing_engine(tmp_path_factory.mktemp("echoing"))


@pytest.fixture
def client(engine: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(engine)).test_client()


def text(client: FlaskClient, path: str, language: str = "zh") -> str:
    client.set_cookie(COOKIE, language)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_a_sentence_stands_beside_what_it_was_before(client: FlaskClient) -> None:
    found = text(client, echoes_url(BELOW.id))
    assert '统筹推<mark class="differs">动</mark>黄河流域' in found
    assert 'class="echo above"' in found
    assert compare_url(ABOVE.id, BELOW.id).replace("&", "&amp;") in found
    assert f"/reports/{ABOVE.id}/" in found


def test_one_state_alone(client: FlaskClient) -> None:
    found = text(client, f"{echoes_url(BELOW.id)}?state=above")
    assert found.count('<div class="echo ') == 1
    assert "没有这一类的句子" in text(client, f"{echoes_url(BELOW.id)}?state=own")
    assert client.get(f"{echoes_url(BELOW.id)}?state=wrong").status_code == 400


def test_texts_of_reports_are_escaped(client: FlaskClient) -> None:
    for path in (echoes_url(LAST.id), passage_echoes_url(LAST.id, 0, 500)):
        found = text(client, path)
        assert "<b>那达慕" not in found
        assert "&lt;b&gt;" in found


def test_a_passage_has_all_its_twins(client: FlaskClient) -> None:
    start = BEFORE.text().index(ROADS)
    found = text(client, passage_echoes_url(BEFORE.id, start, start + 5))
    assert found.count('<div class="echo ') == 1
    assert found.count('<div class="twin">') == 1
    assert "更晚" in found
    assert "满 20 字" in text(client, passage_echoes_url(BEFORE.id, 0, 2))
    assert client.get(passage_echoes_url(BEFORE.id, 5, 5)).status_code == 404
    assert client.get(f"/reports/{BEFORE.id}/a-b/echoes").status_code == 404


def test_a_tie_is_said(client: FlaskClient) -> None:
    found = text(client, passage_echoes_url(LAST.id, 0, 500))
    assert "另有 1 份同样早，先后不明" in found
    assert "先后不明" in text(client, echoes_url(BESIDE.id))


def test_they_are_one_click_from_report_and_passage(client: FlaskClient) -> None:
    assert echoes_url(BELOW.id) in text(client, f"/reports/{BELOW.id}")
    start = BELOW.text().index(WATER_CHANGED)
    end = start + len(WATER_CHANGED)
    passage = client.get(f"/reports/{BELOW.id}/{start}-{end}", follow_redirects=True)
    assert passage_echoes_url(BELOW.id, start, end) in passage.get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "heading", "above", "rule"),
    [
        ("zh", "谁先说的", "上级的", "未必抄自那一份"),
        ("en", "Who said it first", "The region above", "need not be copied"),
    ],
)
def test_both_languages(
    client: FlaskClient, language: str, heading: str, above: str, rule: str
) -> None:
    found = text(client, echoes_url(BELOW.id), language)
    assert heading in found
    assert above in found
    assert rule in found


def test_the_list(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LISTED, 20)
    found = text(client, "/echoes?size=2")
    assert found.count("<strong>") == 2
    assert echoes_url(LAST.id) in found.partition("<strong>")[2].partition("<strong>")[0]
    assert 'href="/echoes?page=2&amp;size=2" rel="next"' in found
    assert 'rel="prev"' in text(client, "/echoes?size=2&page=2")
    assert "共 1 份" in text(client, "/echoes?region=150602")
    assert "没有这样的报告" in text(client, "/echoes?year=1999")
    assert client.get("/echoes?size=0").status_code == 400


def test_the_list_as_a_file(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LISTED, 20)
    head, _, rows = text(client, "/echoes.csv").removeprefix("\ufeff").partition("\r\n\r\n")
    table = [row for row in csv.reader(rows.splitlines()) if row and not row[0].startswith("#")]
    assert "满 20 字" in head
    assert {row[0] for row in table[1:]} == {report.id for report in REPORTS}
    assert len({len(row) for row in table}) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "md"])
def test_a_file_of_what_cannot_be_asked_is_refused(client: FlaskClient, form: str) -> None:
    """Before it begins: a reader who takes it would have half of one."""
    for query in ("q=(", "since=2018", "sort=x"):
        assert client.get(f"/echoes.{form}?{query}").status_code == 400, query


def test_short_reports_are_told_to_be_left_out(client: FlaskClient) -> None:
    assert f"另有 {len(REPORTS)} 份" in text(client, "/echoes")


def test_json(client: FlaskClient, engine: IndexEngine) -> None:
    found = client.get(f"/api/reports/{BELOW.id}/echoes").get_json()
    assert found["known"]
    assert list(found["shares"]["by_state"]) == list(STATES)
    states = {one["text"]: one["state"] for one in found["sentences"]}
    assert states == {WATER_CHANGED: "above", OWN: "first", LATER: "tied"}
    start = found["sentences"][1]["start"]
    only = client.get(f"/api/reports/{BELOW.id}/echoes?start={start}&end={start + 1}").get_json()
    assert [one["text"] for one in only["sentences"]] == [OWN]
    assert [twin["report"]["id"] for twin in only["sentences"][0]["twins"]] == [LAST.id]
    for wrong in ("start=1", "end=1", "start=5&end=5", "start=x&end=9"):
        assert client.get(f"/api/reports/{BELOW.id}/echoes?{wrong}").status_code == 400


def test_json_of_the_list(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LISTED, 20)
    found = client.get("/api/echoes?size=1").get_json()
    assert (found["total"], found["short"]) == (len(REPORTS), 0)
    (first,) = found["reports"]
    assert (first["id"], first["chief"]["id"]) == (LAST.id, BELOW.id)
    assert first["share"] == round(first["copied"] / first["characters"], 6)


def test_of_many_twins_some_are_shown(tmp_path: Path) -> None:
    made = [report(f"{at}", "150600", 1980 + at, None, [ROADS]) for at in range(MOST + 3)]
    reader = create_app(FixedSource(echoing_engine(tmp_path, made))).test_client()
    found = text(reader, passage_echoes_url(made[-1].id, 0, 99))
    assert found.count('<div class="twin">') == MOST
    assert "更晚的还有 2 份" in found


def test_what_was_not_looked_for_is_said(tmp_path: Path) -> None:
    reader = create_app(FixedSource(engine_of(tmp_path, [REPORTS]))).test_client()
    for path in ("/echoes", echoes_url(BELOW.id), passage_echoes_url(BELOW.id, 0, 99)):
        assert "gongkai echoes" in text(reader, path)
    assert reader.get("/api/echoes").get_json()["known"] is False
    assert "0000" not in text(reader, "/echoes.csv").partition("\r\n\r\n")[2]


def test_unknown_reports_are_told(client: FlaskClient) -> None:
    for path in (echoes_url("0" * 12), passage_echoes_url("0" * 12, 0, 9)):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("a", "b", "only_a", "only_b"),
    [
        ("统筹推进各项任务", "统筹推进各项任务", [], []),
        ("增长8.5%左右", "增长12%左右", ["8.5"], ["12"]),
        ("，，", "", [], []),
    ],
)
def test_changes_are_marked(a: str, b: str, only_a: list[str], only_b: list[str]) -> None:
    left, right = changed(a, b)
    assert ("".join(run.text for run in left), "".join(run.text for run in right)) == (a, b)
    assert [run.text for run in left if run.marked] == only_a
    assert [run.text for run in right if run.marked] == only_b
