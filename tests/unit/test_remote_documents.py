"""A report goes into a document and comes back the same, whatever bytes come back."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from indexer.arrays.prepare import prepare
from indexer.arrays.records import FileState, record_of
from indexer.errors import DamagedIndexError
from indexer.messages import Message
from indexer.model import report_id
from search.remote.documents import document, rejected_document
from search.remote.kept import packed, unpacked
from search.remote.mapping import index_body
from search.remote.shelf import report_of
from tests.oracle import drawn
from tests.unit.records import plain_record


@pytest.mark.parametrize("seed", range(20))
def test_a_report_comes_back_as_it_was(seed: int) -> None:
    report = drawn.report(Random(seed), "甲/a.txt")
    prepared = prepare(report)
    kept = unpacked(packed(prepared, plain_record(prepared)), report.id)
    assert report_of(kept) == replace(report, dropped=())
    assert kept.record == plain_record(prepared)


def test_a_document_has_the_fields_of_the_mapping_and_is_json() -> None:
    mapping = index_body()["mappings"]["properties"]
    for seed in range(20):
        prepared = prepare(drawn.report(Random(seed), "a.txt"))
        found = json.loads(json.dumps(document(prepared, plain_record(prepared))))
        assert found.keys() <= mapping.keys()
        for unit in found["units"]:
            assert unit.keys() <= mapping["units"]["properties"].keys()


def test_ties_go_by_newest_then_region_then_source() -> None:
    reports = [drawn.report(Random(seed), f"{seed % 7}/{seed}.txt") for seed in range(60)]
    documents = [document(p, plain_record(p)) for p in map(prepare, reports)]
    order = np.argsort([found["tie"] for found in documents], kind="stable")
    keys = [
        (-(r.year or 0), tuple(region.code for region in r.region) or ("999999",), r.source)
        for r in reports
    ]
    assert [keys[at] for at in order] == sorted(keys)


def test_a_rejected_file_and_a_copy() -> None:
    state = FileState(3, 1, "ab", "", reason=Message("empty_file"))
    found = rejected_document(record_of("b.txt", state, ("0" * 12,)))
    assert (found["present"], found["source"], found["former"]) == (False, "b.txt", ["0" * 12])
    assert "copy_of" not in found
    copy = rejected_document(record_of("c.txt", replace(state, copy_of="a.txt"), ()))
    assert copy["copy_of"] == report_id("a.txt")


def test_changed_bytes_are_a_damage_or_the_same_shape() -> None:
    prepared = prepare(drawn.report(Random(3), "a.txt"))
    data = packed(prepared, plain_record(prepared))
    chooser = Random(4)
    damaged = 0
    for _ in range(200):
        at = chooser.randrange(len(data))
        changed = data[:at] + bytes([data[at] ^ 1 << chooser.randrange(8)]) + data[at + 1 :]
        try:
            unpacked(changed, "0" * 12)
        except DamagedIndexError:
            damaged += 1
    assert damaged > 190
    for end in range(0, len(data), 50):
        with pytest.raises(DamagedIndexError):
            unpacked(data[:end], "0" * 12)


def test_the_text_of_a_unit_is_that_of_its_section() -> None:
    report = drawn.report(Random(8), "a.txt")
    prepared = prepare(report)
    units = document(prepared, plain_record(prepared))["units"]
    assert len(units) == len(report.sections) + 1
    for unit in units:
        text = b64decode(unit.get("scan", "")).decode()
        bounds = b64decode(unit.get("bounds", "")).decode()
        assert len(bounds) == (len(text.encode("utf-16-le")) // 2 + 5) // 6
        assert all("0" <= char <= "o" for char in bounds)
