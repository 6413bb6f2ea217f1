"""The original file, given out as it is, and what the report's page says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fake_reports import TOWN
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from indexer.model import report_id
from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.source import FixedSource
from tests.three_reports import write
from web.app import create_app

PAGE = "<html><head><title>甲县2018年政府信息公开年度报告</title></head><body><p>公开。</p><script>1</script>"
SOURCE = "甲/2018年 “报告”.html"
ID = report_id(SOURCE)
ADDRESS = f"/reports/{ID}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write(tmp_path / "corpus" / SOURCE, PAGE)
    return tmp_path / "corpus"


@pytest.fixture
def reader(corpus: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    build(corpus, tmp_path / "index", jobs=1)
    app = create_app(FixedSource(IndexEngine(tmp_path / "index")), corpus=lambda: corpus)
    with app.test_client() as client:
        yield client


def page_of(reader: FlaskClient) -> str:
    return reader.get(ADDRESS).get_data(as_text=True)


def test_the_file_as_it_is(reader: FlaskClient) -> None:
    with reader.get(f"{ADDRESS}/original") as answer:
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, PAGE)
        headers = answer.headers
    assert headers["Content-Type"] == "text/html"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Content-Disposition"].startswith('attachment; filename="gongkai.html"')
    assert quote("2018年-“报告”.html") in headers["Content-Disposition"]
    assert headers["Cache-Control"] == "private, no-cache"


def test_a_part_of_it(reader: FlaskClient) -> None:
    with reader.get(f"{ADDRESS}/original", headers={"Range": "bytes=0-5"}) as answer:
        assert (answer.status_code, answer.data) == (206, b"<html>")


def test_the_page_leads_to_it(reader: FlaskClient) -> None:
    page = page_of(reader)
    assert f'href="{ADDRESS}/original"' in page
    assert "建立索引之后改过" not in page


def test_the_page_says_that_it_changed(reader: FlaskClient, corpus: Path) -> None:
    first = reader.get(ADDRESS)
    write(corpus / SOURCE, PAGE + "又一行")
    again = reader.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "建立索引之后改过" in again.get_data(as_text=True)
    with reader.get(f"{ADDRESS}/original") as answer:
        assert answer.get_data(as_text=True).endswith("又一行")


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        (lambda corpus: (corpus / SOURCE).unlink(), "原件已不在原来的位置"),
        (lambda corpus: corpus.rename(corpus.with_name("else")), "原件所在的文件夹现在打不开"),
    ],
)
def test_an_original_that_is_gone(
    reader: FlaskClient, corpus: Path, lost: object, why: str
) -> None:
    assert callable(lost)
    lost(corpus)
    page = page_of(reader)
    assert why in page
    assert "/original" not in page
    answer = reader.get(f"{ADDRESS}/original")
    assert answer.status_code == 404
    assert why in answer.get_data(as_text=True)
    assert str(corpus) not in page + answer.get_data(as_text=True)


def test_a_link_that_leads_out(reader: FlaskClient, corpus: Path, tmp_path: Path) -> None:
    (corpus / SOURCE).unlink()
    write(tmp_path / "secret", "秘密")
    (corpus / SOURCE).symlink_to(tmp_path / "secret")
    answer = reader.get(f"{ADDRESS}/original")
    assert answer.status_code == 404
    assert "秘密" not in answer.get_data(as_text=True)


def test_no_corpus_is_known(client: FlaskClient) -> None:
    page = client.get(f"/reports/{TOWN.id}").get_data(as_text=True)
    assert "不知道原件在哪个文件夹" in page
    assert client.get(f"/reports/{TOWN.id}/original").status_code == 404
    assert client.get("/reports/000000000000/original").status_code == 404


def test_the_guard_stands_before_it(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index", jobs=1)
    engine = FixedSource(IndexEngine(tmp_path / "index"))
    app = create_app(engine, lambda: Response("no", 401), corpus=lambda: corpus)  # type: ignore[arg-type]
    assert app.test_client().get(f"{ADDRESS}/original").status_code == 401


def test_names_that_are_no_text(reader: FlaskClient, corpus: Path) -> None:
    (corpus / SOURCE).rename(corpus / os.fsdecode(b"\xff.html"))
    assert reader.get(f"{ADDRESS}/original").status_code == 404
