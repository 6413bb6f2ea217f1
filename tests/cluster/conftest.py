"""The cluster that these tests run on: three nodes of their own, which may be killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.remote.address import Address, address_of
from search.remote.cluster import Cluster
from tests.cluster.nodes import Nodes

URL = "GONGKAI_CLUSTER_URL"
"""Names the cluster that is asked; the one that is killed is always our own."""
_FOLDER = Path(os.environ.get("GONGKAI_CLUSTER_FOLDER", ".cluster"))
_PORT = int(os.environ.get("GONGKAI_CLUSTER_PORT", "9211"))


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """Three nodes that hold nothing. NoClusterError, a failure, where there can be none."""
    nodes = Nodes(_FOLDER, port=_PORT, name="tests")
    nodes.forget()
    nodes.start()
    yield nodes
    nodes.stop()


@pytest.fixture(scope="session", autouse=True)
def _cluster_is_named(request: pytest.FixtureRequest) -> None:
    if not os.environ.get(URL):
        os.environ[URL] = request.getfixturevalue("nodes").urls[0]


@pytest.fixture
def address(nodes: Nodes, request: pytest.FixtureRequest) -> Address:
    """An index of its own for each test, at all nodes."""
    name = request.node.name.split("[")[0].replace("_", "-").lower()
    return address_of(",".join(nodes.urls) + f"/{name}", {})


@pytest.fixture
def cluster(address: Address, nodes: Nodes) -> Cluster:
    """The same, asked; all nodes run."""
    whole(nodes)
    return Cluster(address)


def whole(nodes: Nodes) -> None:
    """Start what was killed, and wait until every copy of every shard is there."""
    nodes.start()
    asked = Cluster(address_of(nodes.urls[0], {}))
    found = asked.ask(
        "GET",
        "/_cluster/health",
        params={"wait_for_status": "green", "timeout": "110s"},
        seconds=120.0,
    )
    assert not found["timed_out"], found
