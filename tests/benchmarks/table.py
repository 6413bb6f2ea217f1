"""The figures as a table, for the terminal or for a Markdown page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from tests.benchmarks.figures import Build, Figures, Run, Times
from tests.benchmarks.memory import MB
from tests.benchmarks.queries import ANY_PHRASE, CLASSES

Row = Sequence[str]
Draw = Callable[[Sequence[Row]], str]
RIVALS = ("Tantivy", "Groonga")
"""Those whose better time is held against ours."""
_NONE = "-"


def render(run: Run, draw: Draw) -> str:
    """All tables, each with its caption."""
    tables = [
        ("Building and serving", _building(run)),
        ("This engine, from files", _from_files(run)),
        (
            "Full answer, p50 / p95 in ms; (n): only so many of the queries; bare: no snippets",
            _times(run),
        ),
        ("Reports found, recall / precision in %; (n): only so many of the queries", _recall(run)),
    ]
    shown = [f"{caption}\n\n{draw(rows)}" for caption, rows in tables if len(rows) > 1]
    told = ", ".join(f"{name} {value}" for name, value in {**run.machine, **run.corpus}.items())
    notes = [f"{e.name}: {e.note}" for e in run.engines]
    return "\n\n".join([told, *shown, "\n".join(notes)])


def plain(rows: Sequence[Row]) -> str:
    """Columns by width on a terminal, where a Chinese character takes two."""
    widths = [max(map(_width, column)) for column in zip_longest(*rows, fillvalue="")]
    lines = []
    for row in rows:
        cells = [
            cell + pad if at == 0 else pad + cell
            for at, (cell, width) in enumerate(zip(row, widths, strict=False))
            if (pad := " " * (width - _width(cell))) is not None
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(rows: Sequence[Row]) -> str:
    head, *body = rows
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ruler, *body])


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def _building(run: Run) -> list[Row]:
    head = ["", "version", "build MB/s", "index / text", "build peak MB"]
    rows: list[Row] = [[*head, "open s", "first answer s", "serving MB"]]
    for engine in run.engines:
        if engine.version is None:
            rows.append([engine.name, "not installed", *[_NONE] * 6])
            continue
        served = engine.serving
        rows.append(
            [
                engine.name,
                engine.version,
                *(_build_cells(engine.texts) if engine.texts else [_NONE] * 3),
                f"{served.opening:.3f}" if served else _NONE,
                f"{served.first_answer:.3f}" if served else _NONE,
                f"{served.memory / MB:.0f}" if served else _NONE,
            ]
        )
    return rows


def _build_cells(build: Build) -> Iterator[str]:
    yield f"{build.text / MB / build.seconds:.2f}"
    yield f"{build.index / build.text:.2f}"
    yield f"{build.peak / MB:.0f}"


def _from_files(run: Run) -> list[Row]:
    rows: list[Row] = [["", "value"]]
    for jobs, build in run.from_files.items():
        rows.append([f"build MB/s, {jobs} processes", f"{build.text / MB / build.seconds:.2f}"])
        rows.append([f"peak MB of a process, {jobs} processes", f"{build.peak / MB:.0f}"])
    if run.add_one:
        rows.append(["one more report: update, s", f"{run.add_one.update:.2f}"])
        rows.append(["one more report: add and commit alone, s", f"{run.add_one.commit:.2f}"])
    if run.growth:
        grown = run.growth
        rows.append([f"marker phrases, {grown.times}-fold corpus, ms", _pair(grown.marker)])
        rows.append(["marker phrases, the corpus itself, ms", _pair(grown.marker_base)])
        rows.append(["build peak, N-fold / corpus", f"{grown.peak / max(1, grown.peak_base):.2f}"])
    return rows


def _times(run: Run) -> list[Row]:
    there = [engine for engine in run.engines if engine.version]
    head = [""]
    for engine in there:
        head.append(engine.name)
        if engine.bare:
            head.append(f"{engine.name} bare")
    rows: list[Row] = [[*head, "ours / better of Tantivy, Groonga"]]
    for kind in CLASSES:
        most = max((e.times[kind].queries for e in there if kind in e.times), default=0)
        cells = [kind]
        for engine in there:
            cells.append(_cell(engine.times.get(kind), most))
            if engine.bare:
                cells.append(_cell(engine.bare.get(kind), most))
        rows.append([*cells, _ratio(there, kind)])
    return rows


def _ratio(engines: Sequence[Figures], kind: str) -> str:
    ours = next((e.times.get(kind) for e in engines if e.name == "Gongkai"), None)
    theirs = [e.times[kind] for e in engines if e.name in RIVALS and kind in e.times]
    if not ours or not theirs:
        return _NONE
    p50, p95 = min(t.p50 for t in theirs), min(t.p95 for t in theirs)
    return f"{ours.p50 / p50:.2f} / {ours.p95 / p95:.2f}"


def _cell(times: Times | None, most: int) -> str:
    if times is None:
        return _NONE
    return _pair(times) + (f" ({times.queries})" if times.queries < most else "")


def _pair(times: Times) -> str:
    return f"{times.p50:.2f} / {times.p95:.2f}"


def _recall(run: Run) -> list[Row]:
    there = [engine for engine in run.engines if engine.recall]
    rows: list[Row] = [["", *(engine.name for engine in there)]]
    for kind in (ANY_PHRASE, *CLASSES):
        most = max((e.recall[kind].queries for e in there if kind in e.recall), default=0)
        cells = [kind]
        for engine in there:
            found = engine.recall.get(kind)
            if not found:
                cells.append(_NONE)
                continue
            part = f" ({found.queries})" if found.queries < most else ""
            cells.append(f"{100 * found.recall:.2f} / {100 * found.precision:.2f}{part}")
        rows.append(cells)
    return rows
