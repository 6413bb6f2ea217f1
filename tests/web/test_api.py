from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

import fake_reports as samples
import pytest
from fake_engine import FakeEngine
from fake_reports import TOWN
from flask.testing import FlaskClient

from search.links import checksum
from search.model import SearchRequest
from web.api.json_shape import FACETS, result_json
from web.app import create_app

Q = "“三务”公开"


def test_the_whole_shape(client: FlaskClient) -> None:
    answer = client.get("/api/search", query_string={"q": Q, "size": "1", "passages": "2"})
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    body = json.loads(answer.text)
    start = TOWN.text().index("三务”公开")
    quoted = TOWN.text()[start : start + 5]
    assert body.pop("facets").keys() == set(FACETS)
    reports = body.pop("reports")
    assert body == {
        "query": {"text": Q, "canonical": '"三务公开"', "warnings": []},
        "did_you_mean": [],
        "total": {"reports": 105, "sections": 208, "hits": 520},
        "took_ms": 1.25,
        "page": 1,
        "size": 1,
    }
    (report,) = reports
    passages = report.pop("passages")
    assert report == {
        "id": TOWN.id,
        "title": TOWN.title,
        "genre": "disclosure",
        "year": 2020,
        "published": "2021-01-31",
        "issuer": "青山镇人民政府",
        "region": [
            {"code": region.code, "name": region.name, "level": region.level}
            for region in TOWN.region
        ],
        "source": TOWN.source,
        "url": f"/reports/{TOWN.id}?q={quote(Q)}",
        "score": 7.3,
        "hits": 5,
    }
    assert len(passages) == 2
    assert passages[0] == {
        "section": {"kind": "proactive", "heading": "一、总体情况", "path": ["（一）"]},
        "fragments": [{"text": "（一）推进“", "hit": False}, {"text": "三务”公开", "hit": True}],
        "start": start,
        "end": start + 5,
        "url": f"/reports/{TOWN.id}/{start}-{start + 5}/{checksum(quoted)}",
    }


def test_keys_stand_in_the_order_of_the_contract(client: FlaskClient) -> None:
    body = client.get("/api/search?size=1").text
    keys = ["query", "total", "took_ms", "page", "size", "reports", "facets", "did_you_mean"]
    assert list(json.loads(body)) == keys


def test_facets(client: FlaskClient) -> None:
    facets = client.get("/api/search?genre=work_report").get_json()["facets"]
    assert facets["genre"] == [
        {
            "value": "disclosure",
            "label": "政府信息公开年度报告",
            "parent": None,
            "count": 105,
            "selected": False,
        },
        {
            "value": "work_report",
            "label": "政府工作报告",
            "parent": None,
            "count": 1,
            "selected": True,
        },
    ]
    assert [facet["parent"] for facet in facets["region"]] == [None, facets["region"][0]["value"]]


def test_the_command_line_can_print_the_same(client: FlaskClient) -> None:
    asked = SearchRequest(q=Q, year_from=2018, literal=True)
    body = result_json(samples.engine().search(asked), asked)
    answer = client.get(f"/api/search?q={quote(Q)}&year_from=2018&literal=true")
    assert answer.get_json() == json.loads(json.dumps(body))


def test_links_of_the_answer_work(client: FlaskClient) -> None:
    for report in client.get("/api/search", query_string={"q": Q}).get_json()["reports"]:
        assert client.get(report["url"]).status_code == 200
        for passage in report["passages"]:
            shown = client.get(passage["url"])
            assert shown.status_code == 200
            assert '<mark class="quoted" id="passage"' in shown.text


def test_nothing_to_find(client: FlaskClient) -> None:
    body = client.get("/api/search?q=zzz&issuer=nobody").get_json()
    assert body["total"] == {"reports": 0, "sections": 0, "hits": 0}
    assert body["reports"] == []


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Content-Type-Options"])
def test_every_answer_has_the_headers(client: FlaskClient, header: str) -> None:
    for url in ("/", "/api/search", "/api/none", "/none", "/static/icon.svg", "/?q=("):
        with client.get(url) as answer:
            assert answer.headers[header]


def test_lone_surrogates_are_no_reason_to_fail() -> None:
    odd = replace(TOWN, title="题\ud800", issuer="\udfff")
    client = create_app(FakeEngine((odd,))).test_client()
    for url in ("/api/search", "/?sort=year", f"/reports/{odd.id}"):
        assert client.get(url).status_code == 200
