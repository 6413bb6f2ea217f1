"""One generation after another, on a real cluster: under load, after kills, beside another writer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import LockedIndexError
from search.model import SearchRequest
from search.remote.build import Settings, build
from search.remote.cluster import Cluster
from search.remote.following import RemoteSource
from search.remote.generations import current, generations
from search.remote.lock import WriteLock
from search.remote.opening import follow_cluster
from tests.cluster.load import readers, until
from tests.conftest import ROOT

pytestmark = pytest.mark.cluster

SOON = Settings(grace=5.0, stale=3.0)
REPORTS = 40


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    written(folder, 1)
    return folder


def written(folder: Path, edition: int) -> None:
    """All reports in one edition, which each of them names."""
    for number in range(REPORTS):
        text = f"第{number}县2019年政府信息公开工作年度报告\n一、总体情况\n这是第{edition}版公开内容。\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def test_readers_see_one_edition_or_the_next_never_both(corpus: Path, cluster: Cluster) -> None:
    build(corpus, cluster, jobs=1, settings=SOON)
    seen_editions: set[str] = set()
    request = SearchRequest(q="版公开内容", size=REPORTS, passages=1)

    with follow_cluster(cluster.address) as source:

        def ask(number: int) -> str:
            engine = source.now()
            found = engine.search(request)
            said = {
                fragment.text
                for report in found.reports
                for passage in report.passages
                for fragment in passage.fragments
            }
            editions = {text[-1] for text in said if text.startswith("这是第")}
            seen_editions.update(editions)
            sound = found.total.reports == len(found.reports) == REPORTS and len(editions) == 1
            return "" if sound else f"{found.total}, {said}"

        with readers(ask) as seen:
            for edition in (2, 3, 4):
                written(corpus, edition)
                build(corpus, cluster, jobs=1, settings=SOON)
                await_edition(source, current(cluster).index, str(edition), seen_editions)
    print(f"asked {seen.asked} over {seen_editions}, refused {len(seen.refused)}")
    assert not seen.wrong, seen.wrong[:1]
    assert not seen.broken, seen.broken[:1]
    assert not seen.refused, seen.refused[:1]
    assert len(seen_editions) == 4
    assert len(generations(cluster)) == 1, "older ones are removed"


def await_edition(source: RemoteSource, index: str, edition: str, seen: set[str]) -> None:
    until(lambda: source.now().generation == index, "the newest is not taken up")
    until(lambda: edition in seen, "the newest is not seen")


RUN = """
import sys
from pathlib import Path
from search.remote import bulk
from search.remote.address import address_of
from search.remote.build import build
from search.remote.cluster import Cluster

if __name__ == "__main__":
    bulk.ITEMS = 1
    build(Path(sys.argv[1]), Cluster(address_of(sys.argv[2], {})), jobs=1)
"""


def test_a_run_that_was_killed_is_taken_up(corpus: Path, cluster: Cluster, tmp_path: Path) -> None:
    """SIGKILL: the lock is left, and so is a generation that nobody asks."""
    script = tmp_path / "run.py"
    script.write_text(RUN)
    url = ",".join(map(str, cluster.address.nodes)) + f"/{cluster.address.name}"
    run = subprocess.Popen(
        [sys.executable, str(script), str(corpus), url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    until(lambda: _held(cluster) >= REPORTS // 4 or run.poll() is not None, "nothing is sent")
    run.kill()
    assert run.wait() != 0, "it had ended"
    (left,) = generations(cluster)
    assert not left.is_current
    cluster.ask("POST", f"/{left.index}/_refresh")
    summary = build(corpus, cluster, jobs=1, settings=SOON)
    print(f"read anew: {summary.read} of {REPORTS}")
    assert summary.read <= REPORTS - REPORTS // 4
    assert current(cluster).index == left.index
    assert summary.reports == REPORTS


def _held(cluster: Cluster) -> int:
    told = cluster.ask("GET", f"/{cluster.address.name}-2*/_stats/indexing")["indices"]
    return max((e["primaries"]["indexing"]["index_total"] for e in told.values()), default=0)


def test_a_second_writer_is_told(corpus: Path, cluster: Cluster) -> None:
    with WriteLock(cluster, beat=0.2), pytest.raises(LockedIndexError) as caught:
        build(corpus, cluster, jobs=1, settings=SOON)
    assert caught.value.message.key == "cluster_locked"
    assert build(corpus, cluster, jobs=1, settings=SOON).reports == REPORTS
