"""The original file, given out as it is, and what the report's page says of it."""

from __future__ import annotations

import json
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
from search.model import SearchRequest
from search.source import FixedSource
from tests.archives import zip_of
from tests.pdf_writer import paragraphs, pdf
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


LINES = [
    "甲县2023年政府信息公开工作年度报告",
    "一、总体情况",
    "全年主动公开政府信息1136条，受理依申请公开21件，均在法定期限内答复。",
]
OTHERS = ["乙县2022年政府信息公开工作年度报告", *LINES[1:]]
PDF = "甲/报告.pdf"
PDF_ID = report_id(PDF)


@pytest.fixture
def pdf_reader(tmp_path: Path) -> Iterator[FlaskClient]:
    root = tmp_path / "pages"
    (root / "甲").mkdir(parents=True)
    (root / PDF).write_bytes(pdf(paragraphs(LINES[:2]), paragraphs(LINES[2:])))
    (root / "附件.zip").write_bytes(
        zip_of({"2016/某县.html": PAGE, "b.pdf": pdf(paragraphs(OTHERS))})
    )
    build(root, tmp_path / "index", jobs=1)
    app = create_app(FixedSource(IndexEngine(tmp_path / "index")), corpus=lambda: root)
    with app.test_client() as client:
        yield client


def test_a_page_of_a_pdf_is_a_picture(pdf_reader: FlaskClient, tmp_path: Path) -> None:
    plain = pdf_reader.get(f"/reports/{PDF_ID}/pages/2.png")
    assert plain.headers["Content-Type"] == "image/png"
    assert plain.data.startswith(b"\x89PNG")
    text = pdf_reader.get(f"/api/reports/{PDF_ID}").get_json()["sections"]
    start = text[-1]["line_starts"][-1]
    boxed = pdf_reader.get(f"/reports/{PDF_ID}/pages/2.png?at={start + 2}-{start + 6}")
    assert boxed.data != plain.data
    again = pdf_reader.get(
        f"/reports/{PDF_ID}/pages/2.png", headers={"If-None-Match": plain.headers["ETag"]}
    )
    assert again.status_code == 304
    for odd in ("3.png", "0.png", "x.png", "99999999999999999999.png"):
        assert pdf_reader.get(f"/reports/{PDF_ID}/pages/{odd}").status_code == 404
    for at in ("x", "5-2", "999999-1000000", "0-999999999", "-"):
        assert pdf_reader.get(f"/reports/{PDF_ID}/pages/2.png?at={at}").status_code == 200


def test_the_passage_has_its_picture_beside_it(pdf_reader: FlaskClient) -> None:
    text = pdf_reader.get(f"/api/reports/{PDF_ID}").get_json()["sections"]
    start = text[-1]["line_starts"][-1]
    passage = pdf_reader.get(f"/reports/{PDF_ID}/{start}-{start + 6}", follow_redirects=True)
    page = passage.get_data(as_text=True)
    picture = f"/reports/{PDF_ID}/pages/2.png?at={start}-{start + 6}"
    assert f'<a href="{picture}">第2页图像</a>' in page
    assert f'src="{picture}" alt="第2页图像" loading="lazy"' in page
    assert f'src="/reports/{PDF_ID}/pages/1.png"' in page


def test_a_pdf_that_changed_shows_no_pages(pdf_reader: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "pages" / PDF).write_bytes(pdf(paragraphs(["别的"])))
    assert pdf_reader.get(f"/reports/{PDF_ID}/pages/1.png").status_code == 404
    page = pdf_reader.get(f"/reports/{PDF_ID}").get_data(as_text=True)
    assert "/pages/" not in page
    assert "第2页" in page


def test_what_is_no_pdf_has_no_pictures(reader: FlaskClient) -> None:
    assert reader.get(f"{ADDRESS}/pages/1.png").status_code == 404


def test_a_file_of_an_archive_is_taken_out(pdf_reader: FlaskClient, tmp_path: Path) -> None:
    page_id = report_id("附件.zip/2016/某县.html")
    with pdf_reader.get(f"/reports/{page_id}/original") as answer:
        assert answer.get_data(as_text=True) == PAGE
        assert answer.headers["Content-Type"] == "text/html"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert quote("某县.html") in answer.headers["Content-Disposition"]
    assert "在 附件.zip 里" in pdf_reader.get(f"/reports/{page_id}").get_data(as_text=True)
    pdf_id = report_id("附件.zip/b.pdf")
    assert pdf_reader.get(f"/reports/{pdf_id}/pages/1.png").data.startswith(b"\x89PNG")
    whole = zip_of({"c.txt": "别的"})
    (tmp_path / "pages/附件.zip").write_bytes(whole)
    with pdf_reader.get(f"/reports/{page_id}/original") as answer:
        assert answer.data == whole
        assert answer.headers["Content-Type"] == "application/zip"


def test_lists_of_ready_reports_are_given_out_whole(tmp_path: Path) -> None:
    root = tmp_path / "lists"
    ready = {"title": "甲县2018年政府信息公开年度报告", "sections": [{"lines": ["公开。"]}]}
    text = json.dumps(ready, ensure_ascii=False) + "\n"
    write(root / "a.jsonl", text)
    build(root, tmp_path / "index", jobs=1)
    engine = IndexEngine(tmp_path / "index")
    (hit,) = engine.search(SearchRequest()).reports
    client = create_app(FixedSource(engine), corpus=lambda: root).test_client()
    with client.get(f"/reports/{hit.id}/original") as answer:
        assert answer.get_data(as_text=True) == text
