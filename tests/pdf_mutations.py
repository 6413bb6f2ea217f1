"""Reads damaged PDFs in a process of its own: `python -m tests.pdf_mutations SEED COUNT`.

Says how many were read and refused; any other error, or a crash of the library, ends all.
"""

from __future__ import annotations

import sys
import traceback
import zlib
from collections.abc import Iterable
from random import Random

from indexer.errors import UnreadableError
from indexer.model import Dropped
from indexer.reading.document import RawLine
from indexer.reading.pdf.read import read_pdf
from indexer.reading.pdf.scan import Pixels
from tests.pdf_writer import PICTURE, Drawn, Put, Stroke, named, paragraphs, pdf, unnamed

_TEXT = (
    "本报告由某区人民政府办公室根据《中华人民共和国政府信息公开条例》编制，数据自2023年1月1日起。"
    * 2
)
_TOKENS = (
    *(b"0", b"-1", b"1e30", b"nan", b"65536", b"2147483648", b"null", b"<<", b">>", b"[", b"]"),
    *(b"2 0 R", b"3 0 R", b"9 0 R", b"99 0 R", b"/Kids", b"/Type", b"/Length", b"/Rotate 45"),
    *(b"Tj", b"Tm", b"BT", b"ET", b"q", b"Q", b"cm", b"Do", b"re", b"S", b"f", b"endstream", b"\0"),
)


def originals() -> list[bytes]:
    table: list[Drawn] = [Stroke(90, y, 300, y) for y in (300, 324, 348)]
    table += [Stroke(x, 300, x, 348) for x in (90, 200, 300)]
    table += [Put(95, 318, "指标"), Put(205, 318, "数量"), Put(95, 342, "规章"), Put(205, 342, "0")]
    page = [*paragraphs([_TEXT]), *table, Put(280, 800, "— 1 —")]
    return [
        pdf(page, paragraphs([_TEXT])),
        pdf(
            [*page, Put(90, 500, "", font="F3", codes=b"\1\2")],
            turn=90,
            more=named({1: "fi", 2: "⻚"}),
        ),
        pdf([PICTURE, *page], more=unnamed()),
    ]


def mutated(data: bytes, chooser: Random) -> bytes:
    """The bytes with some of them changed, cut, repeated, or replaced by words of the format."""
    found = bytearray(data)
    for _ in range(chooser.randint(1, 6)):
        at = chooser.randrange(len(found))
        what = chooser.random()
        if what < 0.4:
            found[at] = chooser.randrange(256)
        elif what < 0.75:
            token = chooser.choice(_TOKENS)
            found[at : at + chooser.choice((0, len(token)))] = token
        elif what < 0.85:
            del found[at : at + chooser.randint(1, 60)]
        elif what < 0.95:
            found[at:at] = found[at : at + chooser.randint(1, 200)]
        else:
            del found[at:]
        if not found:
            break
    return bytes(found)


def _shown(pages: Iterable[tuple[int, Pixels]]) -> tuple[list[RawLine], list[Dropped]]:
    """Instead of the recognition: each page is shown, no more."""
    return [RawLine(str(pixels.shape)) for _, pixels in pages], []


def main(seed: int, count: int) -> None:
    chooser, sources = Random(seed), originals()
    whole = refused = 0
    for at in range(count):
        data = mutated(chooser.choice(sources), chooser)
        try:
            lines = read_pdf(data, _shown).lines
            whole, refused = whole + bool(lines), refused + (not lines)
        except UnreadableError:
            refused += 1
        except Exception:
            traceback.print_exc()
            print(f"at {at} of seed {seed}: {zlib.crc32(data):08x}", file=sys.stderr)
            sys.exit(1)
    print(whole, refused)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
