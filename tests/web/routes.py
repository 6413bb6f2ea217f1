"""Every address that an application answers at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fake_reports import TOWN
from flask import Flask
from werkzeug.routing import Rule

from search.links import checksum

VALUES = {
    "report_id": TOWN.id,
    "start": "0",
    "end": "3",
    "check": checksum(TOWN.text()[:3]),
    "filename": "icon.svg",
    "chosen": "en",
    "ending": "csv",
    "number": "1",
}
"""What stands for the parts of an address that vary; "1" for any other."""


def addresses(
    app: Flask, values: Mapping[str, str] | None = None
) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with an address that fits it, once for each method."""
    known = {**VALUES, **(values or {})}
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            path = re.sub(rf"<[^>]*\b{name}>", known.get(name, "1"), path)
        for method in sorted(rule.methods or ()):
            yield rule, method, path
