"""What newcomers are told to try finds something: by READMEs in the samples, by a page in its own index."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading_pages import query_of

from gongkai import main
from indexer.pipeline.build import build
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.source import FixedSource
from tests.three_reports import REPORT, write
from web.app import create_app
from web.texts import t

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def _queries(readme: str) -> list[str]:
    """The queries in the first column of the table; a field without a value is none."""
    text = (ROOT / readme).read_text("utf-8")
    cells = re.findall(r"^\| (`.*?) \|", text, re.M)
    typed = [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
    return [query for query in typed if not query.endswith(":")]


def _searches(readme: str) -> list[str]:
    """The command lines that search, without the name of the command."""
    return re.findall(r"^gongkai (search .*)$", (ROOT / readme).read_text("utf-8"), re.M)


@pytest.mark.parametrize("line", _searches(READMES[0]))
def test_every_search_of_the_readme_finds_something(samples_index: Path, line: str) -> None:
    typed = [*shlex.split(line), "--index", str(samples_index), "--json"]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["total"]["reports"] > 0


@pytest.mark.parametrize("query", _queries(READMES[0]))
def test_every_example_of_the_readme_finds_something(samples: IndexEngine, query: str) -> None:
    assert samples.search(SearchRequest(q=query)).total.reports > 0


def test_both_readmes_show_the_same_queries() -> None:
    english, chinese = map(_queries, READMES)
    assert len(english) > 10
    assert english == chinese
    searches = _searches(READMES[0])
    assert searches
    assert searches == _searches(READMES[1])


def shown(engine: Engine) -> list[str]:
    """The examples of the first page; each finds what the page says, and so does the placeholder."""
    client = create_app(FixedSource(engine)).test_client()
    html = client.get("/").text
    listed = re.search(r'<ul class="examples">.*?</ul>', html, re.S)
    links = re.findall(
        r'<a href="([^"]*)">.*?class="finds">([^<]*)<.*?class="about">([^<]*)<',
        listed[0] if listed else "",
        re.S,
    )
    queries = [query_of(href)["q"][0] for href, _, _ in links]
    for query, (_, finds, about) in zip(queries, links, strict=True):
        reports = engine.count(SearchRequest(q=query)).reports
        assert reports > 0
        assert finds == t("finds", count=f"{reports:,}")
        assert about
        assert query in unescape(html)
    placeholder = unescape(re.findall(r'placeholder="([^"]*)"', html)[0])
    phrases = [e.query for e in engine.overview().examples if e.kind == "phrase"]
    expected = t("query_example", query=phrases[0]) if phrases else t("query_neutral")
    assert placeholder == expected
    assert f'placeholder="{expected}"' in client.get("/?q=三务").text
    assert f'placeholder="{expected}"' in client.get("/api/").text
    return queries


def test_examples_of_the_samples(samples: IndexEngine) -> None:
    assert len(shown(samples)) == 6


def test_examples_of_a_tiny_corpus(tmp_path: Path) -> None:
    lines = (f"大家都很关心{c * 4}，乡村振兴，{c * 4}又有了新的进展。" for c in "甲乙丙丁戊己庚辛")
    text = "\n\n".join(lines)
    write(tmp_path / "corpus" / "东胜区" / "2018.txt", f"2018年工作总结\n\n{text}\n")
    write(tmp_path / "corpus" / "三元区" / "2018.txt", REPORT.format(place="三元区"))
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    assert shown(IndexEngine(tmp_path / "index"))


def test_no_report_no_example(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    build(tmp_path / "corpus", tmp_path / "index", jobs=1)
    assert shown(IndexEngine(tmp_path / "index")) == []


@pytest.mark.real
def test_examples_of_the_seeds_and_the_work_reports(
    shared: Path, work_reports_engine: IndexEngine, tmp_path: Path
) -> None:
    build(shared / "corpora/seeds", tmp_path / "index", jobs=1)
    assert len(shown(IndexEngine(tmp_path / "index"))) >= 5
    assert len(shown(work_reports_engine)) == 6
