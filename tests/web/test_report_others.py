"""Other years of a body with many reports of places below it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fake_engine import FakeEngine, make_report

from indexer.model import Region, Report
from indexer.pipeline.build import build
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from web.app import create_app
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
    assert [year.label for year in years] == ["2020", "2021"]


def test_reports_of_one_year_are_told_apart() -> None:
    region = (Region("150000", "内蒙古自治区", "province"),)

    def of(name: str, year: int, published: str | None) -> Report:
        made = make_report(f"{name}.txt", name, [("other", "", 1, ["公开。"])], year=year)
        return replace(made, region=region, published=published)

    reports = of("早", 2018, "2018-01-05"), of("晚", 2018, None), of("后", 2019, "2019-01-27")
    engine = FakeEngine(reports)
    with create_app(FixedSource(engine)).test_request_context():
        labels = [year.label for year in others(engine, reports[0]).years]
    assert labels == ["2018（晚）", "2018（2018年1月5日）", "2019"]
