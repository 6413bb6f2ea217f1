"""HTTP requests drawn at random, as bytes on the wire: over every address, well made or hostile in any part.

The grammar is what the application says of itself: its addresses, the parameters of its OpenAPI description and
of its requests, and the names of fields that its forms have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

from werkzeug.routing import Map, Rule

import web
from search.model import SearchRequest
from tests.fuzzing import Mix, requests
from tests.hostile import HEADERS, HOSTILE, METHODS, WRONG_PERCENTS
from web.api.openapi import document
from web.shown import Shown

_FIELD = re.compile(r'\bname="([a-z_]+)"')
_MIX = Mix(heavy=0.03, broken=0.3)
LONGEST_HEAD = 1 << 18
"""Bytes of a request before its body: a server refuses longer ones itself (waitress so)."""


class Sent(NamedTuple):
    """A request: its target and body as they are sent."""

    method: str
    path: bytes
    query: bytes
    headers: dict[str, str]
    body: bytes

    @property
    def head(self) -> int:
        """Bytes before the body, about."""
        return len(self.path) + len(self.query) + sum(map(len, self.headers.values()))


class Known(NamedTuple):
    """What stands in the index and in forms: ids of reports, passages of them as `start-end`, their checksums,
    the token. `cookie` makes the session of a user, where there are users."""

    ids: Sequence[str]
    spans: Sequence[tuple[str, str, str]]
    token: str
    cookie: Callable[[], str] | None = None


def parameters() -> dict[str, dict[str, Any]]:
    """The schema of each parameter that a request may have; {} where nothing is said of one."""
    found: dict[str, dict[str, Any]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("in") == "query":
                found[value["name"]] = value.get("schema", {})
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(document("0" * 12))
    for kind in (SearchRequest, Shown):
        for field in fields(kind):
            found.setdefault(field.name, {})
    for name in ("done", "hit", "at", "v", "reason", "name"):
        found.setdefault(name, {})
    for name in form_fields():
        found.setdefault(name, {})
    return found


def form_fields() -> list[str]:
    """The names of all fields in all forms."""
    templates = Path(web.__file__).with_name("templates")
    texts = (path.read_text("utf-8") for path in templates.rglob("*.html"))
    return sorted({name for text in texts for name in _FIELD.findall(text)})


class DrawnRequests:
    """Draws requests without end."""

    def __init__(
        self,
        chooser: Random,
        rules: Map,
        known: Known,
        texts: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        self._chooser = chooser
        self._rules: list[Rule] = list(rules.iter_rules())
        self._known = known
        self._queries = requests(chooser, *texts, _MIX)
        self._parameters = parameters()
        self._names = list(self._parameters)
        self._fields = form_fields()

    def __iter__(self) -> Iterator[Sent]:
        return self

    def __next__(self) -> Sent:
        while (drawn := self._drawn()).head > LONGEST_HEAD:
            pass
        return drawn

    def _drawn(self) -> Sent:
        chooser = self._chooser
        rule = chooser.choice(self._rules)
        takes = sorted(rule.methods or ())
        method = chooser.choice(
            takes if chooser.random() < 0.3 else [m for m in takes if m in ("GET", "POST")]
        )
        if chooser.random() < 0.03:
            method = chooser.choice(METHODS)
        body, kind = self._body() if method == "POST" or chooser.random() < 0.02 else (b"", "")
        return Sent(method, self._path(rule), self._query(), self._headers(kind), body)

    def _seldom(self, chance: float) -> bool:
        return self._chooser.random() < chance

    def _path(self, rule: Rule) -> bytes:
        path = re.sub(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>", self._part, rule.rule)
        sent = quote_from_bytes(path.encode("utf-8", "surrogatepass"), safe="/%").encode()
        if self._seldom(0.05):
            at = self._chooser.randint(0, len(sent))
            sent = (
                sent[:at]
                + self._chooser.choice((*WRONG_PERCENTS, b"/", b"//", b".", b".."))
                + sent[at:]
            )
        return sent if sent.startswith(b"/") else b"/" + sent

    def _part(self, found: re.Match[str]) -> str:
        """What stands for a part of an address that varies."""
        chooser, (kind, given, name) = self._chooser, found.groups()
        if self._seldom(0.15):
            return self._hostile()
        if kind == "any":
            return chooser.choice([each.strip() for each in given.split(",")])
        if kind == "int":
            return str(chooser.choice((0, 1, 1, 2, 3, 20, 10**12, 10**25)))
        of, span, check = chooser.choice(self._known.spans)
        values = {
            "report_id": of,
            "span": span,
            "check": check,
            "chosen": "en",
            "filename": "icon.svg",
        }
        return values.get(name) or chooser.choice(("cancel", "resume", "x" * 22))

    def _query(self) -> bytes:
        chooser, pairs = self._chooser, []
        if self._seldom(0.8):
            pairs.append(self._pair("q"))
        for _ in range(chooser.choice((0, 0, 1, 1, 2, 4, 9))):
            name = chooser.choice(self._names)
            pairs += [self._pair(name)] * (
                1 if self._seldom(0.95) else chooser.choice((2, 101, 300))
            )
        if self._seldom(0.05):
            pairs.append(
                chooser.choice(
                    (b"&&&", b"=", b"q", b"=q", b"%FF=%FF", b";a=b", b"q=%", b"\xff\xfe", b"?")
                )
            )
        chooser.shuffle(pairs)
        return b"&".join(pairs)

    def _pair(self, name: str) -> bytes:
        value = quote_from_bytes(
            self._value(name).encode("utf-8", "surrogatepass"), safe=""
        ).encode()
        if self._seldom(0.03):
            value += self._chooser.choice(WRONG_PERCENTS)
        return name.encode() + b"=" + value

    def _value(self, name: str) -> str:
        """Of a parameter or a field: of its kind mostly, of any at times."""
        chooser = self._chooser
        if self._seldom(0.15):
            return self._hostile()
        schema = self._parameters.get(name, {})
        schema = schema.get("items", schema)
        of, span, check = chooser.choice(self._known.spans)
        start, _, end = span.partition("-")
        told: dict[str, Callable[[], str]] = {
            "q": self._text,
            "token": lambda: self._known.token,
            "a": lambda: of,
            "b": lambda: chooser.choice(self._known.ids),
            "link": lambda: f"/reports/{of}/{span}/{check}",
            "passage": lambda: f"{of}/{span}/{check}",
            "start": lambda: start,
            "end": lambda: end,
            "back": lambda: chooser.choice(("/", "/?q=1", "/findings", "//x")),
            "queries": lambda: "\n".join(self._text() for _ in range(chooser.choice((1, 3, 30)))),
        }
        if name in told:
            return told[name]()
        if "enum" in schema:
            return str(chooser.choice(schema["enum"]))
        if schema.get("type") == "integer":
            return str(chooser.choice((0, 1, 2, 3, 20, 50, 100, 2016, 2018)))
        if schema.get("type") == "boolean":
            return chooser.choice(("0", "1", "true", "on"))
        return chooser.choice((self._text(), "1", "公开", "内蒙古", "150602", "2018"))

    def _text(self) -> str:
        return next(self._queries).q

    def _hostile(self) -> str:
        chooser = self._chooser
        if self._seldom(0.02):
            return chooser.choice("公x\0*") * 70_000
        return "".join(chooser.choice(HOSTILE) for _ in range(chooser.choice((1, 1, 2, 3))))

    def _headers(self, kind: str) -> dict[str, str]:
        """Of a browser that shows our pages, and whatever else."""
        headers = {"Host": "localhost", "Sec-Fetch-Site": "same-origin"}
        if kind:
            headers["Content-Type"] = kind
        if self._known.cookie is not None and self._seldom(0.9):
            headers["Cookie"] = self._known.cookie()
        for _ in range(self._chooser.choice((0, 0, 1, 2, 4))):
            name, values = self._chooser.choice(HEADERS)
            headers[name] = self._chooser.choice(values)
        return headers

    def _body(self) -> tuple[bytes, str]:
        """What is sent, and what it is said to be."""
        chooser = self._chooser
        names = [
            *chooser.sample(self._fields, chooser.randint(0, 8)),
            *(["token"] if self._seldom(0.8) else []),
        ]
        how = chooser.random()
        if how < 0.55:
            return b"&".join(
                self._pair(name) for name in names
            ), "application/x-www-form-urlencoded"
        if how < 0.85:
            return self._parts(names), "multipart/form-data; boundary=x"
        if how < 0.92:
            return json.dumps(
                {name: self._value(name) for name in names}
            ).encode(), "application/json"
        return chooser.randbytes(chooser.choice((0, 9, 900, 90_000))), chooser.choice(
            (
                "",
                "multipart/form-data; boundary=" + "y" * 90,
                "application/x-www-form-urlencoded",
                "\xff",
            )
        )

    def _parts(self, names: Sequence[str]) -> bytes:
        """A form in parts, one of them a file at times; seldom one that ends too soon."""
        chooser = self._chooser
        parts = [b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (
            name.encode(), self._value(name).encode("utf-8", "surrogatepass")) for name in names]  # fmt: skip
        if self._seldom(0.3):
            name = chooser.choice(
                ("a.txt", "a.csv", "a.xlsx", "a.docx", "a.zip", "../a.md", "", "\xff", "a" * 300)
            )
            data = chooser.choice(
                (
                    self._text().encode("utf-8", "surrogatepass"),
                    chooser.randbytes(300),
                    b"",
                    b"PK\3\4",
                )
            )
            head = (
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n'
                % name.encode("latin-1")
            )
            parts.append(head + data + b"\r\n")
        whole = b"".join(parts) + b"--x--\r\n"
        return whole[: chooser.randrange(len(whole))] if self._seldom(0.05) else whole
