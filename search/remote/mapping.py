"""The index that a cluster is asked to make: how text is cut, which fields a document has.

A document is a report, its title and sections nested in it as `units`, or a file that was rejected. See
`documents.py` for what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.store.directory import fingerprint
from search.remote.alphabet import CAPTURED, GAP

MAPPING_VERSION = 2
"""Raise it whenever settings, fields or what stands in them change: older indexes are then built anew."""
MOST_UNITS = 100_000
"""Sections of one report."""
MOST_SHOWN = 100_000
"""Reports in one answer of the cluster, its deepest page."""
COUNT = "gongkai-count"
"""The similarity whose score is the number of occurrences."""

_TEXT: Mapping[str, Any] = {
    "type": "text",
    "analyzer": "written",
    "search_analyzer": "given",
    "similarity": COUNT,
    "norms": False,
}
_KEYWORD: Mapping[str, Any] = {"type": "keyword"}
_SCAN: Mapping[str, Any] = {"type": "binary", "doc_values": True}
_FACTS: Mapping[str, Any] = {
    "region": _KEYWORD,
    "year": {"type": "short"},
    "genre": _KEYWORD,
    "issuer_folded": _KEYWORD,
}


def made_with() -> dict[str, str]:
    """What decides which index can be asked: stands in the `_meta` of its mapping."""
    return {**fingerprint(), "mapping": str(MAPPING_VERSION)}


def index_body(shards: int = 1, replicas: int = 1) -> dict[str, Any]:
    """Settings and mappings of a new index."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "index.mapping.nested_objects.limit": MOST_UNITS,
            "index.max_result_window": MOST_SHOWN,
            "analysis": _analysis(),
            "similarity": {
                COUNT: {"type": "scripted", "script": {"source": "query.boost * doc.freq"}}
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": made_with(),
            "_source": {"excludes": ["units"]},
            "properties": _root() | {"units": {"type": "nested", "properties": _unit()}},
        },
    }


def _analysis() -> dict[str, Any]:
    return {
        "tokenizer": {"spaces": {"type": "whitespace"}},
        "filter": {
            "captured": {
                "type": "pattern_capture",
                "preserve_original": False,
                "patterns": list(CAPTURED),
            },
            "gaps": {"type": "stop", "stopwords": [GAP]},
        },
        "analyzer": {
            "written": {"tokenizer": "spaces", "filter": ["captured"]},
            "given": {"tokenizer": "spaces", "filter": ["gaps"]},
        },
    }


def _root() -> dict[str, Any]:
    return {
        **_FACTS,
        "present": {"type": "boolean"},
        "title": _TEXT,
        "former": _KEYWORD,
        "copy_of": _KEYWORD,
        "source": _KEYWORD,
        "chain": _KEYWORD,
        "issuer": _KEYWORD,
        "origin": _KEYWORD,
        "kinds": _KEYWORD,
        "said": {"type": "short"},
        "published": _KEYWORD,
        "changed": {"type": "long"},
        "tie": _KEYWORD,
        "region_order": _KEYWORD,
        "length": {"type": "integer"},
        "characters": {"type": "integer"},
        "kept": {"type": "object", "enabled": False},
    }


def _unit() -> dict[str, Any]:
    return {
        **_FACTS,
        "kind": _KEYWORD,
        "text": _TEXT,
        "heading": _TEXT,
        "title": _TEXT,
        "characters": {"type": "integer"},
        "headed": {"type": "integer"},
        "scan": _SCAN,
        "bounds": _SCAN,
        "title_scan": _SCAN,
        "title_bounds": _SCAN,
    }
