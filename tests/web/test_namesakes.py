"""Regions of one name are told apart wherever they are shown side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from reading_pages import facet_links
from reading_trend import TrendPage

from indexer.regions.table import table
from search.source import FixedSource
from tests.invented import report
from tests.oracle.direct import engine_of
from web.app import create_app
from web.results.namesakes import told_apart

TEXT = "三务公开"
DRUM_TOWERS = {"320106": "南京市鼓楼区", "320302": "徐州市鼓楼区", "350102": "福州市鼓楼区"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], []),
        (["320106"], ["鼓楼区"]),
        (["320106", "320104", "350102"], ["南京市鼓楼区", "秦淮区", "福州市鼓楼区"]),
        (["110105", "220104"], ["北京市朝阳区", "长春市朝阳区"]),
        (["210300", "210302"], ["鞍山市", "铁东区"]),
    ],
)
def test_the_region_above_tells_apart(codes: list[str], expected: list[str]) -> None:
    regions = [table().get(code) for code in codes]
    assert list(told_apart((r.code, r.name) for r in regions if r).values()) == expected


def test_those_all_the_way_up_tell_the_rest_apart() -> None:
    """Of all regions that there are, no two are called the same."""
    every = [region for code in table()._rows if (region := table().get(code))]
    names = told_apart((region.code, region.name) for region in every)
    assert len(set(names.values())) == len(every)
    streets = {name for name in names.values() if name.endswith("铁东区解放街道")}
    assert "辽宁省鞍山市铁东区解放街道" in streets
    assert len(streets) > 1


def test_regions_of_no_table_keep_their_names() -> None:
    assert told_apart([("x", "同名"), ("y", "同名")]) == {"x": "同名", "y": "同名"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("namesakes")
    said = ("320106", "350102")
    reports = [
        report(
            f"{code}.txt",
            "年报",
            ("overview", "一", (TEXT if code in said else "不说",)),
            year=2019,
            region=table().chain(code),
        )
        for code in DRUM_TOWERS
    ]
    return create_app(FixedSource(engine_of(folder, [reports]))).test_client()


def test_rows_firsts_chips_and_silence(client: FlaskClient) -> None:
    page = TrendPage(client, "/trend?q=三务&region=鼓楼区&below=county")
    every = list(DRUM_TOWERS.values())
    assert [row.name for row in page.matrix()] == every
    assert page.texts(".matrix tbody th") == every
    assert page.texts(".chips bdi") == ["南京市鼓楼区", "福州市鼓楼区"]
    assert page.texts(".firsts li .region") == ["南京市鼓楼区", "福州市鼓楼区"]
    assert page.texts(".firsts .first bdi") == ["南京市鼓楼区 · 2019"]
    assert page.texts(".silence ul bdi") == ["徐州市鼓楼区"]


def test_those_of_which_there_is_nothing(client: FlaskClient) -> None:
    country = TrendPage(client, "/trend?q=三务&below=county").texts(".silence .missing bdi")
    assert {"北京市朝阳区", "东城区"} <= set(country)
    assert "朝阳区" not in country


def test_files_to_take_away(client: FlaskClient) -> None:
    query = "q=三务&region=鼓楼区&below=county"
    for url in (f"/matrix.svg?{query}", f"/matrix.csv?{query}"):
        told = client.get(url).text
        assert all(name in told for name in DRUM_TOWERS.values()), url


def test_the_list_and_what_stands_beside_it(client: FlaskClient) -> None:
    page = TrendPage(client, "/?q=务 OR 不说&region=鼓楼区")
    assert page.texts(".chips bdi") == list(DRUM_TOWERS.values())
    assert "鼓楼区" in facet_links(page.html, "region")  # there it stands below its city
