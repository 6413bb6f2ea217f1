"""The tools for other programs: over a real session, and what they let pass."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakSet

import pytest
from click.testing import CliRunner

from gongkai import main
from indexer.errors import GongkaiError
from indexer.pipeline.build import build
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import Concordance, ConcordanceOrder, SearchRequest, SearchResult
from search.source import FixedSource
from tests.conftest import ROOT
from tests.three_reports import write
from web.mcp.answers import Span
from web.mcp.spans import Source
from web.mcp.tools import Tools

Q = "“三务”公开"
ROOT_URL = "https://reports.example.org"
LINK = re.compile(rf"{ROOT_URL}/reports/([0-9a-f]{{12}})/(\d+)-(\d+)/([0-9a-f]{{8}})")


@pytest.fixture(scope="module")
def tools(samples: IndexEngine) -> Tools:
    return Tools(FixedSource(samples), ROOT_URL)


def spans_of(shape: Any) -> list[dict[str, Any]]:
    """All spans in an answer, however deep."""
    if isinstance(shape, dict):
        own = [shape] if "quote" in shape else []
        return own + [span for value in shape.values() for span in spans_of(value)]
    return (
        [span for each in shape for span in spans_of(each)]
        if isinstance(shape, list | tuple)
        else []
    )


def proved(engine: IndexEngine, shape: Any) -> int:
    """How many spans there are; each stands in its report, where its link says."""
    found = spans_of(shape)
    for span in found:
        report, start, end, check = LINK.fullmatch(span["link"]).groups()  # type: ignore[union-attr]
        text = engine.report(report).text()
        assert report == span["report"]
        assert (int(start), int(end)) == (span["start"], span["end"])
        assert text[int(start) : int(end)] == span["quote"]
        assert check == checksum(span["quote"])
        assert span["hit"] in span["quote"]
    return len(found)


async def _session(index: Path, ask: Callable[[Any], Awaitable[Any]], *options: str) -> Any:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    arguments = [str(ROOT / "gongkai.py"), "mcp", "--index", str(index), *options]
    server = StdioServerParameters(
        command=sys.executable, args=arguments, env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    )
    async with (
        stdio_client(server) as (reading, writing),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        return await ask(session)


@pytest.mark.slow
def test_a_session(samples_index: Path, samples: IndexEngine) -> None:
    """Everything once, over standard input and output, as clients do."""
    pytest.importorskip("mcp")

    async def ask(session: Any) -> dict[str, Any]:
        async def call(name: str, **arguments: Any) -> Any:
            answer = await session.call_tool(name, arguments)
            return answer.structured_content if not answer.is_error else answer.content[0].text

        listed = (await session.list_tools()).tools
        found = await call("search", query=Q, region=["内蒙古"], year_from=2015, size=3)
        hits = await call("hits", query=Q, size=50)
        first = hits["hits"][0]
        return {
            "tools": {tool.name: tool for tool in listed},
            "search": found,
            "hits": hits,
            "trend": await call("trend", query=Q),
            "passage": await call("passage", report=first["report"], start=0, end=30),
            "outline": await call("outline", report=first["report"]),
            "verify": await call("verify", quote=first["quote"], link=first["link"]),
            "wrong query": await call("search", query="(三务"),
            "wrong report": await call("passage", report="ffffffffffff", start=0, end=1),
            "wrong type": await call("search", query=Q, size="many"),
        }

    got = asyncio.run(_session(samples_index, ask, "--public-url", ROOT_URL))
    assert set(got["tools"]) == {"search", "hits", "trend", "passage", "outline", "verify"}
    for tool in got["tools"].values():
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema
    assert "query" in got["tools"]["search"].input_schema["required"]
    total = samples.count(SearchRequest(q=Q))
    assert (got["hits"]["total_reports"], got["hits"]["total_hits"]) == (total.reports, total.hits)
    narrow = SearchRequest(q=Q, region=("内蒙古",), year_from=2015)
    assert got["search"]["total_hits"] == samples.count(narrow).hits
    assert got["trend"]["hits"] == total.hits
    assert sum(year["saying"] for year in got["trend"]["years"]) == total.reports
    assert got["verify"]["verdict"] == "exact"
    assert got["verify"]["quote_is_exact"] is True
    for name in ("search", "hits", "trend", "passage", "outline", "verify"):
        assert proved(samples, got[name]) > 0, name
    assert "没有配对" in got["wrong query"]
    assert "not closed" in got["wrong query"]
    assert "ffffffffffff" in got["wrong report"]
    assert "size" in got["wrong type"]


@pytest.mark.parametrize(
    "asked",
    [
        SearchRequest(q=Q, size=100),
        SearchRequest(q="公开", size=20, passages=10),
        SearchRequest(q="公开 -培训", sort="-year"),
        SearchRequest(q='"三?公开" OR "政府" NEAR/9 "信息"'),
        SearchRequest(q="公开", section=("overview",), genre=("disclosure",)),
        SearchRequest(q="", size=5),
        SearchRequest(q=Q, silent=True),
    ],
)
def test_every_quote_is_proved(tools: Tools, samples: IndexEngine, asked: SearchRequest) -> None:
    found = tools.search(asked)
    assert (found.total_reports, found.withheld) == (samples.count(asked).reports, 0)
    hits = tools.hits(replace(asked, size=min(asked.size, 50)))
    assert (hits.total_hits, hits.withheld) == (samples.count(asked).hits, 0)
    proved(samples, asdict(found))
    proved(samples, asdict(hits))
    proved(samples, asdict(tools.trend(asked)))


class Lying(IndexEngine):
    """An engine whose passages stand one character off."""

    def search(self, request: SearchRequest) -> SearchResult:
        result = super().search(request)
        moved = tuple(
            replace(
                hit,
                passages=tuple(p._replace(start=p.start + 1, end=p.end + 1) for p in hit.passages),
            )
            for hit in result.reports
        )
        return replace(result, reports=moved)

    def concordance(
        self, request: SearchRequest, order: ConcordanceOrder = "report"
    ) -> Concordance:
        page = super().concordance(request, order)
        return replace(page, lines=tuple(line._replace(check="00000000") for line in page.lines))


def test_what_does_not_stand_in_its_report_is_withheld(samples_index: Path) -> None:
    tools = Tools(FixedSource(Lying(samples_index)), ROOT_URL)
    found, hits = tools.search(SearchRequest(q=Q, size=5)), tools.hits(SearchRequest(q=Q, size=7))
    assert (spans_of(asdict(found)), spans_of(asdict(hits))) == ([], [])
    assert found.withheld >= 5
    assert hits.withheld == 7


@pytest.fixture
def cited(corpus: Path, folder: Path) -> tuple[Span, Tools]:
    """A quote, and the tools over an index in which it may have changed since."""
    build(corpus, folder, jobs=1)
    tools = Tools(FixedSource(IndexEngine(folder)), ROOT_URL)
    return tools.hits(SearchRequest(q=Q, region=("三元区",))).hits[0], tools


def _again(corpus: Path, folder: Path) -> Tools:
    build(corpus, folder, jobs=1)
    return Tools(FixedSource(IndexEngine(folder)), ROOT_URL)


def test_verdicts(cited: tuple[Span, Tools], corpus: Path, folder: Path) -> None:
    span, tools = cited
    path = corpus / "三元区" / "2018.txt"

    def verdict(
        quote: str = span.quote, link: str = span.link
    ) -> tuple[str, bool | None, list[str]]:
        found = tools.verify(quote, link)
        return found.verdict, found.quote_is_exact, [each.quote for each in found.spans]

    assert verdict() == ("exact", True, [span.quote])
    assert verdict(quote="") == ("exact", None, [span.quote])
    assert "三务" in span.quote
    assert verdict(quote="推进三务公开") == ("exact", False, [span.quote])
    for false in (
        span.quote.replace("三务", "五务"),
        "没有的话",
        span.quote.replace("推进", "不推进"),
    ):
        assert verdict(quote=false) == ("changed", False, [span.quote])
    assert verdict(link="") == ("exact", True, [span.quote] * 3)
    assert verdict(quote="推进三务公开", link="") == ("gone", False, [])
    assert verdict(quote="“”", link="") == ("gone", False, [])
    text = path.read_text("utf-8")
    path.write_text(text.replace("一、概述", "一、概述\n今年也是这样。"), "utf-8")
    tools = _again(corpus, folder)
    assert verdict() == ("moved", True, [span.quote])
    path.write_text(text.replace("三务", "五务"), "utf-8")
    tools = _again(corpus, folder)
    assert verdict() == ("changed", False, [])
    for place in ("三元区", "东胜区", "昆山市"):
        (corpus / place / "2018.txt").unlink()
    write(corpus / "别处.txt", "别处2018年报告\n没有。\n")
    tools = _again(corpus, folder)
    assert verdict() == ("gone", None, [])


class Watched(Source):
    """How many of them there are at a time."""

    alive: ClassVar[WeakSet[Source]] = WeakSet()
    made = 0
    most = 0

    def __post_init__(self) -> None:
        self.alive.add(self)
        Watched.made += 1
        Watched.most = max(Watched.most, len(self.alive))


@pytest.mark.parametrize(
    ("quote", "opened", "answer"),
    [
        (Q, 1_000, ("exact", True, 5, 6, True)),
        (Q, 3, ("exact", True, 3, 3, True)),
        (f"{Q}，没有报告接着这样说", 1_000, ("gone", False, 0, 0, False)),
        ("公开\n没有报告接着这样说", 1_000, ("gone", False, 0, 0, False)),
        ("公开\n没有报告接着这样说", 4, ("unknown", None, 0, 0, True)),
    ],
)
def test_a_quote_that_many_reports_begin_like(
    tools: Tools,
    monkeypatch: pytest.MonkeyPatch,
    quote: str,
    opened: int,
    answer: tuple[str, bool | None, int, int, bool],
) -> None:
    """Reports are opened one at a time, so many at most; what was not looked at is said."""
    for room in ("spans", "tools"):
        monkeypatch.setattr(f"web.mcp.{room}.Source", Watched, raising=False)
    monkeypatch.setattr("web.mcp.tools._OPENED", opened)
    monkeypatch.setattr(Watched, "made", 0)
    monkeypatch.setattr(Watched, "most", 0)
    found = tools.verify(quote, "")
    told = (found.verdict, found.quote_is_exact, len(found.spans), found.reports, found.at_least)
    assert told == answer
    assert Watched.made <= opened
    assert Watched.most <= 2  # the one at hand, until the next one is there


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda tools: tools.verify("", ""), "link"),
        (lambda tools: tools.verify("x", "no link"), "link"),
        (lambda tools: tools.hits(SearchRequest(q=Q, size=51)), "50"),
        (lambda tools: tools.passage("ffffffffffff", 0, 1), "ffffffffffff"),
        (lambda tools: tools.search(SearchRequest(q="(")), "("),
    ],
)
def test_what_is_wrong_is_said(tools: Tools, call: Callable[[Tools], object], said: str) -> None:
    with pytest.raises(GongkaiError) as caught:
        call(tools)
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_passage_has_its_bounds(tools: Tools, samples: IndexEngine) -> None:
    report = next(samples.every_report(SearchRequest(q=Q))).id
    length = len(samples.report(report).text())
    assert tools.passage(report, length - 1, length).end == length
    for start, end in ((-1, 1), (0, 0), (5, 5), (0, length + 1), (length, length + 1), (0, 4_001)):
        with pytest.raises(GongkaiError):
            tools.passage(report, start, end)


def test_without_the_package_it_says_what_to_install(
    samples_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.mcp.server.find_spec", lambda _: None)
    told = CliRunner().invoke(main, ["mcp", "--index", str(samples_index)])
    assert told.exit_code == 1
    assert "pip install gongkai[mcp]" in told.stderr
    assert told.stdout == ""


def test_an_index_that_is_not_there_is_told_before_the_session(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, ROOT / "gongkai.py", "mcp", "--index", tmp_path / "none", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert "gongkai index" in told.stderr
