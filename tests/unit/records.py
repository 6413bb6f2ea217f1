"""Records of files that are nowhere, for reports that were drawn."""

from __future__ import annotations

from typing import Any

from indexer.arrays.prepare import PreparedReport
from indexer.arrays.records import FileState, record_of


def plain_record(prepared: PreparedReport) -> dict[str, Any]:
    """The record of a report whose file is of no size."""
    report = prepared.report
    return record_of(report.source, FileState(0, 0, "", ""), (), prepared, report.indexed)
