"""The tables of what readers keep, step by step: a file of any earlier version is taken through the rest."""

from __future__ import annotations

FINDINGS = """
CREATE TABLE finding (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    report TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    digest TEXT NOT NULL,
    quote TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    title TEXT NOT NULL,
    region TEXT NOT NULL,
    year INTEGER,
    genre TEXT NOT NULL,
    issuer TEXT NOT NULL,
    published TEXT NOT NULL,
    document TEXT NOT NULL,
    pages TEXT NOT NULL,
    source TEXT NOT NULL,
    original TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT NOT NULL,
    UNIQUE (report, first, last, digest, quote)
);
CREATE INDEX finding_by_label ON finding (label);
"""
"""What readers collect, see findings.py; `number` is never given twice."""

STEPS: tuple[str, ...] = (FINDINGS,)
"""SQL scripts in the order in which they were added. What stands here was written to files: a further
script is added at the end, none is changed."""
