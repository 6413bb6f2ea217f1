"""Bulk requests: what the cluster has no room for is sent again, what it refuses is told, nothing is lost."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from indexer.errors import ClusterError
from search.remote import bulk as room
from search.remote.bulk import Bulk, Item, Left, left_of
from search.remote.pace import Pace
from tests.fake_cluster import FakeCluster, no_answer, refused

ITEMS = [
    Item(str(n), f"{n}.txt", b'{"index":{"_id":"%d"}}\n{"present":true}\n' % n) for n in range(5)
]


def told(*statuses: int, action: str = "index") -> dict[str, Any]:
    return {"items": [{action: {"status": s, "error": {"reason": f"r{s}"}}} for s in statuses]}


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (told(200, 201, 200, 200, 200), Left()),
        (told(200, 429, 200, 503, 201), Left((ITEMS[1], ITEMS[3]), "r503")),
        (told(200, 400, 429, 200, 200), Left(refused=(ITEMS[1], 400, "r400"))),
        (told(404, 404, 404, 404, 404), Left(tuple(ITEMS), "r404")),
        (told(404, 404, 404, 404, 404, action="delete"), Left()),
        (told(200), Left(tuple(ITEMS), "an answer that tells not of each document")),
        ("<html>", Left(tuple(ITEMS), "an answer that tells not of each document")),
    ],
)
def test_every_status_is_looked_at(answer: Any, left: Left) -> None:
    assert left_of(ITEMS, answer) == left


def sent(cluster: FakeCluster, items: list[Item], **settings: Any) -> dict[str, Any]:
    """What the cluster holds after these were sent."""
    cluster.create("new", b'{"settings":{}}', {})
    with Bulk(cluster.open(), "new", sleep=lambda _: None, **settings) as bulk:
        for item in items:
            bulk.put(item)
        bulk.flush()
    return cluster.indexes["new"].documents


def test_all_arrives_though_any_request_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ITEMS", 7)
    cluster, drawn = FakeCluster(), random.Random(1)
    items = [
        Item(str(n), "", b'{"index":{"_id":"%d"}}\n{"present":true}\n' % n) for n in range(300)
    ]

    def trouble(method: str, path: str, body: bytes) -> Any:
        """One in two requests is lost before it is done or after, refused, or taken in part."""
        what = drawn.randrange(10)
        if what == 0:
            raise no_answer()
        if what == 1:
            cluster.bulk("new", body, {})
            raise no_answer()
        if what == 2:
            raise refused(429)
        lines = body.splitlines(keepends=True)
        if what in (3, 4):
            statuses = [drawn.choice((200, 429, 503)) for _ in range(len(lines) // 2)]
            for at, status in enumerate(statuses):
                if status == 200:
                    cluster.bulk("new", b"".join(lines[2 * at : 2 * at + 2]), {})
            return told(*statuses)
        return None

    cluster.trouble = trouble
    assert sent(cluster, items).keys() == {item.id for item in items}


def test_what_is_too_large_as_a_whole_is_sent_in_halves() -> None:
    cluster = FakeCluster()

    def trouble(method: str, path: str, body: bytes) -> Any:
        if body.count(b"\n") > 4:
            raise refused(413)

    cluster.trouble = trouble
    assert len(sent(cluster, ITEMS)) == 5


def test_one_document_that_is_too_large_is_named() -> None:
    cluster = FakeCluster()

    def trouble(method: str, path: str, body: bytes) -> Any:
        raise refused(413, "too large")

    cluster.trouble = trouble
    with pytest.raises(ClusterError) as caught:
        sent(cluster, ITEMS[:1])
    assert dict(caught.value.message.values)["source"] == "0.txt"


def test_a_refused_document_ends_the_run_and_is_named() -> None:
    cluster = FakeCluster()
    cluster.trouble = lambda method, path, body: told(
        *(400 if b'"3"' in line else 200 for line in body.splitlines()[::2])
    )
    with pytest.raises(ClusterError) as caught:
        sent(cluster, ITEMS)
    assert caught.value.message.key == "cluster_item_refused"
    assert dict(caught.value.message.values)["source"] == "3.txt"


def test_a_cluster_that_takes_nothing_is_given_up() -> None:
    cluster = FakeCluster()
    cluster.trouble = lambda method, path, body: told(*[429] * (len(body.splitlines()) // 2))
    with pytest.raises(ClusterError) as caught:
        sent(cluster, ITEMS, patience=0.0)
    assert caught.value.message.key == "cluster_full"


def test_an_error_reaches_who_puts_documents_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """He who puts waits for room, so an error cannot go by for long."""
    monkeypatch.setattr(room, "ITEMS", 1)
    cluster = FakeCluster()
    cluster.trouble = lambda method, path, body: told(400)
    many = [Item(str(n), "", b'{"index":{"_id":"1"}}\n{}\n') for n in range(100)]
    with pytest.raises(ClusterError):
        sent(cluster, many)
    assert len(cluster.asked) < 20


def test_batches_end_at_bytes_or_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BYTES", 100)
    cluster, sizes = FakeCluster(), []

    def trouble(method: str, path: str, body: bytes) -> None:
        sizes.append(len(body))
        assert all(json.loads(line) for line in body.splitlines())

    cluster.trouble = trouble
    sent(cluster, ITEMS)
    assert len(sizes) == 2
    assert all(size >= 40 for size in sizes)


def test_the_pace_halves_and_recovers() -> None:
    pace = Pace(4)
    seen = []
    for slower in (True, True, True, False, False, False, False, False, False, False):
        pace.told(slower=slower)
        seen.append(pace.allowed)
    assert seen == [2, 1, 1, 2, 2, 2, 3, 3, 3, 4]
