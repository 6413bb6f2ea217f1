"""Tables that a web page's text lost its shape of: one cell a line.

The rows of the statutory tables are numbered like headings (一、本年新收…, （一）予以公开, 3.危及…);
they are told from headings by the figures or units that follow them, by their words, which are the
law's, or, where blank cells were lost, by the cells on either side of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.parsing import enumerators
from indexer.parsing.enumerators import Rank
from indexer.reading.document import RawLine
from indexer.text.fold import fold

_VALUE = re.compile(  # what is counted, or a figure
    r"[条件次个人篇份场期户元项]|万元|次数|人次|篇次|[\d０-９][\d０-９,，.．%％]*|[-—–/／]+"
)
_NOTE = re.compile(r"单位|（[^（）]{4,40}）|\([^()]{4,40}\)|其中[:：]?")
_ROW = re.compile(r".*[^\d\s][ \t\u3000\xa0]+[-—]?[\d０-９]+(?:[.．,，][\d０-９]+)*[%％]?")
_LONGEST_CELL = 40
_STATUTORY = re.compile(
    "本年新收政府信息公开申请数量|上年结转政府信息公开申请数量|本年度办理结果|(?:予以|部分|不予)公开(?:区分处理.*)?"
    "|属于国家秘密|其他法律行政法规禁止公开|危及三安全一稳定|保护第三方合法权益|属于三类内部事务信息|属于四类过程性信息"
    "|属于行政执法案卷|属于行政查询事项|无法提供|本机关不掌握相关政府信息|没有现成信息需要另行制作"
    "|补正后申请内容仍不明确|不予处理|信访举报投诉类申请|重复申请|要求提供公开出版物|无正当理由大量反复申请"
    "|要求行政机关确认或重新出具已获取信息|其他处理|申请人无正当理由逾期不补正.*|申请人逾期未按收费通知.*"
    "|结转下年度继续办理|总计"
)


def cell_lines(lines: Sequence[RawLine]) -> frozenset[int]:
    """Indices of the lines that look numbered but are cells of a flattened table."""
    cells: set[int] = set()
    run: list[tuple[int, Rank]] = []
    texts = [line.text.strip() for line in lines]
    values = list(map(is_value, texts))
    for at, text in enumerate(texts):
        number = enumerators.at_start(text) if len(text) <= _LONGEST_CELL else None
        if number is not None:
            run.append((at, number.rank))
            if _STATUTORY.fullmatch(fold(text[number.end :])) or _is_row(lines[at : at + 2]):
                cells.add(at)
        elif values[at]:
            cells.update(_nested(run))
            run = []
        elif not _NOTE.fullmatch(text):
            run = []
    if cells or any(values):
        cells.update(_between(texts, values, cells))
    return frozenset(cells)


def is_value(text: str) -> bool:
    """Whether a line is a figure, or what one counts: the row's own may be a blank cell."""
    return _VALUE.fullmatch(text) is not None


def _is_row(lines: Sequence[RawLine]) -> bool:
    """Whether both lines are rows whose cells spaces part, a figure the last: 1、粮食 27.7."""
    rows = [line for line in lines if len(line.text) <= _LONGEST_CELL and _ROW.fullmatch(line.text)]
    return len(rows) == 2


def _between(texts: Sequence[str], values: Sequence[bool], cells: set[int]) -> Iterator[int]:
    """Numbered lines, （一） and below, in a run that has a table's cells on either side."""
    run: list[int] = []
    inside = False
    for at, text in enumerate(texts):
        number = enumerators.at_start(text) if len(text) <= _LONGEST_CELL else None
        if at in cells or values[at]:
            yield from run
            run, inside = [], True
        elif inside and number is not None and number.rank > Rank.HAN:
            run.append(at)
        else:
            run, inside = [], False


def _nested(run: Sequence[tuple[int, Rank]]) -> Iterator[int]:
    """The last numbered lines of a run, each of an inner rank than the one before it."""
    inner: Rank | None = None
    for at, rank in reversed(run):
        if inner is not None and rank >= inner:
            return
        yield at
        inner = rank
