"""`python -m tests.benchmarks.scans`: how well scans of reports are read.

Reports are printed on A4, scanned at several resolutions, each sheet spoilt in one of the ways of
CHANGES, and read. Needs the extra `ocr`, pypdfium2, Chromium and fonts-noto-cjk, fonts-wqy-zenhei,
fonts-arphic-uming (Debian).
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from difflib import unified_diff
from pathlib import Path
from random import Random

import click
import numpy as np
from rapidfuzz.distance import Levenshtein

from indexer.model import LOW_CONFIDENCE
from indexer.reading.document import RawLine
from indexer.reading.formats import BY_NAME
from indexer.reading.scans.layout import page_text
from indexer.reading.scans.ocr import recognise
from indexer.reading.scans.paragraphs import join
from indexer.text.fold import fold
from tests.benchmarks.corpus import files
from tests.benchmarks.memory import MB, peak_bytes
from tests.benchmarks.scan_pages import CHANGES, lines_of, print_sheets, sheets

_HAN = re.compile(r"[一-鿿]{4,}")


@dataclass(slots=True)
class Sum:
    """What was read of all sheets of one kind; lengths and errors in folded characters."""

    pages: int = 0
    length: int = 0
    errors: int = 0
    seconds: float = 0.0
    occurrences: int = 0
    found: int = 0
    lines: int = 0
    whole: int = 0  # lines that were read as one line each, without an error


def drawn(reports: Sequence[list[RawLine]], count: int, chooser: Random) -> list[str]:
    """Phrases of 4 to 8 Han characters, cut anywhere from a report's runs of them."""
    phrases: set[str] = set()
    while len(phrases) < count:
        line = chooser.choice(chooser.choice(reports)).text
        run = chooser.choice(_HAN.findall(line) or [""])
        length = chooser.randint(4, 8)
        if len(run) >= length:
            start = chooser.randint(0, len(run) - length)
            phrases.add(run[start : start + length])
    return sorted(phrases)


def scan(pdf: Path, dpi: int, change: str, chooser: Random, total: Sum) -> list[RawLine]:
    pages = []
    for at, sheet in enumerate(sheets(pdf, dpi), 1):
        pixels = np.asarray(CHANGES[change](sheet, chooser))
        began = time.process_time()
        pages.append(page_text(recognise(pixels), at))
        total.seconds += time.process_time() - began
        total.pages += 1
    return list(join(pages)[0])


def add(total: Sum, truth: list[RawLine], read: list[RawLine], phrases: Sequence[str]) -> int:
    """Adds what was read of a report to the sum; gives the errors in it."""
    printed, seen = ([fold(line.text) for line in lines] for lines in (truth, read))
    whole = "".join(printed)
    errors = Levenshtein.distance(whole, "".join(seen))
    total.length += len(whole)
    total.errors += errors
    total.lines += len(printed)
    total.whole += (Counter(printed) & Counter(seen)).total()
    for phrase in map(fold, phrases):
        there = sum(line.count(phrase) for line in printed)
        total.occurrences += there
        total.found += min(there, sum(line.count(phrase) for line in seen))
    return errors


def calibrate(truth: list[RawLine], read: list[RawLine], bins: dict[int, Counter[str]]) -> None:
    """Counts the lines of each confidence, and those of them that stand in no printed line."""
    whole = "\n".join(fold(line.text) for line in truth)
    for line in read:
        confidence = line.place.confidence
        if confidence is not None and fold(line.text):
            found = all(fold(cell) in whole for cell in line.text.split("\t"))
            bins.setdefault(confidence, Counter())["right" if found else "wrong"] += 1


def difference(truth: list[RawLine], read: list[RawLine]) -> str:
    """The lines that differ, as diff prints them."""
    printed, seen = ([fold(line.text) for line in lines] for lines in (truth, read))
    return "\n".join(unified_diff(printed, seen, "printed", "read", lineterm="", n=0))


def together(sums: Iterable[Sum]) -> Sum:
    """Sums of several kinds as one."""
    return Sum(*map(sum, zip(*map(astuple, sums), strict=True)))


def printed(reports: Sequence[list[RawLine]], folder: Path) -> list[Path]:
    """The reports as PDF in the folder; those that are there are taken."""
    folder.mkdir(parents=True, exist_ok=True)
    pdfs = [folder / f"{at}.pdf" for at in range(len(reports))]
    return pdfs if all(pdf.exists() for pdf in pdfs) else print_sheets(reports, folder)


def tell(name: str, total: Sum) -> None:
    click.echo(
        f"{name:22} {total.pages:4} pages  CER {total.errors / max(1, total.length):7.2%}  "
        f"phrases {total.found}/{total.occurrences}  lines {total.whole}/{total.lines}  "
        f"{total.seconds / max(1, total.pages):5.2f} CPU-s a page"
    )


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=Path("corpus"))
@click.option("--reports", "count", default=50, show_default=True)
@click.option("--dpi", "resolutions", multiple=True, default=(150, 200, 300), show_default=True)
@click.option("--change", "changes", multiple=True, type=click.Choice([*CHANGES]))
@click.option("--each", is_flag=True, help="every report in every way, not one way a report")
@click.option("--worst", default=0, help="print what differs in so many of the reports read worst")
@click.option("--work", type=click.Path(path_type=Path), help="keep the sheets for the next run")
@click.option("--seed", default=2024, show_default=True)
def main(
    corpus: Path,
    count: int,
    resolutions: tuple[int, ...],
    changes: tuple[str, ...],
    each: bool,
    worst: int,
    work: Path | None,
    seed: int,
) -> None:
    """How well scans of the sample reports are read."""
    chooser = Random(seed)
    paths = sorted(p for p in files(corpus) if p.suffix in BY_NAME and p.stem != "README")
    paths = sorted(chooser.sample(paths, min(count, len(paths))))
    reports = [lines_of(path) for path in paths]
    phrases = drawn(reports, 100, chooser)
    bins: dict[int, Counter[str]] = {}
    with ExitStack() as stack:
        folder = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scans-")))
        pdfs = printed(reports, folder)
        for dpi in resolutions:
            names = changes or tuple(CHANGES)
            sums = {name: Sum() for name in names}
            bad: list[tuple[int, str, str]] = []
            for at, (pdf, truth) in enumerate(zip(pdfs, reports, strict=True)):
                for name in names if each else [names[at % len(names)]]:
                    read = scan(pdf, dpi, name, Random(f"{seed} {at} {name}"), sums[name])
                    errors = add(sums[name], truth, read, phrases)
                    calibrate(truth, read, bins)
                    bad.append((errors, f"{paths[at]}, {name}", difference(truth, read)))
            for name, total in [*sums.items(), ("all", together(sums.values()))]:
                tell(f"{dpi} dpi, {name}", total)
            for errors, name, text in sorted(bad, reverse=True)[:worst]:
                click.echo(f"---- {errors} errors: {name}\n{text}")
    click.echo(f"peak {peak_bytes() / MB:,.0f} MB; low confidence is below {LOW_CONFIDENCE}")
    for confidence, counts in sorted(bins.items()):
        click.echo(
            f"confidence {confidence:3}: {counts['right']:5} right {counts['wrong']:5} wrong"
        )


if __name__ == "__main__":
    main()
