"""Nodes are killed while readers ask and while reports are sent: no answer is wrong or of some shards alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from indexer.errors import ClusterError
from indexer.pipeline.build import build as build_here
from search.local.engine import IndexEngine
from search.model import SearchRequest, SearchResult
from search.remote.build import Settings, build
from search.remote.cluster import Cluster
from search.remote.generations import current
from search.remote.known import known_files
from search.remote.opening import open_cluster
from tests.cluster.conftest import whole
from tests.cluster.load import Seen, readers, until
from tests.cluster.nodes import Nodes
from tests.conftest import SAMPLES

pytestmark = pytest.mark.cluster

ENOUGH = 1_000
"""Questions that are asked, a third of them before, during and after each node's death."""
GRACE = 10.0
"""Seconds after a death in which there may be errors."""
QUERIES = (
    "公开",
    "三务公开",
    "政府信息 AND 主动",
    "公开 NOT 镇",
    '"依申请公开"',
    "公开 NEAR/10 信息",
    "year:2018 公开",
    "region:江苏 信息",
    "section:problems 不足",
    "政*开",
)
REQUESTS = [
    SearchRequest(q=query, size=size, page=page)
    for query in QUERIES
    for size, page in ((20, 1), (5, 2))
]
MANY = 300
SOON = Settings(grace=1.0, stale=3.0)


def bare(result: SearchResult) -> SearchResult:
    return replace(result, took_ms=0.0)


def test_any_node_may_die_while_readers_ask(nodes: Nodes, cluster: Cluster, tmp_path: Path) -> None:
    build_here(SAMPLES, tmp_path / "index", jobs=1, clock=lambda: 1.0)
    build(SAMPLES, cluster, jobs=1, clock=lambda: 1.0, settings=SOON)
    here = IndexEngine(tmp_path / "index")
    expected = [bare(here.search(request)) for request in REQUESTS]
    there = open_cluster(cluster.address)

    def ask(number: int) -> str:
        at = number % len(REQUESTS)
        answer = bare(there.search(REQUESTS[at]))
        return "" if answer == expected[at] else f"{REQUESTS[at]}: {answer}"[:2000]

    first = nodes.manager()
    for victim in (first, *({1, 2, 3} - {first})):
        manager = nodes.manager()
        seen, died = asked_while_one_dies(ask, nodes, victim)
        print(f"n{victim} (manager: n{manager}): asked {seen.asked}, refused {len(seen.refused)}")
        assert not seen.wrong, seen.wrong[:1]
        assert not seen.broken, seen.broken[:1]
        assert not seen.after(died + GRACE), seen.after(died + GRACE)[:1]
        whole(nodes)


def asked_while_one_dies(
    ask: Callable[[int], str], nodes: Nodes, victim: int
) -> tuple[Seen, float]:
    """What readers were answered before, during and after the death of a node, and when that was."""
    with readers(ask) as seen:
        until(lambda: seen.asked >= ENOUGH // 9, "no reader is answered")
        died = time.monotonic()
        nodes.kill(victim)
        until(lambda: seen.asked >= 2 * ENOUGH // 9, "no reader is answered after a death")
        until(lambda: time.monotonic() > died + GRACE, "time stands still")
        late = seen.asked
        until(lambda: seen.asked >= late + ENOUGH // 9, "no reader is answered later")
    return seen, died


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports enough, in requests small enough, that a node dies in the midst of them."""
    monkeypatch.setattr("search.remote.bulk.BYTES", 1 << 18)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        lines = (f"本县第{number}号公开事项{line}件，已答复{line * 7}件。" for line in range(100))
        text = f"第{number}县2019年政府信息公开工作年度报告\n一、总体情况\n" + "\n".join(lines)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("who", ["manager", "another"])
def test_a_run_of_the_index_outlives_a_node(
    nodes: Nodes, cluster: Cluster, many: Path, who: str
) -> None:
    """It ends whole, or says that it did not and goes on the next time; readers never see a part of it."""
    ended: list[Any] = []

    def work() -> None:
        try:
            ended.append(build(many, cluster, jobs=1, rebuild=True, settings=SOON))
        except ClusterError as error:
            ended.append(error)

    manager = nodes.manager()
    victim = manager if who == "manager" else manager % 3 + 1
    run = Thread(target=work, daemon=True)
    run.start()
    until(lambda: _taken(cluster) > MANY // 5, "nothing is sent")
    nodes.kill(victim)
    run.join()
    (outcome,) = ended
    print(f"n{victim} died ({who}): {outcome!r}"[:300])
    if isinstance(outcome, ClusterError):
        nodes.start()
        build(many, cluster, jobs=1, settings=SOON)
    assert len(known_files(cluster, current(cluster).index)) == MANY
    whole(nodes)


def _taken(cluster: Cluster) -> int:
    """Documents that the cluster holds of the newest generation, found or not."""
    name = cluster.address.name
    told = cluster.ask("GET", f"/{name}-2*/_stats/indexing")["indices"]
    return max((e["primaries"]["indexing"]["index_total"] for e in told.values()), default=0)
