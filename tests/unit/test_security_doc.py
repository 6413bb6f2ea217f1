"""SECURITY.md names tests that there are."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from tests.conftest import ROOT

DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", DOCUMENT)


def test_every_test_that_is_named_exists() -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for file, test in NAMED:
        named[file] |= {test} - {""}
    assert sum(map(len, named.values())) > 50
    for file, tests in named.items():
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert tests <= there, (file, tests - there)


def test_an_item_without_a_test_is_said_to_be_another_s_or_not_held() -> None:
    rows = [
        line.strip("|").split("|") for line in DOCUMENT.splitlines() if re.match(r"\| \d", line)
    ]
    assert len(rows) > 25
    for item, how, test in rows:
        if not test.strip():
            assert re.search("not|proxy|no log|make audit", how), item
