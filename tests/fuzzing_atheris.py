"""Queries and files by coverage: what reaches new lines is kept and changed again (Atheris, libFuzzer).

python -m tests.fuzzing_atheris queries found/queries -max_total_time=600
python -m tests.fuzzing_atheris texts found/texts -max_total_time=600

The first word says what is fuzzed, all others are libFuzzer's (`-help=1` lists them); the folder keeps what was found,
for the next run. Needs the extra `fuzz`, on Linux. A failure ends the run and leaves its bytes in a file `crash-…`,
which is tried again by naming it in place of the folder.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import atheris

with atheris.instrument_imports(include=["search.query", "indexer.text", "indexer.reading"]):
    from indexer.errors import QueryError, UnreadableError
    from indexer.reading.read import read
    from search.model import MAX_QUERY
    from search.query.parse import parse

from indexer.pipeline.build import build
from search.budget import Budget, Limits
from search.local.engine import IndexEngine
from search.query.tree import as_folded
from tests.fuzzing import LATE, asked
from tests.oracle.drawn import request
from tests.three_reports import REPORT, write

SEEDS = (
    "公开",
    '"三务"公开',
    "“三务”公开 AND (信息 OR 不够)",
    "公开 NEAR/20 信息 -title:年报",
    "依申请*件 section:intro year:2016..2018",
    "NOT (region:内蒙古 | genre:other) & issuer:局",
    "栏目：概述 年份：2018 标题：「甲？乙」",
)
FILES = (
    ("a.txt", "一、概述\n公开。\n"),
    ("a.md", "---\ntitle: 年报\n---\n# 一、概述\n|a|b|\n|-|-|\n|1|2|\n**公开**[x](y)\n"),
    ("a.html", "<meta charset=gbk><title>年报</title><table><tr><td>公开</table><p>三务"),
    ("a.csv", '年份,条数\n2018,"1,234"\n'),
    ("a.rtf", "{\\rtf1\\ansi\\ansicpg936 \\'b9\\'ab\\u24320? \\par\\trowd\\cell\\row}"),
    ("a.mht", "From: x\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n公开\n--b--"),
    ("a.eml", "To: x\nReceived: y\nSubject: =?utf-8?b?5YWs5byA?=\n\n公开\n"),
    ("a.xml", '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:p>公开</w:p>'),
)  # fmt: skip
"""Files whose bytes are changed; the first byte of what is drawn says which name they have."""
_One = Callable[[bytes], None]


def queries(folder: Path) -> tuple[_One, list[bytes]]:
    """A query is understood or refused, its canonical form is stable, and the engine answers it in time."""
    for place in ("东胜区", "三元区", "昆山市"):
        write(folder / f"corpus/{place}.txt", REPORT.format(place=place))
    build(folder / "corpus", folder / "index", jobs=1)
    engine = IndexEngine(folder / "index")
    engine.warm()

    def one(data: bytes) -> None:
        drawn = atheris.FuzzedDataProvider(data)
        seed, query = drawn.ConsumeInt(1), drawn.ConsumeUnicode(MAX_QUERY)
        with suppress(QueryError):
            tree = parse(query).tree
            again = parse(str(tree)).tree
            assert (str(again), as_folded(again)) == (str(tree), as_folded(tree))
        chooser = Random(seed)
        whole = replace(
            request(chooser, "公开"), q=query
        )  # all else that may be asked, by the seed
        done = asked(engine, chooser, whole, Budget(Limits()))
        assert done.seconds <= Limits().seconds + LATE, done

    return one, [b"\0" + text.encode("utf-8") for text in SEEDS]


def texts(_: Path) -> tuple[_One, list[bytes]]:
    """A file of text is read or refused, whatever its bytes."""

    def one(data: bytes) -> None:
        name, _ = FILES[data[0] % len(FILES) if data else 0]
        with suppress(UnreadableError):
            assert all(line.text.strip() for line in read(name, data[1:]).lines)

    return one, [bytes([at]) + text.encode("utf-8") for at, (_, text) in enumerate(FILES)]


TARGETS = {"queries": queries, "texts": texts}


def main(arguments: list[str]) -> Any:
    if len(arguments) < 3 or arguments[1] not in TARGETS:
        print(__doc__)
        return 2
    found = Path(arguments[2])
    with tempfile.TemporaryDirectory() as folder:
        one, seeds = TARGETS[arguments[1]](Path(folder))
        if not found.is_file():
            found.mkdir(parents=True, exist_ok=True)
            for number, seed in enumerate(seeds):
                (found / f"seed-{number}").write_bytes(seed)
        atheris.Setup([arguments[0], *arguments[2:]], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
