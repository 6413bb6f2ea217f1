"""The trend view as read from its HTML: what tests compare with the spread."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True)
class Tile:
    """A year of a row: its state, the number in it, its "n/N" and its link; a run was taken apart."""

    state: str
    number: int | None = None
    of: str = ""
    href: str = ""


@dataclass(frozen=True)
class MatrixRow:
    name: str
    href: str
    tiles: list[Tile]
    undated: str | None
    total: str


class TrendPage:
    def __init__(self, client: FlaskClient, url: str) -> None:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text[-2_000:]
        self.html = answer.text
        self.tree = LexborHTMLParser(answer.text)

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{selector}: {len(found)}"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        return [" ".join(node.text().split()) for node in self.tree.css(selector)]

    def hrefs(self, selector: str) -> list[str]:
        return [node.attributes["href"] or "" for node in self.tree.css(selector)]

    def slots(self) -> list[str]:
        """What is told of each year of the chart."""
        return [node.text() for node in self.tree.css("svg.of-years title")]

    def table(self) -> list[list[str]]:
        rows = self.tree.css(".table tbody tr")
        return [[cell.text().replace(",", "") for cell in row.css("th, td")] for row in rows]

    def matrix(self) -> list[MatrixRow]:
        return [_row(row) for row in self.tree.css(".matrix tbody tr")]

    def years(self) -> list[int]:
        return [int(a.attributes["aria-label"] or 0) for a in self.tree.css(".matrix thead a")]


def _row(row: LexborNode) -> MatrixRow:
    head = row.css_first("th > a, th > span")
    tiles: list[Tile] = []
    undated = None
    for cell in row.css("td"):
        kind = cell.attributes.get("class")
        if kind == "undated":
            undated = cell.text()
        elif kind in ("none", "out"):
            tiles += [Tile(kind)] * int(cell.attributes["colspan"] or 0)
        elif kind is None:
            tile = cell.css_first("a, span")
            tiles.append(
                Tile(
                    tile.attributes["class"] or "",
                    int(tile.text()),
                    tile.attributes.get("title") or "",
                    tile.attributes.get("href") or "",
                )
            )
    name = head.attributes["title"] or ""
    total = row.css_first(".sum").text()
    return MatrixRow(name, head.attributes.get("href") or "", tiles, undated, total)


def parameters(href: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(href).query))
