"""The folder that holds an index: its fingerprint and the checksums of its files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from indexer.arrays.segment import ARRAYS_SUFFIX
from indexer.errors import DamagedIndexError, MissingIndexError, OtherVersionError
from indexer.store.schema import FORMAT_VERSION
from indexer.text.fingerprint import text_fingerprint

FINGERPRINT = "gongkai.json"
"""Its presence also tells that a folder is an index of ours."""
CHECKSUMS = "checksums.json"
PARSER_VERSION = 2
"""Raise it whenever reports are read otherwise than before: the index is refused until rebuilt."""


def fingerprint() -> Mapping[str, str]:
    """What an index of this installation depends on."""
    return {"format": str(FORMAT_VERSION), "parser": str(PARSER_VERSION), **text_fingerprint()}


def write_fingerprint(folder: Path) -> None:
    write_atomically(folder / FINGERPRINT, json.dumps(fingerprint(), indent=1) + "\n")


def check_is_index(folder: Path) -> None:
    """MissingIndexError where the folder holds no index."""
    if not (folder / FINGERPRINT).exists():
        raise MissingIndexError(
            f"{folder} 里没有索引",
            hint="请先运行 gongkai index 资料文件夹 --index 索引文件夹。",
        )


def check_fingerprint(folder: Path) -> None:
    """OtherVersionError, with what differs, where the index is not of this installation's kind."""
    there = _read_json(folder / FINGERPRINT)
    differing = [
        f"{name}：{there.get(name, '无')} → {value}"
        for name, value in fingerprint().items()
        if there.get(name) != value
    ]
    if differing:
        raise OtherVersionError(
            f"索引 {folder} 是另一个版本建立的（{'；'.join(differing)}）",
            hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        )


def write_checksums(folder: Path, written: Mapping[str, str] = MappingProxyType({})) -> None:
    """Record the sha256 of every file of the index; those that it already knows are not reread, nor
    are those that were just `written`.

    Whoosh never changes a segment's file once it is written.
    """
    known: Mapping[str, str] = {}
    with contextlib.suppress(DamagedIndexError):  # missing or broken, it is written anew
        known = _read_json(folder / CHECKSUMS)
    known = {**known, **written}
    sums = {
        name: known[name] if name in known and not name.endswith(".toc") else file_sha256(path)
        for name, path in index_files(folder).items()
    }
    write_atomically(folder / CHECKSUMS, json.dumps(sums, indent=1) + "\n")


def read_checksums(folder: Path) -> Mapping[str, str]:
    return _read_json(folder / CHECKSUMS)


def index_files(folder: Path) -> Mapping[str, Path]:
    """The files that Whoosh wrote, by name."""
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix in (".toc", ARRAYS_SUFFIX)
    }


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_atomically(path: Path, text: str) -> None:
    """The file holds either what it held or all of `text`, whatever happens in between."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read_json(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedIndexError(
            f"索引文件 {path} 读不出来：{error}",
            hint="请运行 gongkai index 资料文件夹 --index 索引文件夹 --rebuild 重建索引。",
        ) from error
    if not isinstance(found, dict):
        raise DamagedIndexError(f"索引文件 {path} 的内容不对", hint="请用 --rebuild 重建索引。")
    return {str(name): str(value) for name, value in found.items()}
