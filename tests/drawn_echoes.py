"""Reports that have sentences of each other, changed or not: drawn by a chooser, as nasty as can be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from indexer.model import Line, Report, Section
from indexer.regions.table import table
from tests.oracle.drawn import PIECES

PLACES = ("000000", "150000", "150000", "150600", "150600", "150600", "150602", "440100")
DAYS = (None, "2019-01-10", "2020-01-10", "2020-01-31", "2021-03-01")
YEARS = (None, 2019, 2020, 2020, 2021)
_HAN = "经济社会发展建设改革创新民生服务保障农村城市生态环境教育医疗卫生公开三务增长推进"
_ODD = (
    "𠮷",
    "㎡",
    "１２",
    "12",
    "3.5",
    "7",
    "年報",
    "Wi-Fi 6",
    "，",
    "、",
    "“",
    "”",
    "\u200b",
    "é",
)


def sentence(chooser: Random) -> str:
    """Of 12 to 60 characters of Han and odd ones."""
    han = chooser.choices(_HAN, k=chooser.randint(12, 60))
    for _ in range(chooser.choice((0, 0, 1, 3))):
        han.insert(chooser.randint(0, len(han)), chooser.choice(_ODD))
    return "".join(han)


def changed(text: str, share: float, chooser: Random) -> str:
    """The text with this share of its characters replaced, left out, or followed by another one."""
    found = list(text)
    if chooser.random() < 0.2:
        found = [chooser.choice("123") if one in "123.57" else one for one in found]
    for at in chooser.sample(range(len(found)), int(share * len(found))):
        how = chooser.choice(("other", "none", "more"))
        found[at] = ("" if how == "none" else found[at] if how == "more" else "") + (
            "" if how == "none" else chooser.choice(_HAN)
        )
    return "".join(found)


def reports(chooser: Random, count: int) -> list[Report]:
    """Reports of a few bodies and years, whose sentences are drawn from one pool."""
    pool = [sentence(chooser) for _ in range(count)]
    often = sentence(chooser) + "为人民服务二十字以上才算一句"
    return [_report(chooser, f"{number}.txt", pool, often) for number in range(count)]


def _report(chooser: Random, source: str, pool: list[str], often: str) -> Report:
    title, offset = f"{source}工作报告", len(f"{source}工作报告") + 1
    lines: list[Line] = []
    for text in _lines(chooser, pool, often):
        lines.append(Line(text, offset))
        offset = lines[-1].end + 1
    place = chooser.choice((None, *PLACES))
    return Report(
        source=source,
        title=title,
        genre=chooser.choice(("work_report", "work_report", "disclosure")),
        year=chooser.choice(YEARS),
        published=chooser.choice(DAYS),
        issuer=chooser.choice((None, None, "甲局")),
        number=None,
        url=None,
        region=tuple(table().chain(place)) if place else (),
        sections=(Section("other", None, 1, (), tuple(lines)),),
    )


def _lines(chooser: Random, pool: list[str], often: str) -> Iterator[str]:
    for _ in range(chooser.randint(0, 6)):
        pieces = [
            changed(chooser.choice(pool), chooser.choice((0, 0, 0.05, 0.1, 0.2, 0.3)), chooser)
            if chooser.random() < 0.8
            else sentence(chooser)
            for _ in range(chooser.randint(1, 3))
        ]
        yield chooser.choice(("。", "；", "！", "…")).join(pieces) + chooser.choice(("。", "", "”"))
    if chooser.random() < 0.7:
        yield often
    yield "".join(chooser.choices(PIECES, k=chooser.randint(0, 30)))
