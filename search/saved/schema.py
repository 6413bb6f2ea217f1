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
SEARCHES = """
CREATE TABLE search (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    asked TEXT NOT NULL,
    made INTEGER NOT NULL,
    looked INTEGER NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0,
    generation TEXT NOT NULL,
    newest INTEGER NOT NULL,
    trouble TEXT
);
CREATE TABLE known (
    search INTEGER NOT NULL REFERENCES search ON DELETE CASCADE,
    report TEXT NOT NULL,
    digest TEXT NOT NULL,
    title TEXT NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (search, report)
) WITHOUT ROWID;
CREATE TABLE news (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    search INTEGER NOT NULL REFERENCES search ON DELETE CASCADE,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    report TEXT NOT NULL,
    told TEXT NOT NULL
);
CREATE INDEX news_of_search ON news (search);
CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    search INTEGER NOT NULL REFERENCES search ON DELETE CASCADE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    root TEXT NOT NULL
);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    target INTEGER NOT NULL REFERENCES target ON DELETE CASCADE,
    body TEXT NOT NULL,
    made INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    trouble TEXT
);
"""
"""Saved searches. Times are seconds since 1970. search: `asked` is the request as JSON, `turn` counts the times
that it was compared, `generation` and `newest` (the newest time of a report, see Indexed) are of the index that it
was compared with last, `trouble` is why that did not work, a Message as JSON. known: what was told of, or was
there at first. news: what was told and is not read yet; `told` is JSON. target: where it is sent. outbox: what is
to be sent, written in the transaction that writes `known`."""

STEPS: tuple[str, ...] = (FINDINGS, SEARCHES)
"""SQL scripts in the order in which they were added. What stands here was written to files: a further
script is added at the end, none is changed."""
