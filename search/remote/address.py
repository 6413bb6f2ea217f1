"""Where a cluster is, and who we are there: read from what was typed and from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from indexer.errors import RequestError
from indexer.messages import Message

USER = "GONGKAI_CLUSTER_USER"
PASSWORD = "GONGKAI_CLUSTER_PASSWORD"
DEFAULT_NAME = "gongkai"
_PORTS = {"http": 9200, "https": 443}
"""As the cluster's own clients have it where an address names none."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the cluster, or what stands before all of them."""

    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.secure else ''}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Address:
    """Nodes of one cluster, any of which may be asked, and the index there, `name`. `ca`: a file of
    certificates (PEM) that are trusted instead of the system's."""

    nodes: tuple[Node, ...]
    name: str = DEFAULT_NAME
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None

    def __str__(self) -> str:
        """As it may be shown: no user, no password."""
        return ",".join(map(str, self.nodes)) + f"/{self.name}"


def address_of(typed: str, environment: Mapping[str, str], ca: Path | None = None) -> Address:
    """The cluster at https://user:password@host:port/name, or at several such, between commas; what stands in
    the first one need not be said again. A user of the environment wins over one in the address, which
    the list of processes shows. Raises RequestError."""
    texts = [text.strip() for text in typed.split(",") if text.strip()]
    first = _split(texts[0] if texts else "", "", typed)
    parts = [first, *(_split(text, first.scheme, typed) for text in texts[1:])]
    user, password = _user(parts, environment)
    if ca is not None and not ca.is_file():
        raise RequestError(
            Message("cluster_ca_missing", path=str(ca)), parameter="cluster-ca", hint=_HINT
        )
    return Address(
        tuple(dict.fromkeys(_node(part, typed) for part in parts)),
        _name(parts, typed),
        user,
        password,
        ca,
    )


_HINT = Message("cluster_address_hint")


def _bad(typed: str) -> RequestError:
    """The address cannot be used; what stands before an @ is not repeated."""
    shown = re.sub(r"[^/,\s]*@", "…@", typed)
    return RequestError(Message("cluster_address", url=shown), parameter="cluster", hint=_HINT)


def _split(text: str, scheme: str, typed: str) -> SplitResult:
    if "://" not in text and scheme:
        text = f"{scheme}://{text}"
    try:
        parts = urlsplit(text)
        sound = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise _bad(typed)
    return parts


def _node(parts: SplitResult, typed: str) -> Node:
    if parts.hostname is None:
        raise _bad(typed)
    return Node(parts.hostname, parts.port or _PORTS[parts.scheme], parts.scheme == "https")


def _name(parts: list[SplitResult], typed: str) -> str:
    named = {part.path.strip("/") for part in parts} - {""}
    name = named.pop() if named else DEFAULT_NAME
    if named or not _NAME.fullmatch(name):
        raise _bad(typed)
    return name


def _user(parts: list[SplitResult], environment: Mapping[str, str]) -> tuple[str, str]:
    named = next((part for part in parts if part.username), None)
    user = unquote(named.username or "") if named else ""
    password = unquote(named.password or "") if named else ""
    return environment.get(USER) or user, environment.get(PASSWORD) or password
