"""What the index's stored fields hold, and how a report goes in and comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from indexer.model import Line, Region, Report, Section, shown_heading
from indexer.store.prepare import PreparedReport, PreparedText


@dataclass(frozen=True, slots=True)
class FoldedSection:
    """A section as queries see it: folded lines joined by "\\n"; word_starts as in prepare.py.

    `heading` is as shown, "" for none; `start` is the section's offset in the canonical text.
    """

    kind: str
    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    folded: str
    word_starts: bytes


@dataclass(frozen=True, slots=True)
class FoldedReport:
    """A report as queries see it. `documents` are its Whoosh document numbers, one a section."""

    id: str
    former: tuple[str, ...]
    source: str
    title: str
    folded_title: str
    title_word_starts: bytes
    genre: str
    year: int | None
    published: str | None
    issuer: str | None
    region: tuple[Region, ...]
    sections: tuple[FoldedSection, ...]
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was read: size in bytes, mtime in ns, digests, or why it was rejected.

    `override` is the digest of its row in metadata.csv.
    """

    size: int
    mtime_ns: int
    sha256: str
    override: str
    reason: str | None = None


def state_record(state: FileState) -> dict[str, Any]:
    return asdict(state)


def state_of(record: Mapping[str, Any]) -> FileState:
    return FileState(**record)


def about_record(report: Report, title: PreparedText, former: Sequence[str]) -> dict[str, Any]:
    """What belongs to the report as a whole; `former` are its ids at earlier paths."""
    return {
        "title": report.title,
        "folded_title": title.folded,
        "title_word_starts": title.word_starts,
        "genre": report.genre,
        "year": report.year,
        "published": report.published,
        "issuer": report.issuer,
        "number": report.number,
        "url": report.url,
        "region": [(r.code, r.name, r.level) for r in report.region],
        "warnings": report.warnings,
        "former": tuple(former),
        "sections": len(report.sections),
        "characters": sum(len(line.text) + 1 for line in report.lines()) - 1,
    }


def section_record(section: Section, text: PreparedText, start: int) -> dict[str, Any]:
    """One section: its lines as printed and as folded; `start` is its offset in the report."""
    lines = list(section.all_lines())
    return {
        "start": start,
        "kind": section.kind,
        "headed": section.heading is not None,
        "level": section.level,
        "path": section.path,
        "lines": "\n".join(line.text for line in lines),
        "folded": text.folded,
        "word_starts": text.word_starts,
    }


def report_of(
    source: str, about: Mapping[str, Any], section_records: Sequence[Mapping[str, Any]]
) -> Report:
    """The report that was stored (what was dropped from its page is not kept)."""
    offset = len(about["title"]) + 1
    sections: list[Section] = []
    for record in section_records:
        lines: list[Line] = []
        for text in record["lines"].split("\n") if record["lines"] else ():
            lines.append(Line(text, offset))
            offset += len(text) + 1
        heading = lines.pop(0) if record["headed"] else None
        sections.append(
            Section(record["kind"], heading, record["level"], record["path"], tuple(lines))
        )
    return Report(
        source=source,
        title=about["title"],
        genre=about["genre"],
        year=about["year"],
        published=about["published"],
        issuer=about["issuer"],
        number=about["number"],
        url=about["url"],
        region=tuple(Region(*region) for region in about["region"]),
        sections=tuple(sections),
        warnings=about["warnings"],
    )


def folded_report_of(documents: Sequence[tuple[int, Mapping[str, Any]]]) -> FoldedReport:
    stored = documents[0][1]
    about = stored["about"]
    return FoldedReport(
        id=stored["report"],
        former=about["former"],
        source=stored["source"],
        title=about["title"],
        folded_title=about["folded_title"],
        title_word_starts=about["title_word_starts"],
        genre=about["genre"],
        year=about["year"],
        published=about["published"],
        issuer=about["issuer"],
        region=tuple(Region(*region) for region in about["region"]),
        sections=tuple(_folded_section(stored["section"]) for _, stored in documents),
        documents=tuple(number for number, _ in documents),
    )


def _folded_section(record: Mapping[str, Any]) -> FoldedSection:
    heading = record["lines"].partition("\n")[0] if record["headed"] else ""
    return FoldedSection(
        record["kind"],
        shown_heading(heading),
        record["level"],
        record["path"],
        record["start"],
        record["folded"],
        record["word_starts"],
    )


def documents_of(
    prepared: PreparedReport, state: FileState, former: Sequence[str]
) -> list[dict[str, Any]]:
    """The Whoosh documents of a report, one a section."""
    report = prepared.report
    common: dict[str, Any] = {
        "report": report.id,
        "source": report.source,
        "title": prepared.title.words,
        "genre": report.genre,
        "year": report.year,
        "region": " ".join(region.code for region in report.region),
        "issuer": report.issuer,
    }
    found: list[dict[str, Any]] = []
    start = len(report.title) + 1
    for section, text in zip(report.sections, prepared.sections, strict=True):
        record = section_record(section, text, start)
        start += sum(len(line.text) + 1 for line in section.all_lines())
        found.append({**common, "kind": section.kind, "text": text.words, "section": record})
    found[0]["first"] = "1"
    found[0]["about"] = about_record(report, prepared.title, former)
    found[0]["file"] = state_record(state)
    return found
