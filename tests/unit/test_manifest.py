"""The manifest: what is written is read, and all else refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import DamagedIndexError, IndexUnusableError, OtherVersionError
from indexer.store import manifest as manifest_module
from indexer.store.directory import FORMAT_VERSION, MANIFEST
from indexer.store.manifest import (
    Manifest,
    SegmentEntry,
    current_generation,
    read_manifest,
    stored_format,
    stored_manifest,
)

IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
ENTRY = SegmentEntry("segment-0123456789abcdef", 10, 99, "0123abcd", ((1, 3), (5, 10)))
WRITTEN = Manifest(
    7, (ENTRY, SegmentEntry("segment-00000000000000ff", 0, 1, "00000000")), "deadbeef"
)

ranges = st.sets(st.integers(0, 1000), max_size=10).map(
    lambda bounds: tuple(zip(*[iter(sorted(bounds)[: len(bounds) // 2 * 2])] * 2, strict=True))
)
entries = st.builds(
    SegmentEntry,
    st.integers(0, (1 << 64) - 1).map(lambda number: f"segment-{number:016x}"),
    st.integers(1000, 1 << 40),
    st.integers(0, 1 << 50),
    st.integers(0, (1 << 32) - 1).map(lambda number: f"{number:08x}"),
    ranges,
)


@IN_ONE_FOLDER
@given(st.integers(0, 1 << 40), st.lists(entries, max_size=4), st.just("00c0ffee"))
def test_what_is_written_is_read(
    tmp_path: Path, number: int, segments: list[SegmentEntry], toc: str
) -> None:
    manifest = Manifest(number, tuple(segments), toc)
    (tmp_path / MANIFEST).write_bytes(manifest.data())
    assert read_manifest(tmp_path) == stored_manifest(tmp_path) == manifest
    assert current_generation(tmp_path) == manifest.name
    assert stored_format(tmp_path) == FORMAT_VERSION
    assert manifest.files == {manifest.toc, *(f"{segment.name}.arrays" for segment in segments)}
    assert Manifest(number + 1, tuple(segments), toc).name != manifest.name


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    path, data = tmp_path / MANIFEST, WRITTEN.data()
    for at in range(len(data)):
        for change in (1, 2, 0x0D, 0x20, 0x80):  # the first and the third make white space of some
            changed = bytearray(data)
            changed[at] ^= change
            path.write_bytes(changed)
            with pytest.raises((DamagedIndexError, OtherVersionError)):
                read_manifest(tmp_path)
            current_generation(tmp_path)
    for size in range(len(data)):
        path.write_bytes(data[:size])
        with pytest.raises(DamagedIndexError):
            read_manifest(tmp_path)
    path.write_bytes(data + b"\n")
    with pytest.raises(DamagedIndexError):
        read_manifest(tmp_path)


SEGMENT: dict[str, Any] = manifest_module._parsed(Path(), WRITTEN.data())["segments"][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": -1},
        {"generation": "7"},
        {"generation": None},
        {"segments": None},
        {"segments": {"a": 1}},
        {"segments": [1]},
        {"segments": [{}]},
        {"toc_checksum": ""},
        {"toc_checksum": 7},
        {"toc_checksum": "\ud800"},
        *(
            {"segments": [{**SEGMENT, name: value}]}
            for name, value in [
                ("name", "../../etc/passwd"),
                ("name", "segment-0123456789abcdef/../x"),
                ("name", "segment-0123456789abcdef\n"),
                ("name", "segment-0123456789ABCDEF"),
                ("name", 7),
                ("documents", -1),
                ("documents", 9),
                ("documents", 1.5),
                ("bytes", [0]),
                ("checksum", "x" * 8),
                ("deleted", 7),
                ("deleted", [7]),
                ("deleted", [[1, 2, 3]]),
                ("deleted", [["1", "2"]]),
                ("deleted", [[3, 1]]),
                ("deleted", [[3, 3]]),
                ("deleted", [[1, 3], [3, 4]]),
                ("deleted", [[5, 7], [1, 3]]),
                ("deleted", [[1, 11]]),
                ("deleted", [[-1, 3]]),
            ]
        ),
    ],
)
def test_values_that_are_none(tmp_path: Path, changes: dict[str, Any]) -> None:
    """Their checksum is right."""
    fields = {**WRITTEN._fields(), **changes}
    (tmp_path / MANIFEST).write_bytes(manifest_module._data(fields))
    with pytest.raises(DamagedIndexError):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "null", "7", "[]", "{}", "[" * 100_000, '{"format": 3}', '{"format": "x"}', '"\\ud800"'],
)
def test_no_manifest_at_all(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    for use in (read_manifest, stored_manifest):
        with pytest.raises(DamagedIndexError):
            use(tmp_path)
    assert current_generation(tmp_path) is None


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(IndexUnusableError) as error:
        read_manifest(tmp_path)
    assert not isinstance(error.value, DamagedIndexError)


def test_the_format_is_looked_at_first(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"format": "2", "segments": 7, "checksum": None}))
    with pytest.raises(OtherVersionError, match="format：2 → "):
        read_manifest(tmp_path)
