"""The region facet: a tree that opens level by level."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

from fake_engine import FakeEngine, chain, make_report
from fake_reports import TOWN
from flask.testing import FlaskClient
from reading_pages import facet_links

from indexer.regions.table import COUNTRY, table
from search.model import Facet, Facets, SearchRequest
from search.source import FixedSource
from web.app import create_app
from web.results.regions import RegionChoice, RegionsInSight, region_choices, regions_in_sight
from web.show import short_region
from web.shown import Shown

PROVINCE, CITY, COUNTY, VILLAGE = (region.code for region in TOWN.region)


def _regions(**asked: object) -> dict[str, RegionChoice]:
    """Every region on the page, by name."""
    shown = Shown(open=asked.pop("open", ()))  # type: ignore[arg-type]
    request = SearchRequest(**asked)  # type: ignore[arg-type]
    top = region_choices(_engine().search(request), request, shown)
    found: dict[str, RegionChoice] = {}
    todo = list(top)
    while todo:
        choice = todo.pop()
        found[choice.label] = choice
        todo += choice.parts
    return found


def _chosen(href: str) -> list[str]:
    return parse_qs(urlsplit(href).query).get("region", [])


def _engine() -> FakeEngine:
    reports = [
        make_report(
            f"{p}{c}{k}.txt", "报告", [], region=chain(f"{p}省", f"{p}{c}市", f"{p}{c}{k}县")
        )
        for p in "甲乙丙丁"
        for c in "子丑寅"
        for k in "东西"
    ]
    return FakeEngine((TOWN, *reports))


def test_what_is_in_view_has_its_parts_and_they_have_a_link() -> None:
    found = _regions()
    assert not found["青山省"].open
    assert found["青山省"].open_href is None
    assert found["白河市"].parts == ()
    assert found["白河市"].open_href == f"/?open={CITY}#region-{CITY}"
    assert "绿水县" not in found


def test_a_region_opens_without_being_chosen() -> None:
    found = _regions(open=(CITY,), sort="year")
    assert found["青山省"].open
    assert found["白河市"].open
    assert not found["绿水县"].open
    assert found["青山镇"].href == f"/?region={VILLAGE}&sort=year&open={CITY}"
    assert not any(choice.selected for choice in found.values())


def test_a_chosen_region_shows_its_ancestors() -> None:
    found = _regions(region=(COUNTY,))
    assert found["青山省"].open
    assert found["白河市"].open
    assert found["绿水县"].selected
    assert not found["甲省"].open


def test_choosing_takes_the_place_of_what_is_around_and_within() -> None:
    inside = _regions(region=(PROVINCE, *(r.code for r in chain("甲省"))))
    assert _chosen(inside["白河市"].href) == [chain("甲省")[0].code, CITY]
    assert _chosen(inside["青山省"].href) == [chain("甲省")[0].code]
    assert _chosen(inside["乙省"].href)[:2] == [PROVINCE, chain("甲省")[0].code]
    below = _regions(region=(COUNTY,))
    assert _chosen(below["青山省"].href) == [PROVINCE]
    assert _chosen(below["绿水县"].href) == []


def test_unknown_and_circular_regions_do_no_harm() -> None:
    facets = Facets(
        (Facet("1", "一", "2", 1, True), Facet("2", "二", "1", 1, False)), (), (), (), ()
    )
    request = SearchRequest(region=("1",))
    empty = FakeEngine(()).search(request)
    result = type(empty)(
        **{name: getattr(empty, name) for name in empty.__slots__ if name != "facets"},
        facets=facets,
    )
    assert region_choices(result, request, Shown(open=("9", "2"))) == ()


def test_the_page_of_a_whole_country_stays_small() -> None:
    """Thousands of counties are in the facet, and not on the page."""
    reports = [
        make_report(f"{n}.txt", "报告", [], region=chain(f"省{n // 100}", f"市{n // 10}", f"县{n}"))
        for n in range(3_000)
    ]
    html = create_app(FixedSource(FakeEngine(tuple(reports)))).test_client().get("/?sort=year").text
    assert "省29" in html
    assert "市299" not in html
    assert "县2999" not in html


NAMES = (
    "湖北省",
    "内蒙古自治区",
    "北京市",
    "广西壮族自治区",
    "全国",
    "上海市",
    "福建省",
    "江苏省",
    "浙江省",
)


def _in_sight(reports: list[int], selected: str = "") -> RegionsInSight:
    """Of regions with so many reports."""
    facets = [
        Facet(f"{code}0000", name, None, count, name == selected)
        for code, (name, count) in enumerate(zip(NAMES, reports, strict=True), 10)
    ]
    result = replace(FakeEngine(()).search(SearchRequest()), facets=Facets(region=tuple(facets)))
    found = regions_in_sight(result, SearchRequest(), Shown())
    assert found
    return found


def test_all_provinces_are_in_view() -> None:
    found = _in_sight([999] * 9)
    assert found.dense
    assert not found.more
    assert [choice.label for choice in found.shown] == [
        *("湖北", "内蒙古", "北京", "广西", "全国", "上海", "福建", "江苏", "浙江")
    ]
    assert found.shown[0].href == "/?region=100000"


def test_many_wait_where_they_are_too_wide_or_one_is_chosen() -> None:
    for found in (_in_sight([1_000] * 9), _in_sight([5] * 9, selected="浙江省")):
        assert not found.dense
        assert found.shown[0].label == "湖北省"
        assert len(found.shown) + len(found.more) == 9
    assert "浙江省" in [choice.label for choice in found.shown]


def test_the_tree_on_the_page(client: FlaskClient) -> None:
    html = client.get(f"/?q=三务&region={PROVINCE}").text
    links = facet_links(html, "region")
    assert {"青山省", "白河市", "绿水县", "东岭省"} <= set(links)
    tree = re.search(r'<ul class="tree">.*?</section>', html, re.S)
    assert tree
    assert tree[0].count("<details open>") == 1
    assert 'aria-label="青山省的下级"' in tree[0]
    unfold = re.search(r'<a class="unfold" href="([^"]*)"', tree[0])
    assert unfold
    address, _, fragment = unescape(unfold[1]).partition("#")
    opened = client.get(address).text
    assert f'id="{fragment}"' in opened
    assert opened.count("<details open>") > 1


def test_only_provinces_lose_their_endings() -> None:
    provinces = [table().get(code) for code in ("110000", "150000", "310000", "650000", "810000")]
    assert [short_region(p) for p in provinces if p] == ["北京", "内蒙古", "上海", "新疆", "香港"]
    every = [short_region(region) for region in table().children(COUNTRY)]
    assert len(set(every)) == len(every)
    assert {len(name) for name in every} == {2, 3}
    cities = [region for region in table().children("150000") if region.level != "province"]
    assert cities
    assert all(short_region(city) == city.name for city in cities)
