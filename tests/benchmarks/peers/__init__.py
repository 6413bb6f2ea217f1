"""One file an engine; `ALL` lists them in the order of the table."""

from __future__ import annotations

from tests.benchmarks.peers.fts5 import Fts5
from tests.benchmarks.peers.gongkai import Gongkai
from tests.benchmarks.peers.groonga import Groonga
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.peers.tantivy import Tantivy
from tests.benchmarks.peers.whoosh import Whoosh

ALL: tuple[Peer, ...] = (Gongkai(), Tantivy(), Groonga(), Fts5(), Whoosh())


def peer_named(name: str) -> Peer:
    return next(peer for peer in ALL if peer.name == name)
