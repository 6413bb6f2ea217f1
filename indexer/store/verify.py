"""Verify an index: every byte of its files, and that what they hold agrees with itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from indexer.errors import DamagedIndexError, IndexUnusableError, LockedIndexError
from indexer.model import Line
from indexer.store.directory import (
    CHECKSUMS,
    check_is_index,
    file_sha256,
    index_files,
    read_checksums,
)
from indexer.store.prepare import prepare_lines
from indexer.store.reader import IndexReader
from indexer.store.records import FoldedReport


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified: bytes of the index's files, its reports and sections."""

    files: int
    bytes: int
    reports: int
    sections: int


def verify(folder: Path) -> Verified:
    """Raises an IndexUnusableError that names every fault found, up to ten of them."""
    check_is_index(folder)
    with _no_writer(folder):
        return _verify(folder)


def _verify(folder: Path) -> Verified:
    _raise_any(folder, list(_file_faults(folder)))
    reader = IndexReader(folder)
    faults: list[str] = []
    reports = sections = 0
    for folded in reader.reports():
        reports += 1
        sections += len(folded.sections)
        faults.extend(_report_faults(reader, folded))
    reader.close()
    _raise_any(folder, faults)
    files = index_files(folder)
    return Verified(len(files), sum(p.stat().st_size for p in files.values()), reports, sections)


@contextlib.contextmanager
def _no_writer(folder: Path) -> Iterator[None]:
    """Keep writers out: files that come and go would look like damage."""
    lock = FileStorage(str(folder)).lock("MAIN_WRITELOCK")
    try:
        if not lock.acquire():
            raise LockedIndexError(
                f"索引 {folder} 正由 gongkai index 写入", hint="请等它结束后再核对。"
            )
        try:
            yield
        finally:
            lock.release()
    except OSError as error:
        raise IndexUnusableError(
            f"索引 {folder} 打不开：{error.strerror or error}", hint="请检查文件夹的权限。"
        ) from error


def _raise_any(folder: Path, faults: Sequence[str]) -> None:
    if faults:
        more = f"；另有 {len(faults) - 10} 处" if len(faults) > 10 else ""
        raise DamagedIndexError(
            f"索引 {folder} 已损坏：" + "；".join(faults[:10]) + more,
            hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        )


def _file_faults(folder: Path) -> Iterator[str]:
    """Files whose bytes are not those that were written."""
    if not (folder / CHECKSUMS).exists():
        yield f"缺少 {CHECKSUMS}"
        return
    sums = read_checksums(folder)
    files = index_files(folder)
    for name in sorted(sums.keys() - files.keys()):
        yield f"缺少文件 {name}"
    for name, path in files.items():
        if name not in sums and path.suffix == ".toc":
            yield f"{name} 尚未登记，请再运行一次 gongkai index"
        elif name not in sums:
            continue  # left by a run that was killed; nothing refers to it
        elif file_sha256(path) != sums[name]:
            yield f"文件 {name} 的内容与写入时不同"


def _report_faults(reader: IndexReader, folded: FoldedReport) -> Iterator[str]:
    """Where the folded text is not the fold of the report's lines, or stands elsewhere."""
    report = reader.report(folded.documents)
    if report.id != folded.id or report.title != folded.title:
        yield f"{folded.source} 的编号或标题不符"
    if prepare_lines([Line(report.title, 0)]).folded != folded.folded_title:
        yield f"{folded.source} 的标题折叠不符"
    for section, kept in zip(report.sections, folded.sections, strict=True):
        lines = list(section.all_lines())
        prepared = prepare_lines(lines)
        if (prepared.folded, prepared.word_starts) != (kept.folded, kept.word_starts):
            yield f"{folded.source} 的“{section.title}”折叠不符"
        if lines and lines[0].start != kept.start:
            yield f"{folded.source} 的“{section.title}”位置不符"
