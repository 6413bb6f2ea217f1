"""Lists of ready reports: as they are, or rejected with the line and what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import NO_PLACE, Place, report_id
from indexer.parsing.parse import parse
from indexer.pipeline.build import build
from indexer.pipeline.corpus import scan_corpus
from indexer.reading.archives.json_lines import ready_report
from indexer.reading.read import read
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from tests.conftest import SAMPLES
from web.api.json_shape import report_json

LINE: dict[str, Any] = {
    "source": "甲/2018.txt",
    "title": "甲县2018年报告",
    "genre": "disclosure",
    "year": 2018,
    "published": "2019-01-31",
    "issuer": "甲县人民政府",
    "number": None,
    "url": "https://example.org/",
    "region": [{"code": "350000", "name": "福建省", "level": "province"}],
    "sections": [
        {"kind": "intro", "heading": "", "level": 1, "path": [], "lines": ["引言"]},
        {
            "kind": "overview",
            "heading": "一、概述",
            "level": 1,
            "path": ["一"],
            "lines": ["甲\t乙"],
        },
    ],
    "dropped": [{"text": "打印", "reason": "…", "key": "dropped_link", "values": {}}],
    "warnings": [{"message": "…", "key": "year_from_date", "values": {"year": 2018}}],
}


def with_fields(**fields: Any) -> bytes:
    return json.dumps(LINE | fields, ensure_ascii=False).encode()


def test_a_line_is_a_report() -> None:
    source, report = ready_report(with_fields())
    assert source == "甲/2018.txt"
    assert report.text() == "甲县2018年报告\n引言\n一、概述\n甲\t乙"
    assert [line.start for line in report.lines()] == [0, 10, 13, 18]
    assert report.warnings == (Message("year_from_date", year=2018),)
    place = {"pages": [3, 4], "confidence": 91}
    placed = {"lines": ["甲", "乙"], "line_places": [place, {"pages": None, "confidence": None}]}
    _, report = ready_report(with_fields(sections=[placed]))
    assert [line.place for line in report.sections[0].lines] == [Place(3, 4, 91), NO_PLACE]
    least = {"title": "甲", "sections": [{"lines": ["乙"]}]}
    _, report = ready_report(json.dumps(least).encode("utf-8-sig"))
    assert (report.genre, report.year, report.sections[0].level) == ("other", None, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\nb"}, "title"),
        ({"title": None}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"genre": "poem"}, "genre"),
        ({"genre": ["other"]}, "genre"),
        ({"year": "2018"}, "year"),
        ({"year": True}, "year"),
        ({"year": 40_000}, "year"),
        ({"published": "2018-02-30"}, "published"),
        ({"published": "2018"}, "published"),
        ({"issuer": 5}, "issuer"),
        ({"number": "x" * 1_001}, "number"),
        ({"region": [{"code": "35", "name": "甲", "level": "city"}]}, "region[0].code"),
        ({"region": [{"code": "350000", "name": "甲", "level": "x"}]}, "region[0].level"),
        ({"region": {}}, "region"),
        ({"sections": []}, "sections"),
        ({"sections": None}, "sections"),
        ({"sections": [5]}, "sections[0]"),
        ({"sections": [{"lines": [""]}]}, "sections[0].lines"),
        ({"sections": [{"lines": "甲"}]}, "sections[0].lines"),
        ({"sections": [{"kind": "x", "lines": []}]}, "sections[0].kind"),
        ({"sections": [{"level": -1, "lines": []}]}, "sections[0].level"),
        ({"sections": [{"path": [1], "lines": []}]}, "sections[0].path"),
        ({"sections": [{"heading": "a\rb", "lines": []}]}, "sections[0].heading"),
        ({"sections": [{"lines": ["甲"], "line_places": []}]}, "sections[0].line_places"),
        (
            {"sections": [{"lines": ["甲"], "line_places": [{"pages": [1]}]}]},
            "sections[0].line_places",
        ),
        (
            {"sections": [{"lines": ["甲"], "line_places": [{"pages": [4, 3]}]}]},
            "sections[0].line_places",
        ),
        (
            {"sections": [{"heading": "甲", "heading_place": {"confidence": 101}}]},
            "sections[0].heading_place",
        ),
        ({"dropped": [{"key": "x"}]}, "dropped[0].text"),
        ({"warnings": [{"values": {}}]}, "warnings[0].key"),
        ({"warnings": [{"key": "x", "values": {"a": {"b": 1}}}]}, "warnings[0].values"),
        ({"warnings": [{"key": "x", "values": [1]}]}, "warnings[0].values"),
        ({"warnings": [{"key": "x", "values": {"a": None}}]}, "warnings[0].values"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        ready_report(json.dumps(LINE | fields).encode())
    assert raised.value.message == Message("line_wrong", field=wrong)


@pytest.mark.parametrize("line", [b"{", b"\xff", b"[" * 100_000, b"NaN", b"5", b"[]", b'"x"'])
def test_what_is_no_object(line: bytes) -> None:
    with pytest.raises(UnreadableError):
        ready_report(line)


def test_a_list_in_a_corpus(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    lines = [
        b"\xef\xbb\xbf" + with_fields(),
        b"",
        with_fields(source="", title="乙县2019年报告"),
        with_fields(title=5),
        with_fields(source="../x"),
        with_fields(),
    ]
    (root / "报告.jsonl").write_bytes(b"\n".join(lines))
    summary = build(root, tmp_path / "index", jobs=1)
    assert (summary.reports, summary.added, summary.read) == (2, 2, 1)
    assert [(r.source, r.reason.key) for r in summary.rejected] == [
        ("报告.jsonl/4", "wrong_line"),
        ("报告.jsonl/5", "wrong_line"),
        ("报告.jsonl/甲/2018.txt (2)", "same_member"),
    ]
    engine = IndexEngine(tmp_path / "index")
    report = engine.report(report_id("报告.jsonl/甲/2018.txt"))
    assert (report.title, report.url) == ("甲县2018年报告", "https://example.org/")
    assert engine.report(report_id("报告.jsonl/3")).title == "乙县2019年报告"
    verify(tmp_path / "index")


def test_metadata_csv_has_the_last_word(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "报告.jsonl").write_bytes(with_fields())
    row = "报告.jsonl/甲/2018.txt,榆中县年报,2011,榆中县,某局"
    (root / "metadata.csv").write_text(f"source,title,year,region,issuer\n{row}\n", "utf-8")
    assert build(root, tmp_path / "index", jobs=1).rejected == []
    report = IndexEngine(tmp_path / "index").report(report_id("报告.jsonl/甲/2018.txt"))
    assert (report.title, report.year, report.issuer) == ("榆中县年报", 2011, "某局")
    assert report.region[-1].name == "榆中县"
    assert report.text() == "榆中县年报\n引言\n一、概述\n甲\t乙"
    verify(tmp_path / "index")


def test_what_inspect_prints_of_the_samples_is_indexed_as_it_is(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    corpus = scan_corpus(SAMPLES)
    reports = [
        parse(source, read(file.path.name, file.path.read_bytes()), corpus.overrides.get(source))
        for source, file in corpus.files.items()
    ]
    shapes = [report_json(report) for report in reports]
    text = "\n".join(json.dumps(shape, ensure_ascii=False) for shape in shapes)
    (root / "all.jsonl").write_text(text, encoding="utf-8")
    summary = build(root, tmp_path / "index", jobs=1)
    assert (summary.reports, summary.rejected) == (len(reports), [])
    engine = IndexEngine(tmp_path / "index")
    for shape in shapes:
        found = report_json(engine.report(report_id(f"all.jsonl/{shape['source']}")))
        of_another_file = {
            "id": shape["id"],
            "source": shape["source"],
            "dropped": shape["dropped"],
        }
        assert found | of_another_file == shape
