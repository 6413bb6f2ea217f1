"""The API keeps what its OpenAPI document says: with made-up requests, and with answers as they are."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from search.local.engine import IndexEngine
from search.saved.database import Database
from search.source import FixedSource
from tests.depth import draws
from web.api import openapi
from web.app import create_app

Q = quote("“三务”公开")
PATHS = openapi.document("0" * 12)["paths"]
MADE_UP = [
    (path, mode)
    for path in PATHS
    for mode in GenerationMode
    if PATHS[path]["get"]["parameters"] or mode is GenerationMode.POSITIVE
]
PLAIN = {"Accept-Encoding": "identity"}
"""Over WSGI nobody would decompress an answer."""
NO_SCHEMA_TELLS = [positive_data_acceptance, negative_data_rejection]
"""Which queries are well made; and that an empty value counts as absent."""
BOUNDED = settings(
    max_examples=draws(25), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def app(samples: IndexEngine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over the samples."""
    saved = Database(tmp_path_factory.mktemp("saved") / "index.saved")
    return create_app(FixedSource(samples), saved=saved)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def api(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


@pytest.fixture(scope="module")
def known(client: FlaskClient) -> str:
    """The id of a report with hits."""
    found: str = client.get(f"/api/search?q={Q}&size=1").get_json()["reports"][0]["id"]
    return found


def test_the_document_is_openapi(api: schemathesis.BaseSchema) -> None:
    api.validate()
    assert api.raw_schema["openapi"] == "3.1.0"


@pytest.mark.slow
@pytest.mark.parametrize(("path", "mode"), MADE_UP)
def test_no_request_breaks_what_is_documented(
    api: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    @BOUNDED
    @given(case=api[path]["GET"].as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PLAIN, excluded_checks=NO_SCHEMA_TELLS)

    holds()


@pytest.mark.slow
def test_no_query_breaks_the_hits_of_a_report(api: schemathesis.BaseSchema, known: str) -> None:
    @BOUNDED
    @given(case=api["/api/reports/{id}/hits"]["GET"].as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.path_parameters = {"id": known}
        case.call_and_validate(headers=PLAIN, excluded_checks=NO_SCHEMA_TELLS)

    holds()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_told_what_is_allowed(
    client: FlaskClient, known: str, path: str, method: str
) -> None:
    answer = client.open(path.format(id=known), method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    _check(answer.get_json(), "Error")


ANSWERS = [
    ("/api/search", 200, "SearchAnswer"),
    (f"/api/search?q={Q}&size=100&passages=50", 200, "SearchAnswer"),
    (f"/api/search?q={Q}&region=620000&year_from=2015&sort=-year", 200, "SearchAnswer"),
    ("/api/search?q=%22zzz%22&region=110000&issuer=x&year=3000", 200, "SearchAnswer"),
    (f"/api/search?q={Q}&silent=1", 200, "SearchAnswer"),
    ("/api/trend", 200, "Trend"),
    (f"/api/trend?q={Q}&below=city&size=100", 200, "Trend"),
    (f"/api/trend?q={Q}&region=152922&below=town&year=2020&passages=0", 200, "Trend"),
    (f"/api/trend?q={Q}&silent=1&section=fees", 200, "Trend"),
    ("/api/trend?q=%22zzz%22&genre=other&year=3000", 200, "Trend"),
    ("/api/trend?below=village", 400, "Error"),
    ("/api/trend?below=town", 413, "Error"),
    ("/api/reports/{id}", 200, "Report"),
    ("/api/reports/{id}/similar", 200, "Similar"),
    ("/api/reports/{id}/echoes", 200, "Echoes"),
    ("/api/reports/{id}/echoes?start=9", 400, "Error"),
    ("/api/echoes?size=3", 200, "Laziest"),
    ("/api/echoes?size=0", 400, "Error"),
    (f"/api/reports/{{id}}/hits?q={Q}", 200, "Hits"),
    (f"/api/reports/{{id}}/hits?q={Q}&literal=1&scope=section", 200, "Hits"),
    ("/api/suggest?q=zheng", 200, "Suggestions"),
    (f"/api/suggest?q={quote('政府')}&limit=20", 200, "Suggestions"),
    ("/api/suggest/opensearch?q=gongkai", 200, "BrowserSuggestions"),
    ("/api/regions", 200, "Regions"),
    (f"/api/concordance?q={Q}&size=100&order=left", 200, "Concordance"),
    (f"/api/concordance?q={Q}&section=overview&sort=-year", 200, "Concordance"),
    ("/api/concordance", 200, "Concordance"),
    (f"/api/counts?q={Q}&q=(&q=%22%22&q=-x&q={Q}&crossed=1", 200, "Counts"),
    (f"/api/counts?q={Q}&below=county&region=150000&silent=1", 200, "Counts"),
    ("/api/counts", 400, "Error"),
    ("/api/counts?q=x&region=nowhere", 400, "Error"),
    ("/api/counts?" + "q=x&" * 1_001, 413, "Error"),
    (f"/api/collocates?q={Q}", 200, "Collocates"),
    (f"/api/collocates?q={quote('公开')}&side=left&limit=500", 200, "Collocates"),
    ("/api/collocates?q=-x", 200, "Collocates"),
    (f"/api/hits?q={Q}&size=1000&order=left", 200, "HitsPart"),
    (f"/api/hits?q={Q}&size=3&section=overview", 200, "HitsPart"),
    ("/api/hits", 200, "HitsPart"),
    ("/api/hits?size=1001", 400, "Error"),
    ("/api/hits?cursor=x", 400, "Error"),
    ("/api/hits?cursor=1-" + "0" * 12 + "-" + "0" * 12, 400, "Error"),
    ("/api/export?view=lines", 400, "Error"),
    ("/api/export?format=pdf", 400, "Error"),
    ("/api/export?q=(", 400, "Error"),
    ("/api/concordance?order=up", 400, "Error"),
    ("/api/collocates?side=up", 400, "Error"),
    ("/api/collocates?limit=0", 400, "Error"),
    ("/api/collocates?limit=501", 400, "Error"),
    ("/api/search?q=(", 400, "Error"),
    ("/api/compare?a={id}", 400, "Error"),
    ("/api/compare?a={id}&b={id}", 400, "Error"),
    ("/api/compare?a={id}&b=000000000000", 404, "Error"),
    ("/api/search?sort=up", 400, "Error"),
    ("/api/reports/{id}/hits", 400, "Error"),
    ("/api/suggest?limit=21", 400, "Error"),
    ("/api/reports/000000000000", 404, "Error"),
    ("/api/nothing", 404, "Error"),
    ("/api/suggest?q=" + "x" * 1_001, 413, "Error"),
]


@pytest.mark.parametrize(("url", "status", "schema"), ANSWERS)
def test_answers_have_the_documented_shape_and_no_more(
    client: FlaskClient, known: str, url: str, status: int, schema: str
) -> None:
    answer = client.get(url.format(id=known))
    assert answer.status_code == status
    _check(answer.get_json(force=True), schema)


def test_a_comparison_has_the_documented_shape(client: FlaskClient) -> None:
    found = client.get("/api/search?size=4&passages=0").get_json()["reports"]
    for one, other in pairwise(found):
        answer = client.get(f"/api/compare?a={one['id']}&b={other['id']}")
        _check(answer.get_json(), "Comparison")


def test_every_report_of_the_samples_has_the_documented_shape(client: FlaskClient) -> None:
    for found in client.get("/api/search?size=100&passages=0").get_json()["reports"]:
        _check(client.get(f"/api/reports/{found['id']}").get_json(), "Report")


def _check(answer: object, name: str) -> None:
    """Against a schema of the document in which no object may have more than is written down."""
    schemas = _closed(openapi.document("0" * 12)["components"])
    jsonschema_rs.validate({"$ref": f"#/components/schemas/{name}", "components": schemas}, answer)


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in closed else closed
