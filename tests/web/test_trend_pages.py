"""The trend view: its numbers are those of the spread, and each link gives what it counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import fake_reports
import pytest
from fake_engine import make_report
from flask.testing import FlaskClient
from reading_trend import TrendPage, parameters
from werkzeug.datastructures import MultiDict

from indexer.model import Region, Report
from indexer.text.fold import fold
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from search.spread import Below, Group
from tests.oracle import drawn
from tests.oracle.direct import engine_of
from web.app import create_app
from web.params import read
from web.results.namesakes import names_of
from web.shown import Measure, Shown
from web.texts import in_language
from web.trend import figures
from web.trend.columns import MOST_COLUMNS
from web.trend.matrix import MOST_ROWS
from web.trend.silence import MOST as MOST_REGIONS
from web.urls import search_url

SAID, SILENT = "三务公开", "不说"
_JIANGSU = Region("320000", "江苏省", "province")
PLACES = (
    (_JIANGSU, Region("320100", "南京市", "city")),
    (_JIANGSU, Region("320200", "无锡市", "city")),
    (Region("510000", "四川省", "province"),),
)
REQUESTS: list[tuple[SearchRequest, Below]] = [
    (SearchRequest(q="三务公开"), "children"),
    (SearchRequest(q="三务公开"), "city"),
    (SearchRequest(q="三务公开", region=("350000",)), "children"),
    (SearchRequest(q="依申请公开", year=(2015, 2018)), "children"),
    (SearchRequest(q="依申请公开", year_from=2014), "county"),
    (SearchRequest(q="公开 NOT 三务"), "children"),
    (SearchRequest(q="-公示"), "children"),
    (SearchRequest(q="三务公开", silent=True), "children"),
    (SearchRequest(q="-公示", silent=True, year=(2016,)), "city"),
    (SearchRequest(q="政府信息公开", words=True, section=("overview",)), "children"),
    (SearchRequest(), "children"),
    (SearchRequest(q="没有一份报告这样说"), "children"),
]


def client_of(engine: IndexEngine) -> FlaskClient:
    return create_app(FixedSource(engine)).test_client()


@pytest.fixture(scope="module")
def reader(samples: IndexEngine) -> FlaskClient:
    return client_of(samples)


def url_of(asked: SearchRequest, below: Below = "children", **shown: object) -> str:
    return search_url(asked, Shown(view="trend", below=below, **shown))  # type: ignore[arg-type]


def check_page(
    engine: IndexEngine, client: FlaskClient, asked: SearchRequest, below: Below
) -> None:
    """Chart, table, matrix, silence and first appearances say what the spread says."""
    spread = engine.spread(asked, below)
    page = TrendPage(client, url_of(asked, below))
    kept = [
        at
        for at, group in enumerate(spread.chart)
        if len(spread.years) <= MOST_COLUMNS or group.reports
    ]
    years = [spread.years[at] for at in kept]
    if not years and not spread.total.reports:
        assert page.tree.css(".none h2")
        assert not page.tree.css(".matrix, svg.of-years")
        return
    assert page.years() == years
    check_chart(page, years, [spread.chart[at] for at in kept])
    check_table(page, asked, years, [spread.chart[at] for at in kept], spread.undated, spread.total)
    every = spread.rows
    if len(every) > MOST_ROWS:
        every = tuple(row for row in every if row.total.reports)
    rows, names = page.matrix(), names_of(spread)
    assert len(rows) == len(every)
    for row, shown in zip(every, rows, strict=True):
        assert shown.total == f"{row.total.matching}/{row.total.reports}"
        assert bool(shown.href) == (row.region is not None)
        if row.region is not None:
            assert shown.name == names[row.region.code]
        for year, group, tile in zip(
            years, [row.years[at] for at in kept], shown.tiles, strict=True
        ):
            assert tile.state == state_of(group, year, asked)
            if group.reports:
                part = 0 < group.matching < group.reports
                assert tile.number == group.matching
                assert tile.of == (f"{group.matching}/{group.reports}" if part else "")
                assert bool(tile.href) == (row.region is not None)
    check_silence(page, engine, asked, below)


def chosen(year: int, asked: SearchRequest) -> bool:
    first, last = asked.year_from or 0, asked.year_to or 9999
    ranged = asked.year_from is not None or asked.year_to is not None
    inside = year in asked.year or (ranged and first <= year <= last)
    return inside or not (asked.year or ranged)


def state_of(group: Group, year: int, asked: SearchRequest) -> str:
    if not group.reports:
        return "none" if chosen(year, asked) else "out"
    if not group.matching:
        return "not"
    return "some" if group.matching == group.reports else "part"


def check_chart(page: TrendPage, years: list[int], chart: list[Group]) -> None:
    titles = page.slots()
    assert len(titles) == len(years)
    for year, group, title in zip(years, chart, titles, strict=True):
        assert title.startswith(f"{year} 年：")
        if not group.reports:
            assert "没有报告" in title
            continue
        assert f"{group.reports:,} 份报告" in title
        if "，" in title:
            assert f"{group.matching:,} 份" in title


def check_table(
    page: TrendPage,
    asked: SearchRequest,
    years: list[int],
    chart: list[Group],
    undated: Group,
    total: Group,
) -> None:
    names = [
        *(f"{year}{'' if chosen(year, asked) else '（没有选）'}" for year in years),
        *(["年份不详"] if undated.reports else []),
    ]
    groups = [*chart, *([undated] if undated.reports else []), total]
    rows = page.table()
    assert [row[0] for row in rows[:-1]] == names
    for row, group in zip(rows, groups, strict=True):
        assert int(row[1]) == group.reports
        if len(row) == 7:
            assert [int(row[2]), int(row[4]), int(row[5])] == [
                *(group.matching, group.hits, group.characters)
            ]
        elif len(row) == 5:
            assert [int(row[2]), int(row[4])] == [group.matching, group.characters]
        else:
            assert not asked.q
            assert int(row[2]) == group.characters


def check_silence(page: TrendPage, engine: IndexEngine, asked: SearchRequest, below: Below) -> None:
    spread = engine.spread(asked, below)
    rows, names = [row for row in spread.rows if row.region], names_of(spread)
    silent = 0 if not asked.silent else None

    def never(group: Group) -> bool:
        return group.reports > 0 and group.matching == (group.reports if silent is None else 0)

    if not spread.total.reports:
        return
    if asked.q:
        told = [" ".join(a.text().split()) for a in page.tree.css(".silence ul a")]
        assert told == [
            f"{names[row.region.code]} {row.total.reports:,} 份"
            for row in rows
            if row.region and never(row.total)
        ]
        for row, href in zip(
            [row for row in rows if never(row.total)], page.hrefs(".silence ul a"), strict=True
        ):
            assert clicked(engine, href) == row.total.reports
        left = spread.total.reports - spread.total.matching
        number = spread.total.matching if asked.silent else left
        assert page.one(".silence .big b").text() == f"{number:,}"
        for href in page.hrefs(".silence .big a"):
            assert clicked(engine, href) == number
    missing = [names[row.region.code] for row in rows if row.region and not row.total.reports]
    assert page.texts(".silence details.missing p bdi") == missing[:MOST_REGIONS]


def clicked(engine: IndexEngine, href: str) -> int:
    """The reports that a link's page counts."""
    query = href.partition("?")[2]
    return engine.count(read(MultiDict(_pairs(query)))).reports


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query)


def check_clicks(engine: IndexEngine, page: TrendPage, chooser: Random, most: int) -> None:
    """A tile leads to as many reports as it says, an empty one to all of them, that are silent."""
    tiles = [tile for row in page.matrix() for tile in row.tiles if tile.href]
    for tile in chooser.sample(tiles, min(most, len(tiles))):
        found = clicked(engine, tile.href)
        if tile.number:
            assert found == tile.number, tile
        else:
            assert found > 0, tile
            turned = replace(read(MultiDict(_pairs(tile.href.partition("?")[2]))), silent=False)
            both = {engine.count(replace(turned, silent=s)).reports for s in (False, True)}
            assert both == {0, found}, tile


@pytest.mark.parametrize(("asked", "below"), REQUESTS, ids=str)
def test_samples(
    samples: IndexEngine, reader: FlaskClient, asked: SearchRequest, below: Below
) -> None:
    check_page(samples, reader, asked, below)
    check_clicks(samples, TrendPage(reader, url_of(asked, below)), Random(1), 40)


@pytest.mark.parametrize("seed", range(6))
def test_drawn_queries(tmp_path: Path, seed: int) -> None:
    chooser = Random(700 + seed)
    reports = drawn.reports(chooser, 12)
    engine = engine_of(tmp_path, [reports])
    client = client_of(engine)
    queries = drawn.Queries(chooser, [line.text for r in reports for line in r.lines()])
    for _ in range(8):
        asked = replace(drawn.request(chooser, queries.query()), size=20, page=1)
        below: Below = chooser.choice(("children", "province", "city"))
        if client.get(url_of(asked, below)).status_code != 200:
            continue
        check_page(engine, client, asked, below)
        check_clicks(engine, TrendPage(client, url_of(asked, below)), chooser, 12)


def made(said: str, year: int | None, place: int = 0) -> Report:
    number = made_reports.__next__()
    return make_report(
        f"{number}.txt", "报告", [("other", "", 1, [said])], year=year, region=PLACES[place]
    )


made_reports = iter(range(100_000))
SHAPES: dict[str, list[tuple[str, int | None, int]]] = {
    "one year": [(SAID, 2020, 0), (SILENT, 2020, 1)],
    "a gap": [(SAID, 2010, 0), (SILENT, 2014, 2)],
    "32 years": [(SAID if y % 3 else SILENT, 1995 + y, y % 3) for y in range(32)],
    "undated only": [(SAID, None, 0), (SILENT, None, 2)],
    "some undated": [(SAID, None, 0), (SILENT, 2019, 0), (SAID, 2021, 2)],
    "ages apart": [(SAID, 1100, 0), (SAID, 2020, 1), (SILENT, 2021, 1)],
    "all say it": [(SAID, 2020, 0), (SAID, 2021, 2)],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("q", [SAID, "", f"-{SAID}", "从来没有"])
def test_shapes(tmp_path: Path, shape: str, q: str) -> None:
    engine = engine_of(tmp_path, [[made(*of) for of in SHAPES[shape]]])
    client = client_of(engine)
    for asked in (SearchRequest(q=q), SearchRequest(q=q, year=(2020,))):
        check_page(engine, client, asked, "children")
        for name in ("trend.svg", "matrix.svg", "trend.csv", "matrix.csv"):
            assert client.get(f"/{name}?{urlencode({'q': q})}").status_code == 200


def test_no_report(tmp_path: Path) -> None:
    client = client_of(engine_of(tmp_path, [[made(SAID, 2020)]]))
    page = TrendPage(client, url_of(SearchRequest(q=SAID, year=(1999,), region=("510000",))))
    assert page.slots() == []
    assert "没有" in page.one(".none h2").text()


def test_reports_without_a_year_have_a_column(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, [[made(*of) for of in SHAPES["some undated"]]])
    rows = TrendPage(client_of(engine), url_of(SearchRequest(q=SAID), "city")).matrix()
    assert {row.name: row.undated for row in rows if row.undated} == {"南京市": "1/1"}


@pytest.mark.parametrize(
    ("group", "share", "rate", "short"),
    [
        (Group(0, 0, 0, 0), "0", "0", "0"),
        (Group(1_000, 1, 1, 50_000_000), "<1", "<0.01", "<.1"),
        (Group(1_000, 999, 5_000, 1_000_000), ">99", "50", "50"),
        (Group(3, 3, 7, 10_000), "100", "7.00", "7.0"),
        (Group(4, 0, 0, 10), "0", "0", "0"),
        (Group(200, 1, 2, 1_000), "<1", "20", "20"),
        (Group(1_000, 7, 7, 70_000), "<1", "1.00", "1.0"),
        (Group(8, 4, 1, 30_000), "50", "0.33", "0.3"),
    ],
)
def test_figures(group: Group, share: str, rate: str, short: str) -> None:
    assert figures.percent(group) == share
    assert figures.rate(group) == rate
    assert figures.brief_rate(group) == short


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (9_999, "9999"), (12_345, "1.2万"), (4_820_000, "482万"), (210_000_000, "2.1亿")],
)
def test_counts_are_short(count: int, written: str) -> None:
    assert figures.brief(count) == written


def test_measures_are_links_and_the_drawing_follows(reader: FlaskClient) -> None:
    asked = SearchRequest(q="公开")
    page = TrendPage(reader, url_of(asked))
    hrefs = page.hrefs(".by-year .measures a")
    assert [parameters(href).get("measure", "share") for href in hrefs] == [
        *("share", "reports", "hits", "rate")
    ]
    drawings = {TrendPage(reader, href).one("svg.of-years").html for href in hrefs}
    assert len(drawings) == 4
    current = TrendPage(reader, hrefs[2]).texts(".by-year .measures [aria-current]")
    assert current == ["处数"]


def test_a_year_is_chosen_and_taken_back(reader: FlaskClient) -> None:
    page = TrendPage(reader, url_of(SearchRequest(q="公开")))
    href = next(a for a in page.hrefs("svg.of-years a") if "year=2018" in a)
    narrowed = TrendPage(reader, href)
    chosen = narrowed.one("svg.of-years [aria-current]")
    assert "year=" not in (chosen.attributes["href"] or "")
    assert "已选" in chosen.css_first("title").text()
    assert narrowed.tree.css(".matrix td.out")


def test_several_queries(samples: IndexEngine, reader: FlaskClient) -> None:
    also = ("依申请公开", "(", "-公示", "公开")
    page = TrendPage(reader, url_of(SearchRequest(q="公开"), also=also))
    rows = page.tree.css(".names > li")
    assert len(rows) == 4  # the main query is not asked twice
    for row, q in zip(rows, ("公开", "依申请公开", None, "-公示"), strict=True):
        if q is None:
            assert "括号" in row.css_first(".wrong").text()
            continue
        total = samples.count(SearchRequest(q=q))
        reports, _, hits = row.css_first(".quiet").text().split(" · ")
        assert (reports, hits) == (f"{total.reports:,} 份", f"{total.hits:,} 处")
    first = parameters(page.hrefs("a.query")[0])
    assert first["q"] == "依申请公开"
    removed = page.hrefs(".names .remove")
    assert "also=-" not in removed[3]
    assert parameters(removed[0])["q"] == "依申请公开"


@pytest.mark.parametrize("measure", ["share", "reports", "hits", "rate"])
def test_strips_and_their_table(
    samples: IndexEngine, reader: FlaskClient, measure: Measure
) -> None:
    """Each value of each year stands in the table, is told at its bar, and what is none is not drawn."""
    queries = ("公开", "依申请公开", "三务公开")
    page = TrendPage(
        reader, url_of(SearchRequest(q=queries[0]), also=(*queries[1:], "("), measure=measure)
    )
    spreads = [samples.spread(SearchRequest(q=q)) for q in queries]
    years = spreads[0].years
    table = [[cell.text() for cell in row.css("th, td")] for row in page.tree.css(".compared tr")]
    assert [head.split()[-1] for head in table[0][2:]] == list(queries)
    for at, year in enumerate(years):
        groups = [spread.chart[at] for spread in spreads]
        values = [figures.full_value(group, measure) for group in groups]
        assert table[1 + at] == [str(year), f"{groups[0].reports:,}", *values]
    assert table[-1][0] == "合计"
    assert table[-1][2:] == [figures.full_value(one.total, measure) for one in spreads]
    strips = page.tree.css(".drawn > svg")
    assert len(strips) == len(queries)
    for strip, spread in zip(strips, spreads, strict=True):
        said = [text.text() for text in strip.css("text")]
        assert said == [figures.shown_value(g, measure) for g in spread.chart if g.matching]
        told = [title.text() for title in strip.css("title")]
        assert told == [
            figures.slot_name(in_language("zh"), year, group, "said")
            for year, group in zip(years, spread.chart, strict=True)
            if group.reports
        ]
    marks = page.texts(".drawn .year:not(.narrow)")
    assert marks == [str(year)[-2:] if len(years) > 16 else str(year) for year in years]


@pytest.mark.parametrize(
    ("q", "also"),
    [
        ("公开", ("公开 年份:2018", "公开 地区:福建")),
        ("公开 年份:2018", ("公开",)),
        ("公开 年份:2016", ("公开 年份:2018", "公开 年份:3000")),
    ],
)
def test_queries_whose_fields_narrow_otherwise(
    samples: IndexEngine, reader: FlaskClient, q: str, also: tuple[str, ...]
) -> None:
    """The years are those of all; each value stands with the reports that it is a part of."""
    asked, shown = SearchRequest(q=q), {"also": also, "measure": "hits"}
    url = url_of(asked, **shown)
    page = TrendPage(reader, url)
    spreads = [samples.spread(SearchRequest(q=query)) for query in (q, *also)]
    first = min(year for spread in spreads for year in spread.years)
    last = max(year for spread in spreads for year in spread.years)
    table = [[cell.text() for cell in row.css("th, td")] for row in page.tree.css(".compared tr")]
    assert [row[0] for row in table[1:]] == [*map(str, range(first, last + 1)), "合计"]
    for year, *values in table[1:-1]:
        for spread, value in zip(spreads, values, strict=True):
            groups = dict(zip(spread.years, spread.chart, strict=True))
            group = groups.get(int(year), Group(0, 0, 0, 0))
            assert value == f"{figures.full_value(group, 'hits')} / {group.reports:,}"
    for path in ("/trend.svg", "/trend.csv", "/matrix.csv", "/matrix.svg"):
        assert reader.get(path + url.removeprefix("/trend")).status_code == 200


def test_a_phrase_is_added(reader: FlaskClient) -> None:
    """From the form of the view, which sends along what is compared."""
    page = TrendPage(reader, url_of(SearchRequest(q="公开", year_from=2010), also=("政治、经济",)))
    form = page.one("form.also")
    sent = [(i.attributes["name"], i.attributes["value"]) for i in form.css("input")]
    added = urlencode([*sent, ("add", "依申请公开、三务公开")])
    then = TrendPage(reader, f"/trend?{added}")
    assert then.texts(".names .query") == ["公开", "政治、经济", "依申请公开", "三务公开"]
    assert then.tree.css(".chips a")
    for selector in (".matrix td a.some", ".silence .big a"):
        left = parse_qs(
            urlsplit(then.hrefs(selector)[0]).query
        )  # and on the way back they are there
        assert left["also"] == ["政治、经济", "依申请公开", "三务公开"]


def test_twenty_queries_at_most(reader: FlaskClient) -> None:
    lines = "\n".join(f"词{n}" for n in range(20))
    assert reader.get("/trend?" + urlencode({"q": "公开", "also": lines})).status_code == 413
    fewer = "\n".join(f"词{n}" for n in range(19))
    page = TrendPage(reader, "/trend?" + urlencode({"q": "公开", "also": fewer}))
    assert page.texts(".compared .sign") == list("ABCDEFGHIJKLMNOPQRST")
    assert not page.tree.css("form.also")  # no more may be added


def test_first_to_say_it(samples: IndexEngine, reader: FlaskClient) -> None:
    asked = SearchRequest(q="三务公开", size=3)
    spread = samples.spread(asked)
    page = TrendPage(reader, url_of(asked))
    assert spread.first
    assert spread.first.report.id in page.hrefs(".firsts .first a")[0]
    assert page.texts(".firsts li .region") == [f.region.name for f in spread.firsts if f.region]
    assert page.texts(".firsts li .year") == [str(f.year) for f in spread.firsts]
    assert {fold(mark) for mark in page.texts(".firsts mark")} == {"三务公开"}
    following = TrendPage(reader, page.hrefs(".firsts .pager a[rel=next]")[0])
    assert following.texts(".firsts li .region") == [
        first.region.name for first in samples.spread(replace(asked, page=2)).firsts if first.region
    ]
    beyond = TrendPage(reader, url_of(replace(asked, page=99)))
    assert beyond.texts(".firsts li .region") == []
    last = TrendPage(reader, beyond.hrefs(".firsts .pager a[rel=prev]")[0])
    assert last.texts(".firsts li .region")
    assert not last.hrefs(".firsts .pager a[rel=next]")


@pytest.mark.parametrize(
    ("language", "days"), [("zh", ["12月25日", "2025年3月1日"]), ("en", ["12-25", "2025-03-01"])]
)
def test_the_day_stands_beside_the_year(tmp_path: Path, language: str, days: list[str]) -> None:
    """Of a speech, that year is the day's own, and the page says whose report it is."""
    speech = replace(made(SAID, 2025), genre="work_report", published="2024-12-25")
    looking_back = replace(made(SAID, 2024, 2), genre="disclosure", published="2025-03-01")
    client = client_of(engine_of(tmp_path, [[looking_back, speech, made(SILENT, 2025)]]))
    client.set_cookie("gongkai-language", language)
    page = TrendPage(client, url_of(SearchRequest(q=SAID)))
    assert page.texts(".firsts li .region") == ["江苏省", "四川省"]
    assert page.texts(".firsts li .year") == ["2024", "2024"]
    assert page.texts(".firsts li .day") == days
    said = in_language(language)("first_of_year", year=2025)  # type: ignore[arg-type]
    assert [said in item for item in page.texts(".firsts li")] == [True, False]
    assert ("2024年12月25日" if language == "zh" else "2024-12-25") in page.texts(".firsts .first")[
        0
    ]


@pytest.mark.parametrize("path", ["/trend", "/", "/concordance"])
@pytest.mark.parametrize("below", ["town", "city"])
def test_rows_within_a_region_go_with_it(reader: FlaskClient, path: str, below: str) -> None:
    """Towns of the whole country are too many."""
    query = {"q": "公开", "region": "福建省", "genre": "disclosure", "below": below}
    page = TrendPage(reader, f"{path}?{urlencode(query)}")
    parted = [parameters(href) for href in page.hrefs(f'a[href^="{path}?"]')]
    bare = [link for link in parted if "region" not in link]
    assert bare
    assert not any("below" in link for link in bare)
    assert any(link["below"] == below for link in parted if "region" in link and "below" in link)
    other = {"q": "公开", "genre": "disclosure", "below": "city"}
    kept = TrendPage(reader, f"{path}?{urlencode(other)}").hrefs(".chips a")
    assert [parameters(href)["below"] for href in kept] == ["city"]


def test_hostile_text_is_escaped(tmp_path: Path) -> None:
    hostile = replace(fake_reports.HOSTILE, year=2020)
    client = client_of(engine_of(tmp_path, [[hostile, made(SAID, 2021)]]))
    q = "<script>alert(9)</script>"
    for asked, also in ((SearchRequest(q="三务公开"), (q,)), (SearchRequest(q=q), ("公开",))):
        url = url_of(asked, also=also)
        assert "<script>alert" not in TrendPage(client, url).html
        for name in ("trend.svg", "matrix.svg"):
            assert "<script>" not in client.get(url.replace("/trend", f"/{name}")).text
