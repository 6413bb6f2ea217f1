"""What a request asks of a cluster: written out once (`tests/golden/cluster.json`), and nothing of it is ignored.

`python -m tests.unit.test_remote_queries` writes the file anew; whoever does reads what has changed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import LimitError, RequestError
from indexer.model import KINDS
from search.model import DEFAULTS, SearchRequest, Totals
from search.query.tree import Phrase
from search.remote import leaves
from search.remote.dsl import Query
from search.remote.facets import Known, KnownRegions
from search.remote.leaves import STEP, most_both
from search.remote.mapping import MOST_SHOWN
from search.remote.pages import page_body, ranked
from search.remote.prepared import Prepared
from search.remote.relevance import Relevance
from search.remote.sections import is_of_one
from search.remote.totals import facet_bodies, overflow, totals_bodies, totals_of

GOLDEN = Path(__file__).parents[1] / "golden" / "cluster.json"
ASKED: dict[str, SearchRequest] = {
    "phrase": SearchRequest("公开"),
    "character": SearchRequest("法"),
    "long phrase": SearchRequest('"依申请公开"'),
    "ascii": SearchRequest("12条"),
    "whole": SearchRequest("信息公开", whole=True),
    "words": SearchRequest("政府信息公开", words=True),
    "and": SearchRequest("政府 公开"),
    "or": SearchRequest("收费 OR 减免"),
    "composed or": SearchRequest("收费 OR (减免 公开)"),
    "not": SearchRequest("收费 NOT 减免"),
    "near": SearchRequest("收费 NEAR/5 减免"),
    "wildcard": SearchRequest('"公*开"'),
    "title": SearchRequest("title:年度 公开"),
    "fields": SearchRequest("region:东胜区 year:2019.. genre:disclosure issuer:办公室 公开"),
    "section": SearchRequest("section:fees 公开"),
    "everything": SearchRequest(),
    "kinds": SearchRequest("公开", section=("fees", "review")),
    "in a section": SearchRequest("收费 减免", scope="section"),
    "silent": SearchRequest("收费", silent=True, section=("fees",)),
    "filters": SearchRequest(
        "公开",
        region=("150602",),
        year=(2019,),
        year_from=2021,
        genre=("work_report",),
        issuer=("某局",),
        origin=("text",),
        since="2026-01-01",
    ),
    "by hits": SearchRequest("公开", sort="hits", page=3, size=10),
}


def bodies(request: SearchRequest) -> dict[str, Any]:
    """All that is asked for an answer."""
    prepared = Prepared.of(request)
    relevance: Query | None = None
    if prepared.finds_text and not request.silent:
        ranking = Relevance(prepared.asked, 1_000.0)
        counts = dict.fromkeys(ranking.leaves, 10)
        relevance = ranking.query(counts, 100, len(ranking.leaves))
    page = page_body(ranked(prepared, relevance), request)
    return facet_bodies(prepared, totals_bodies(prepared), Known(KnownRegions(()), KINDS)) | {
        "page": page
    }


def told(request: SearchRequest) -> Any:
    """All of it as JSON."""
    return short(bodies(request))


def short(asked: Any) -> Any:
    """As JSON, without the text of the script."""
    text = json.dumps(asked, ensure_ascii=False)
    return json.loads(text.replace(json.dumps(leaves._SCRIPT, ensure_ascii=False)[1:-1], "…"))


def core(request: SearchRequest) -> dict[str, Any]:
    """Which reports match, and by what they are counted."""
    asked = told(request)
    prepared = Prepared.of(request)
    return {"found": prepared.found, "counted": asked["hits"]["query"]}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked(name: str) -> None:
    assert short(core(ASKED[name])) == json.loads(GOLDEN.read_text("utf-8"))[name]


OTHER: dict[str, Any] = {
    "q": "收费",
    "region": ("150602",),
    "year": (2019,),
    "year_from": 2019,
    "year_to": 2019,
    "section": ("fees",),
    "genre": ("other",),
    "issuer": ("某局",),
    "origin": ("recognised",),
    "since": "2026-01-01",
    "scope": "section",
    "words": True,
    "whole": True,
    "silent": True,
    "sort": "year",
    "page": 2,
    "size": 7,
}
READ = {"literal", "passages"}
"""What the reports that come back are read for: see `Prepared.is_literal`, `fetched.shown`."""


def test_no_part_of_a_request_is_ignored() -> None:
    assert OTHER.keys() | READ == DEFAULTS.keys()
    plain = SearchRequest("政府信息公开")
    for name, value in OTHER.items():
        assert told(replace(plain, **{name: value})) != told(plain), name
    assert Prepared.of(replace(plain, literal=True)).is_literal


def _told(**aggregations: Any) -> dict[str, Any]:
    return {"hits": {"total": {"value": 2}}, "aggregations": aggregations}


def test_hits_and_those_of_whole_words_are_told_by_one_score() -> None:
    prepared = Prepared.of(SearchRequest("公开"))
    told = {"both": {"sum": 70 * STEP + 9.0, "max": 50.0 * STEP}, "hits": {"value": 70.0}}
    answers = {"hits": _told(**told)}
    assert not overflow(prepared, answers)
    assert totals_of(prepared, answers) == Totals(2, 0, 70, 9)
    nothing = {"both": {"sum": 0.0, "max": None}, "hits": {"value": 0.0}}
    assert not overflow(prepared, {"hits": _told(**nothing)})


def test_what_one_score_cannot_tell_is_asked_by_itself() -> None:
    prepared = Prepared.of(SearchRequest("公开"))
    most = float(most_both([Phrase("公开", "公开")]))
    told = {"both": {"sum": most, "max": most}, "hits": {"value": 1024.0}}
    answers = {"hits": _told(**told)}
    more = overflow(prepared, answers)
    assert [json.dumps(body).count(str(STEP)) for body in more.values()] == [0, 0]
    counts = zip(more, (1_030.0, 7.0), strict=True)
    answers |= {name: _told(both={"value": count}) for name, count in counts}
    assert totals_of(prepared, answers) == Totals(2, 0, 1_030, 7)


@pytest.mark.parametrize(
    ("texts", "most"),
    [
        (["公"], 1 << 22),
        (["公开"], 1 << 22),
        (["公开法", "政务公开"], 1 << 22),
        (["政务公开法"], (1 << 23) // 9),
        (["政务公开法", "公", "政府信息公开年度报告"], (1 << 23) // 11),
        (["政府信息公开年"], 1 << 22),
    ],
)
def test_what_one_score_can_tell(texts: list[str], most: int) -> None:
    """Halves and quarters are exact; thirds and fifths are rounded."""
    assert most_both(Phrase(text, text) for text in texts) == most


@pytest.mark.parametrize(
    ("query", "one"),
    [
        ("公开", True),
        ("公开 OR 法", True),
        ("公开 NOT 法", True),
        ("公开 year:2019", True),
        ("公开 (year:2019 OR NOT 法)", True),
        ("公开 法", False),
        ("公开 NOT (法 NOT 收费)", False),
        ("公开 NOT section:fees", True),
        ("section:fees 公开", False),
        ("公开 title:法", False),
        ("公开 (year:2019 OR section:fees)", False),
    ],
)
def test_sections_by_kind_are_told_in_one_pass_where_one_text_decides(
    query: str, *, one: bool
) -> None:
    assert is_of_one(Prepared.of(SearchRequest(query)).asked) == one


def test_a_text_asked_twice_does_not_stand_for_another() -> None:
    """It did: what an alternative could hit, too, was then a must."""
    for query in ("公开 法", "公开 公开 法", "公开 公开"):
        assert Prepared.of(SearchRequest(query)).asked.together is not None
    for query in ("公开 公开 (NOT 法 OR 收费 NEAR/5 减免)", "公开 公开 (NOT 法 OR 收费)"):
        assert Prepared.of(SearchRequest(query)).asked.together is None


def test_what_is_too_much_is_refused() -> None:
    composed = " OR ".join(f"(公开 {word})" for word in "一二三四五六")
    with pytest.raises(LimitError):
        bodies(SearchRequest(composed))
    with pytest.raises(LimitError):
        bodies(SearchRequest("公开", page=MOST_SHOWN // 20 + 1))
    with pytest.raises(LimitError):
        bodies(SearchRequest(" OR ".join("天地玄黄宇宙洪荒日月盈昃" * 9)))
    with pytest.raises(RequestError):
        bodies(SearchRequest("公开", region=("没有的地方",)))


if __name__ == "__main__":
    lines = [
        f'"{name}": {json.dumps(short(core(asked)), ensure_ascii=False)}'
        for name, asked in ASKED.items()
    ]
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
