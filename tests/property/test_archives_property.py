"""Archives and mails whose bytes were changed: each is read, in part, or told to be damaged."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.json_lines import ready_report
from indexer.reading.archives.kinds import container_of
from indexer.reading.archives.limits import Budget
from indexer.reading.archives.walk import walk
from indexer.reading.read import read
from tests.archives import Files, mail_of, rar4_of, rar5_of, seven_zip_of, tar_of, zip_of
from tests.depth import DEEP
from tests.unit.test_json_lines import LINE

MUTATIONS = 5_000 if DEEP else 60
TEXT = "榆中县2018年政府信息公开年度报告\n推进“三务”公开。\n" * 4
FILES: Files = {"2016/某县.txt": TEXT, "b.zip": zip_of({"c.txt": TEXT}), "d.html": f"<p>{TEXT}</p>"}
OURS = {
    "zip": zip_of(FILES),
    "tar": tar_of(FILES),
    "gzip": tar_of(FILES, "w:gz"),
    "bzip2": tar_of(FILES, "w:bz2"),
    "xz": tar_of(FILES, "w:xz"),
    "mail": mail_of(TEXT, FILES),
    "mbox": b"From a@b Mon Jan  2 10:00:00 2017\n" + mail_of(TEXT, FILES).replace(b"\r\n", b"\n"),
}
OF_LIBARCHIVE: dict[str, Callable[[Files], bytes]] = {
    "7z": seven_zip_of,
    "rar4": rar4_of,
    "rar5": rar5_of,
}


def mutated(data: bytes, draw: random.Random) -> bytes:
    """A few bytes changed, cut out, doubled, or the end cut off."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(made))
        how = draw.randrange(5)
        if how < 2:
            made[at] = draw.choice((0, 1, 0x7F, 0x80, 0xFF, draw.randrange(256)))
        elif how == 2:
            del made[at : at + draw.randint(1, 20)]
        elif how == 3:
            made[at:at] = made[at : at + draw.randint(1, 40)]
        else:
            del made[max(at, len(made) // 2) :]
        if not made:
            return b""
    return bytes(made)


def walked(data: bytes) -> None:
    """Walk it, and read what is found: whatever is wrong comes as a message."""
    kind = container_of("a", io.BytesIO(data))
    if kind is None:
        return
    for found in walk("a", kind, io.BytesIO(data), Budget(len(data))):
        if isinstance(found.content, bytes):
            try:
                read(found.name, found.content)
            except UnreadableError:
                continue
        assert isinstance(found.content, bytes | Message)
        assert found.path == "" or ".." not in found.path.split("/")


@pytest.mark.parametrize("kind", OURS)
def test_no_change_of_bytes_breaks_a_reader(kind: str) -> None:
    for seed in range(MUTATIONS):
        walked(mutated(OURS[kind], random.Random(seed)))


@pytest.mark.parametrize("kind", OF_LIBARCHIVE)
def test_no_change_of_bytes_breaks_libarchive(kind: str) -> None:
    """In a process of its own, as the pipeline has it: it is written in C."""
    command = [sys.executable, "-m", "tests.property.test_archives_property", kind, str(MUTATIONS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]


def test_no_change_of_bytes_breaks_a_ready_report() -> None:
    import json

    line = json.dumps(LINE, ensure_ascii=False).encode()
    for seed in range(MUTATIONS):
        try:
            _, report = ready_report(mutated(line, random.Random(seed)))
        except UnreadableError:
            continue
        assert len(report.text().split("\n")) == len(list(report.lines()))


if __name__ == "__main__":
    archive = OF_LIBARCHIVE[sys.argv[1]](FILES)
    for number in range(int(sys.argv[2])):
        walked(mutated(archive, random.Random(number)))
