"""Texts are all there, colours have contrast, and style sheets say what older browsers know."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from indexer.echoes.measure import STATES
from search.model import DEFAULTS, FACETS
from search.spread import ExampleKind
from web.commands.program import COMMANDS
from web.texts import TABLES, TEXTS


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    folder = Path(__file__).parents[2] / "web"
    sources = [*folder.rglob("*.py"), *folder.rglob("templates/**/*.*")]
    sources.append(folder.parent / "gongkai.py")
    tables = folder / "texts"
    used = "\n".join(p.read_text("utf-8") for p in sources if tables not in p.parents)
    named = set(re.findall(r"""\bt\(["']([\w-]+)["']""", used))
    assert {key for key in named if not key.endswith("_")} <= set(TEXTS)
    of_facets = (f"api_{name}" for name in FACETS)
    options = (f"api_{name}" for name, default in DEFAULTS.items() if default is False)
    of_commands = (f"command_{name}" for name in ("gongkai", *COMMANDS))
    told = ("change_", "fact_", "option_", "opened_", "mend_")  # by the command line
    of_echoes = (*(f"echo_{state}" for state in STATES), "echoes_when_", "column_")
    ways = (f"{way}_more" for way in ("as_typed", "by_words"))  # switches
    shown = (f"example_{kind}" for kind in get_args(ExampleKind))
    of_trend = (
        "trend_",
        "measure_",
        "matrix_",
        "legend_",
        "below_",
        "first_",
        "silent_",
        "level_",
    )
    of_alerts = ("alert_", "what_", "saved_sent_", "saved_group_")
    of_tables = (
        "take_",
        "column_",
        "batch_",
        "findings_",
        "conflict_",
        "verify_",
        "outcome_",
        "mcp_",
    )
    made = (
        *of_alerts,
        *of_tables,
        "facet_",
        "error_",
        "http_",
        "sort_",
        *of_facets,
        *options,
        *of_commands,
        *shown,
        *of_trend,
        *of_echoes,
        *told,
        *ways,
    )
    quoted = set(re.findall(r"""["']([\w-]+)["']""", used))
    assert not [key for key in TEXTS if key not in quoted and not key.startswith(made)]


def test_no_key_stands_in_two_tables() -> None:
    assert sum(map(len, TABLES)) == len(TEXTS)


def test_both_languages_take_the_same_values() -> None:
    for key, (chinese, english) in TEXTS.items():
        values, others = (
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (chinese, english)
        )
        assert values == others, key
        assert chinese.strip(), key
        foreign = english.replace("三务", "").replace("公开", "").replace("中文", "")
        assert not re.search("[\u3400-\u9fff]", foreign), key


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *(
            (ink, ground)
            for ink in ("ink", "soft", "link", "seal")
            for ground in ("paper", "raised")
        ),
        *((ink, ground) for ink in ("ink", "soft") for ground in ("quote", "line")),
        *((ink, "notice") for ink in ("ink", "link")),
        ("on-seal", "seal-fill"),
        ("hit-ink", "hit"),
    ],
)
def test_contrast_is_at_least_aa(mode: str, ink: str, ground: str) -> None:
    css = (Path(__file__).parents[2] / "web/static/css/base.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.S)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[0]))
    if mode == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[1]))
    darker, lighter = sorted(_luminance(colours[name]) for name in (ink, ground))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("modern", "older"),
    [
        (r"(?<!-)user-select: (?P<value>\w+)", "-webkit-user-select: {value}"),
        (r'content: (?P<value>"[^"]+") / ""', "content: {value}"),
    ],
)
def test_what_safari_is_told_before(modern: str, older: str) -> None:
    found = 0
    for path in (Path(__file__).parents[2] / "web/static/css").glob("*.css"):
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        for before, line in pairwise(lines):
            if told := re.match(modern, line):
                found += 1
                assert before == older.format(**told.groupdict()) + ";", f"{path.name}: {line}"
    assert found


def test_lines_under_text_are_told_one_by_one() -> None:
    """WebKit (2.50) does not know `text-decoration` with more than a line."""
    for path in (Path(__file__).parents[2] / "web/static/css").glob("*.css"):
        assert not re.findall(r"text-decoration: \S+ .*;", path.read_text("utf-8")), path.name


def test_lines_of_a_report_s_tables_do_not_collapse() -> None:
    """Firefox (153) paints the ground of a positioned row over borders that collapse."""
    css = (Path(__file__).parents[2] / "web/static/css/report-text.css").read_text("utf-8")
    assert "border-collapse" not in css
    assert re.search(r"\.line \{\s+position: relative", css)
