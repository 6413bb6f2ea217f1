from __future__ import annotations

import json
import re
import shlex
from dataclasses import asdict, replace
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import fake_reports
import pytest
from fake_engine import BrokenEngine, FakeEngine
from fake_reports import TOWN
from flask.testing import FlaskClient

from indexer.errors import DamagedIndexError
from indexer.messages import Message
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved.database import Database
from search.source import FixedSource
from search.spread import Side
from web.api.json_shape import FACETS, report_json, result_json
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
        "by_words": 0,
        "total": {"reports": 105, "sections": 208, "hits": 520, "whole": 520},
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
        "first_indexed": "2023-11-14T22:13:20Z",
        "changed": "2023-11-16T02:00:00Z",
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
        "repeats": 0,
        "pages": None,
        "confidence": None,
    }


def test_keys_stand_in_the_order_of_the_contract(client: FlaskClient) -> None:
    body = client.get("/api/search?size=1").text
    keys = ["query", "total", "took_ms", "page", "size", "reports", "facets"]
    assert list(json.loads(body)) == [*keys, "did_you_mean", "by_words"]


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
    body = result_json(fake_reports.engine().search(asked), asked)
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
    assert body["total"] == {"reports": 0, "sections": 0, "hits": 0, "whole": 0}
    assert body["reports"] == []


def test_every_hit_in_its_line(client: FlaskClient) -> None:
    query = {"q": Q, "size": "2", "page": "2", "order": "right"}
    body = client.get("/api/concordance", query_string=query).get_json()
    lines = body.pop("lines")
    assert body == {
        "query": {"text": Q, "canonical": '"三务公开"', "finds_text": True, "warnings": []},
        "total": {"reports": 105, "hits": 520},
        "order": "right",
        "page": 2,
        "size": 2,
    }
    asked = SearchRequest(q=Q, page=2, size=2)
    for line, own in zip(
        lines, fake_reports.engine().concordance(asked, "right").lines, strict=True
    ):
        url = line.pop("url")
        assert url == f"/reports/{own.report}/{own.start}-{own.end}/{own.check}"
        assert '<mark class="quoted" id="passage"' in client.get(url).text
        section = own.section
        region = [asdict(region) for region in own.region]
        section = {"kind": own.section.kind, "heading": own.section.heading}
        section["path"] = list(own.section.path)
        expected = own._asdict() | {"region": region, "section": section}
        for name in ("check", "issuer", "published", "original"):  # in the address, and of files
            del expected[name]
        expected |= {"pages": None, "confidence": expected.pop("place").confidence}
        assert line == expected


@pytest.mark.parametrize("side", ["right", "left"])
def test_words_beside_hits(client: FlaskClient, side: Side) -> None:
    query = {"q": Q, "side": side, "limit": "2"}
    body = client.get("/api/collocates", query_string=query).get_json()
    found = fake_reports.engine().collocates(SearchRequest(q=Q), side, 2)
    assert body == {
        "query": {"text": Q, "canonical": '"三务公开"', "finds_text": True, "warnings": []},
        "total": {"hits": 520, "bare": found.bare, "words": found.words},
        "side": side,
        "words": [
            {"word": word, "hits": hits, "reports": reports} for word, hits, reports in found.found
        ],
    }
    assert found.words > 0


def test_a_report_says_where_its_lines_start(client: FlaskClient) -> None:
    report = client.get(f"/api/reports/{TOWN.id}").get_json()
    assert report.pop("sources") == [TOWN.source]
    times = report.pop("first_indexed"), report.pop("changed")
    assert times == ("2023-11-14T22:13:20Z", "2023-11-16T02:00:00Z")
    assert {name: value for name, value in report.items() if name != "sections"} == {
        name: value for name, value in report_json(TOWN).items() if name != "sections"
    }
    text = TOWN.text()
    for section, shape in zip(TOWN.sections, report["sections"], strict=True):
        assert list(shape)[-2:] == ["heading_start", "line_starts"]
        if section.heading is None:
            assert shape["heading_start"] is None
        else:
            assert text.startswith(shape["heading"], shape["heading_start"])
        for line, start in zip(shape["lines"], shape["line_starts"], strict=True):
            assert text[start : start + len(line)] == line


def test_every_hit_of_a_report_can_be_quoted(client: FlaskClient) -> None:
    answer = client.get(f"/api/reports/{TOWN.id}/hits", query_string={"q": Q, "literal": "1"})
    found = answer.get_json()
    assert list(found) == ["id", "query", "hits"]
    assert found["id"] == TOWN.id
    assert found["query"] == {
        "text": Q,
        "canonical": '"三务公开"',
        "warnings": [],
        "scope": "report",
        "literal": True,
        "words": False,
        "whole": False,
    }
    assert len(found["hits"]) == 5
    for hit in found["hits"]:
        assert TOWN.text()[hit["start"] : hit["end"]] == hit["text"]
        assert '<mark class="quoted" id="passage"' in client.get(hit["url"]).text


@pytest.mark.parametrize("query", ["", "?q=", "?literal=1"])
def test_hits_need_a_query(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/reports/{TOWN.id}/hits{query}")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "request")


@pytest.mark.parametrize("rest", ["", "?x=1", f"/hits?q={quote(Q)}"])
def test_a_former_id_leads_on(client: FlaskClient, rest: str) -> None:
    answer = client.get(f"/api/reports/{fake_reports.FORMER_ID}{rest}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/api/reports/{TOWN.id}{rest}"


@pytest.mark.parametrize("path", ["", "/hits?q=x"])
def test_unknown_reports(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/reports/000000000000{path}")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_report")


def test_regions_stand_after_those_they_are_in(samples: IndexEngine) -> None:
    regions = (
        create_app(FixedSource(samples)).test_client().get("/api/regions").get_json()["regions"]
    )
    seen: dict[str | None, int] = {}
    for region in regions:
        assert list(region) == ["code", "name", "parent", "count"]
        if region["parent"] is not None:
            assert region["count"] <= seen[region["parent"]]
        seen[region["code"]] = region["count"]
    assert seen["620000"] >= 1
    assert len(seen) == len(regions)


def test_suggestions(client: FlaskClient) -> None:
    typed = TOWN.title[:2]
    mine = client.get("/api/suggest", query_string={"q": typed}).get_json()
    assert mine == {"suggestions": [TOWN.title]}
    browsers = client.get("/api/suggest/opensearch", query_string={"q": typed})
    assert browsers.content_type == "application/x-suggestions+json"
    assert json.loads(browsers.text) == [typed, [TOWN.title]]
    assert len(client.get("/api/suggest?limit=3").get_json()["suggestions"]) == 3


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=0", 400),
        ("limit=21", 400),
        ("limit=x", 400),
        ("q=a&q=b", 400),
        ("q=" + "x" * 1_001, 413),
    ],
)
def test_wrong_suggestions(client: FlaskClient, query: str, status: int) -> None:
    for path in ("/api/suggest", "/api/suggest/opensearch"):
        assert client.get(f"{path}?{query}").status_code == status


def test_a_browser_can_add_the_engine(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml", base_url="http://news.example:8000")
    assert answer.mimetype == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(root.findtext(f"{space}ShortName", "")) <= 16
    urls = {url.get("type"): url.get("template", "") for url in root.iter(f"{space}Url")}
    assert set(urls) == {
        "text/html",
        "application/x-suggestions+json",
        "application/opensearchdescription+xml",
    }
    for url in urls.values():
        assert url.startswith("http://news.example:8000/")
        path = url.replace("{searchTerms}", quote(Q)).removeprefix("http://news.example:8000")
        assert client.get(path).status_code == 200


def test_health(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.get_json() == {"status": "ok", "generation": "1", "reports": 106}
    assert "ETag" not in answer.headers


def test_an_index_that_cannot_be_used_is_no_health() -> None:
    broken = BrokenEngine(
        DamagedIndexError(Message("index_file_damaged", path="a"), hint=Message("rebuild_hint"))
    )
    answer = create_app(FixedSource(broken)).test_client().get("/healthz")
    assert answer.status_code == 503
    error = answer.get_json()["error"]
    assert (error["code"], error["key"]) == ("index_damaged", "index_file_damaged")
    assert (error["message"], error["hint_key"]) == ("索引文件 a 已损坏", "rebuild_hint")


@pytest.mark.parametrize("chosen", ["zh", "en"])
def test_the_api_is_explained_from_its_document(tmp_path: Path, chosen: str) -> None:
    saved = Database(tmp_path / "index.saved")
    app = create_app(
        FixedSource(fake_reports.engine()), public_url="http://news.example", saved=saved
    )
    fresh = app.test_client()
    fresh.set_cookie("gongkai-language", chosen, domain="news.example")
    html = unescape(fresh.get("/api/", base_url="http://news.example").text)
    document = fresh.get("/api/openapi.json").get_json()
    for path, methods in document["paths"].items():
        assert path in html
        assert methods["get"]["summary" if chosen == "zh" else "description"] in html
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in html
            assert parameter["x-zh" if chosen == "zh" else "description"] in html
    examples = re.findall(r'<p><a href="(/api/[^"]+)"', html)
    assert len(examples) == 1 + len(document["paths"])
    for example in examples:
        assert fresh.get(example).status_code == 200
    curls = re.findall(r"<code>(curl .*?)</code>", html, re.DOTALL)
    for curl in curls:
        words = shlex.split(curl)
        assert words[:2] == ["curl", "-sG"]
        assert words[2].startswith("http://news.example/api/")
    assert f"q={Q}" in shlex.split(curls[0])


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Content-Type-Options"])
def test_every_answer_has_the_headers(client: FlaskClient, header: str) -> None:
    for url in ("/", "/api/search", "/api/none", "/none", "/static/icon.svg", "/?q=("):
        with client.get(url) as answer:
            assert answer.headers[header]


def test_lone_surrogates_are_no_reason_to_fail() -> None:
    odd = replace(TOWN, title="题\ud800", issuer="\udfff")
    client = create_app(FixedSource(FakeEngine((odd,)))).test_client()
    for url in ("/api/search", "/?sort=year", f"/reports/{odd.id}"):
        assert client.get(url).status_code == 200


def test_the_trend(client: FlaskClient) -> None:
    """The numbers are those of searches; years of a row without reports are left out."""

    def reports(**asked: str | int) -> int:
        total = client.get("/api/search", query_string={"size": 1, **asked}).get_json()["total"]
        return int(total["reports"])

    body = client.get("/api/trend", query_string={"q": Q, "passages": 1}).get_json()
    assert list(body) == [
        *("query", "below", "total", "undated", "years", "rows", "first", "firsts"),
        *("firsts_total", "page", "size"),
    ]
    assert body["query"]["finds_text"]
    assert body["below"] == "children"
    assert body["total"]["reports"] == reports()
    assert body["total"]["matching"] == reports(q=Q)
    for group in body["years"]:
        assert group["reports"] == reports(year=group["year"])
        assert group["matching"] == reports(q=Q, year=group["year"])
    for row in body["rows"]:
        if row["region"] is not None:
            assert row["total"]["matching"] == reports(q=Q, region=row["region"]["code"])
        assert all(group["reports"] for group in row["years"])
    assert body["rows"][-2]["total"] == {"reports": 0, "matching": 0, "hits": 0, "characters": 0}
    assert body["first"]["region"] is None
    assert body["first"]["report"]["passages"]
    assert body["firsts"][0]["report"]["url"].startswith("/reports/")
    assert len(body["firsts"]) == body["firsts_total"]


def test_who_is_silent(client: FlaskClient) -> None:
    said = client.get("/api/search", query_string={"q": Q}).get_json()["total"]["reports"]
    every = client.get("/api/search").get_json()["total"]["reports"]
    body = client.get("/api/search", query_string={"q": Q, "silent": "1"}).get_json()
    assert body["total"]["reports"] == every - said > 0
    assert (body["total"]["hits"], body["total"]["whole"]) == (0, 0)
    trend = client.get("/api/trend", query_string={"q": Q, "silent": "1"}).get_json()
    assert trend["total"]["matching"] == every - said
