"""Packs for tests: how one is made by hand, and that it is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from indexer.errors import (
    GongkaiError,
)
from search.handover import seal
from search.handover.contents import NAME
from search.handover.kept import open_pack


def refused(path: Path, packs: Path) -> str:
    """What is said of a pack that is not opened; nothing of it may be left."""
    with pytest.raises(GongkaiError) as caught:
        open_pack(path, packs)
    assert not packs.exists() or not any(packs.iterdir())
    assert caught.value.hint is not None
    return str(caught.value)


Files = list[tuple[str, bytes]]


def crafted(
    path: Path, held: Files, *, more: Files | None = None, how: int = ZIP_DEFLATED, **told: Any
) -> Path:
    """A pack as somebody would make it who means harm: sealed rightly, whatever is in it."""
    entries = [
        {
            "name": name,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "mtime_ns": 0,
        }
        for name, data in held
    ]
    table = {"generation": "1-0", "reports": 0, "changed": 0, "findings": 0, "files": entries}
    with path.open("w+b") as file:
        with ZipFile(file, "w", how) as archive:
            archive.comment = seal.UNSEALED
            for name, data in [*held, *(more or [])]:
                info = ZipInfo("x")
                info.filename, info.compress_type = name, how
                archive.writestr(info, data)
            archive.writestr(NAME, json.dumps(table | told))
        seal.seal(file)
    return path


INDEX_FILE = ("index/gongkai.json", b"{}")
