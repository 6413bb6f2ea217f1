"""Other years of a body with many reports of places below it."""

from __future__ import annotations

from pathlib import Path

from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from web.report.others import others

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{0}</title></head>
<body><h1>{0}</h1><p>一、总体情况</p><p>公开。</p></body></html>"""


def test_parts_do_not_push_a_province_off_its_own_years(tmp_path: Path) -> None:
    for place, years in {
        "福建": (2020, 2021),
        **{f"福建/福州市/镇{n}": range(2010, 2020) for n in range(12)},
    }.items():
        for year in years:
            folder = tmp_path / "corpus" / place
            folder.mkdir(parents=True, exist_ok=True)
            title = f"{place.rpartition('/')[2]}{year}年政府信息公开工作年度报告"
            name = f"{year}-政府信息公开年度报告.html"
            (folder / name).write_text(PAGE.format(title), encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    engine = IndexEngine(tmp_path / "index")
    found = engine.search(SearchRequest(region=("福建省",), size=100, sort="-year")).reports
    report = next(hit for hit in found if len(hit.region) == 1)
    years = others(engine, engine.report(report.id)).years
    assert [hit.year for hit in years] == [2020, 2021]
