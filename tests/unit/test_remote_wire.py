"""The wire to a cluster: who we say we are, whom we trust, and what each failure becomes."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from indexer.errors import ClusterError, GongkaiError
from search.remote import wire as room
from search.remote.address import address_of
from search.remote.patience import Patient
from search.remote.wire import HttpWire, NoAnswerError, RefusedError, client_of

NOWHERE = "http://127.0.0.1:1"


@dataclass
class Node:
    """A node of the tests' own: `answers` are given in turn, the last one again and again."""

    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, "{}")])
    asked: list[tuple[str, str, Mapping[str, str], bytes]] = field(default_factory=list)
    port: int = 0


@contextlib.contextmanager
def node(*answers: tuple[int, Any], tls: ssl.SSLContext | None = None) -> Iterator[Node]:
    found = Node([(status, json.dumps(said)) for status, said in answers] or [(200, "{}")])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found.asked.append((self.command, self.path, dict(self.headers), body))
            status, said = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

        do_GET = do_POST = answer  # noqa: N815 http.server calls it so

        def log_message(self, *said: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *about: Any) -> None:
            """Connections that a client broke off."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield found
        server.shutdown()


def wire(
    *urls: str, environment: Mapping[str, str] | None = None, ca: Path | None = None
) -> HttpWire:
    return HttpWire(address_of(",".join(urls), environment or {}, ca))


def test_what_is_asked_arrives_with_who_asks() -> None:
    who = {"GONGKAI_CLUSTER_USER": "记者", "GONGKAI_CLUSTER_PASSWORD": "密码:@"}
    with node((200, {"a": 1})) as one:
        asked = wire(f"http://127.0.0.1:{one.port}", environment=who)
        assert asked.send("POST", "/x/_bulk", b"{}\n", {"pretty": "true"}) == {"a": 1}
    ((method, path, headers, body),) = one.asked
    assert (method, path, body) == ("POST", "/x/_bulk?pretty=true", b"{}\n")
    heads = {name.lower(): value for name, value in headers.items()}
    assert heads["content-type"] == "application/x-ndjson"
    kind, _, said = heads["authorization"].partition(" ")
    assert (kind, b64decode(said).decode()) == ("Basic", "记者:密码:@")


def test_a_node_that_is_away_is_passed_over() -> None:
    with node() as one:
        asked = wire(NOWHERE, f"http://127.0.0.1:{one.port}")
        for _ in range(6):
            assert asked.send("GET", "/") == {}
    assert len(one.asked) == 6


def test_no_node_answers() -> None:
    with pytest.raises(NoAnswerError) as caught:
        wire(NOWHERE).send("GET", "/")
    assert caught.value.message.key == "cluster_no_answer"


@pytest.mark.parametrize(
    ("status", "said", "key", "kind"),
    [
        (401, {}, "cluster_forbidden", ""),
        (403, {}, "cluster_forbidden", ""),
        (
            404,
            {"error": {"type": "index_not_found_exception", "reason": "no such index"}},
            "cluster_refused",
            "index_not_found_exception",
        ),
        (
            400,
            {"error": {"type": "a", "reason": "b", "caused_by": {"reason": "in <fact>"}}},
            "cluster_refused",
            "a",
        ),
        (500, {"error": "text"}, "cluster_refused", "text"),
    ],
)
def test_what_the_cluster_refuses(status: int, said: Any, key: str, kind: str) -> None:
    with node((status, said)) as one, pytest.raises(RefusedError) as caught:
        wire(f"http://127.0.0.1:{one.port}").send("GET", "/x")
    assert caught.value.message.key == key
    assert caught.value.status == status
    assert kind in caught.value.kind
    assert len(one.asked) == 1, "who asks decides whether to ask again"


@pytest.mark.parametrize("status", [200, 503])
def test_what_is_no_answer_of_a_cluster(status: int) -> None:
    with node((status, "no object")) as one:
        one.answers = [(status, '"no object"' if status == 503 else "<html>")]
        with pytest.raises(ClusterError):
            wire(f"http://127.0.0.1:{one.port}").send("GET", "/x")


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return trustme.CA()


def encrypting(issuer: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_a_certificate_is_trusted_where_its_authority_is(
    issuer: trustme.CA, tmp_path: Path
) -> None:
    trusted = tmp_path / "ca.pem"
    issuer.cert_pem.write_to_path(str(trusted))
    with node((200, {"a": 1}), tls=encrypting(issuer)) as one:
        url = f"https://127.0.0.1:{one.port}"
        assert wire(url, ca=trusted).send("GET", "/") == {"a": 1}
        with pytest.raises(ClusterError) as caught:
            wire(url).send("GET", "/")
    assert caught.value.message.key == "cluster_certificate"
    assert len(one.asked) == 1, "nothing is told to who is not trusted"


def test_the_library_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "find_spec", lambda name: None)
    with pytest.raises(GongkaiError) as caught:
        wire(NOWHERE)
    assert "gongkai[cluster]" in str(caught.value)


PASSING = {"responses": [{"status": 200}, {"status": 503, "error": {}}]}
SOUND = {"responses": [{"status": 200}, {"status": 200}]}


@pytest.mark.parametrize(
    ("answers", "expected", "tries"),
    [
        ([(200, SOUND)], SOUND, 1),
        ([(503, {}), (429, {}), (200, SOUND)], SOUND, 3),
        ([(200, PASSING), (200, SOUND)], SOUND, 2),
        ([(200, {"responses": [{"status": 400}]})], {"responses": [{"status": 400}]}, 1),
    ],
)
def test_a_client_asks_again_for_what_passes(
    answers: list[tuple[int, Any]], expected: Any, tries: int
) -> None:
    with node(*answers) as one:
        client = client_of(address_of(f"http://127.0.0.1:{one.port}", {}))
        client.transport = Patient(client.transport, sleep=lambda _: None)
        assert client.msearch(body=[{}, {}], request_timeout=5) == expected
    assert len(one.asked) == tries


def test_a_client_gives_up_in_the_end() -> None:
    with node((200, PASSING)) as one:
        client = client_of(address_of(f"http://127.0.0.1:{one.port}", {}))
        client.transport = Patient(client.transport, patience=0.0)
        assert client.msearch(body=[{}, {}]) == PASSING
    with node((503, {})) as one:
        client = client_of(address_of(f"http://127.0.0.1:{one.port}", {}))
        client.transport = Patient(client.transport, patience=0.0)
        with pytest.raises(Exception, match="503"):
            client.msearch(body=[{}, {}])
