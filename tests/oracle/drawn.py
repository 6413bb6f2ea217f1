"""Reports, queries and requests drawn at random, as nasty as can be."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import get_args

from indexer.model import GENRES, KINDS, NO_PLACE, Indexed, Line, Place, Report, Section
from indexer.regions.table import table
from indexer.text.fold import fold
from search.labels import KIND_LABELS
from search.model import ORIGINS, Scope, SearchRequest, Sort

PIECES = (
    *("公", "开", "公开", "公公公开", "政府信息", "信息公开", "三务", "“三务”公开", "三務", "公開"),
    *("年報", "示範", "示范", "Ⅱ", "㎡", "１２", "12", "1,234", "1，234", "3.5", ".", "3", "a"),
    *("wifi", "Wi-Fi 6", "é", "𠮷", "𠀋", "𠮷公开", "😀", "①", "½", "İ", "ß", "ﬁ", "\u200b", "\t"),
    *(
        "。",
        "！？",
        "；",
        "…",
        "，",
        "、",
        " ",
        "　",
        "“",
        "”",
        "—",
        "（",
        "）",
        "「",
        "12条",
        "e\u0301",
        "的",
        "㍿",
    ),
)
"""What lines are made of."""
PLACES = ("150000", "150602", "440100", "152922100", "000000")
ISSUERS = ("三务办公室", "政府信息中心", "Wi-Fi 局", "公開局")
YEARS = (2015, 2016, 2018, 2020)
_QUOTES = ('"', '"'), ("“", "”"), ("「", "」"), ("", "")
_SYNTAX = str.maketrans("", "", '"“”„‟″「」『』＂‘’〝〞?？*＊()（）|｜&＆:：\n')


def line(chooser: Random, longest: int = 9) -> str:
    return "".join(chooser.choices(PIECES, k=chooser.randint(0, longest)))


def place(chooser: Random) -> Place:
    """Mostly of a page, some over the end of one, some recognised."""
    page = chooser.randint(1, 9)
    confidence = chooser.randint(0, 100) if chooser.random() < 0.2 else None
    return Place(page, page + chooser.choice((0, 0, 1, 2)), confidence)


def report(chooser: Random, source: str) -> Report:
    title = line(chooser, 4) or "公开"
    printed = chooser.random() < 0.4
    offset = len(title) + 1
    sections: list[Section] = []
    for _ in range(chooser.randint(1, 5)):
        lines: list[Line] = []
        for _ in range(chooser.choice((0, 1, 1, 2, 4))):
            lines.append(Line(line(chooser), offset, place(chooser) if printed else NO_PLACE))
            offset = lines[-1].end + 1
        headed = bool(lines) and chooser.random() < 0.6
        level = chooser.randint(1, 3)
        sections.append(
            Section(
                chooser.choice(KINDS[:5]),
                lines[0] if headed else None,
                level,
                ("一",) * level,
                tuple(lines[1:] if headed else lines),
            )
        )
    return Report(
        source=source,
        title=title,
        genre=chooser.choice(GENRES),
        year=chooser.choice((None, *YEARS)),
        published=chooser.choice((None, "2020-01-31", "2018-12-20")),
        issuer=chooser.choice((None, *ISSUERS)),
        number=None,
        url=None,
        region=tuple(table().chain(chooser.choice(PLACES))) if chooser.random() < 0.8 else (),
        sections=tuple(sections),
        indexed=Indexed(1, len(title) % 3),
    )


def reports(chooser: Random, most: int = 6) -> list[Report]:
    sources = chooser.sample("甲乙丙丁abcdefgh", k=chooser.randint(1, most))
    return [report(chooser, f"{source}.txt") for source in sources]


class Queries:
    """Draws queries over the whole language, of texts that mostly stand in the lines."""

    def __init__(self, chooser: Random, lines: Sequence[str], longest: int = 6) -> None:
        self._chooser = chooser
        self._lines = [found for found in lines if found] or ["公开"]
        self._longest = longest

    def query(self, depth: int = 2) -> str:
        """Any query; some hold an error."""
        chooser = self._chooser
        if not depth or chooser.random() < 0.4:
            return self._term()
        several = [self.query(depth - 1) for _ in range(chooser.randint(2, 3))]
        joint = chooser.choice((" ", " AND ", " OR ", " OR ", " & ", " | "))
        joined = joint.join(
            chooser.choice(("", "", "NOT ", "-")) + (f"({part})" if " " in part else part)
            for part in several
        )
        return f"NOT ({joined})" if chooser.random() < 0.05 else joined

    def _term(self) -> str:
        chooser = self._chooser
        kind = chooser.random()
        if kind < 0.55:
            return self.text()
        if kind < 0.7:
            return f"{self.text()} NEAR/{chooser.choice((0, 1, 3, 20))} {self.text()}"
        if kind < 0.8:
            return "title:" + self.text()
        return chooser.choice(
            (
                "section:" + chooser.choice(KINDS[:5]),
                "栏目：" + KIND_LABELS[chooser.choice(KINDS[:5])].split("/")[0],
                f"year:{chooser.choice(YEARS)}",
                f"year:{chooser.choice(YEARS)}..",
                "region:" + chooser.choice(("内蒙古", "广州市", "152922100", "朝阳", "没有")),
                "genre:" + chooser.choice(GENRES),
                "issuer:" + chooser.choice(("三务", "中心", "局", "公开")),
            )
        )

    def text(self) -> str:
        """A phrase, a bare chunk or a wildcard."""
        chooser = self._chooser
        opening, closing = chooser.choice(_QUOTES)
        text = self.cut().translate(_SYNTAX)
        if not fold(text):
            text = "公开"
        if chooser.random() < 0.25:
            text = self._with_marks(fold(text))
        if not opening and (text != "".join(text.split()) or text[0] in "-—"):
            opening, closing = _QUOTES[0]
        return opening + text + closing

    def _with_marks(self, text: str) -> str:
        chooser = self._chooser
        for _ in range(chooser.randint(1, 2)):
            at = chooser.randint(0, len(text))
            gone = chooser.randint(0, 2)
            text = text[:at] + chooser.choice("?*?") + text[at + gone :]
        return text if fold(text) else text + "公"

    def cut(self) -> str:
        """Part of a line."""
        chooser = self._chooser
        found = chooser.choice(self._lines)
        start = chooser.randrange(len(found))
        return found[start : start + chooser.randint(1, self._longest)]


def _origin(chooser: Random) -> tuple[str, ...]:
    """Asked for by few. Drawn by the query, so that all else is drawn as if it were not there."""
    if chooser.random() >= 0.1:
        return ()
    return chooser.choice((("text",), ("recognised",), ORIGINS))


def _since(chooser: Random) -> str:
    """One of the times that reports are drawn with, seldom; by a chooser of its own, as `_origin`."""
    return f"1970-01-01T00:00:0{chooser.randint(1, 2)}Z" if chooser.random() < 0.1 else ""


def request(chooser: Random, query: str) -> SearchRequest:
    """The query with filters, and whatever else can be asked; mostly little of it."""

    def some(values: Sequence[object], chance: float) -> tuple[object, ...]:
        return tuple(chooser.sample(values, k=2)) if chooser.random() < chance else ()

    ranged = chooser.random() < 0.1
    return SearchRequest(
        q=query,
        region=some(("内蒙古", "150602", "广东省", "000000", "朝阳"), 0.1),  # type: ignore[arg-type]
        year=some(YEARS, 0.1),  # type: ignore[arg-type]
        year_from=2016 if ranged else None,
        year_to=chooser.choice((None, 2018)) if ranged else None,
        section=some(KINDS[:5], 0.2),  # type: ignore[arg-type]
        genre=some(GENRES, 0.1),  # type: ignore[arg-type]
        issuer=some((*ISSUERS, "没有的"), 0.1),  # type: ignore[arg-type]
        origin=_origin(Random(query)),
        since=_since(Random(f"{query} since")),
        scope=chooser.choice(get_args(Scope)),
        literal=chooser.random() < 0.3,
        words=chooser.random() < 0.3,
        whole=chooser.random() < 0.2,
        silent=chooser.random() < 0.2,
        sort=chooser.choice(get_args(Sort)),
        page=chooser.choice((1, 1, 1, 2)),
        size=chooser.choice((1, 2, 100)),
        passages=0,
    )
