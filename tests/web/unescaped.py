"""Ways by which text could reach a page unescaped: they are looked for in sources and templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

MARKS_SAFE = {
    "Markup",
    "markupsafe",
    "__html__",
    "render_template_string",
    "from_string",
    "autoescape",
    "select_jinja_autoescape",
    "Template",
}
"""Names whose use in Python leaves text unescaped, or makes a template of it."""
ALLOWED = {
    ("assets.py", "Template"),
    ("escaping.py", "markupsafe"),
    ("mail.py", "<{}@gongkai.invalid>"),
}
"""A Message-ID stands in such brackets. Our own style sheets are templates as they stand: `web/assets.py` says why. `web/escaping.py` escapes."""
TAG = re.compile(r"<(?:[/!a-zA-Z%{]|$)")
"""The beginning of a tag, its name perhaps still to be put in."""
UNQUOTED = re.compile(r"=\s*\{\{")
"""An attribute whose value a space would end."""


def in_sources(folder: Path) -> Iterator[str]:
    """What is wrong with the Python files below a folder."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        found = {*_names(tree), *_tags(tree)}
        yield from sorted(
            f"{path.name}: {what}" for what in found if (path.name, what) not in ALLOWED
        )


def in_templates(folder: Path, environment: Environment) -> Iterator[str]:
    """What is wrong with the templates below a folder."""
    escaped = environment.autoescape
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        source = path.read_text("utf-8")
        found = {*_switches(environment.parse(source)), *UNQUOTED.findall(source)}
        if not (escaped(path.name) if callable(escaped) else escaped):
            found.add("not a name that is escaped for")
        yield from sorted(f"{path.name}: {what}" for what in found)


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        names = {
            ast.Name: ("id",),
            ast.Attribute: ("attr",),
            ast.alias: ("name", "asname"),
            ast.ImportFrom: ("module",),
            ast.FunctionDef: ("name",),
            ast.keyword: ("arg",),
        }.get(type(node), ())
        used = {part for name in names for part in str(getattr(node, name)).split(".")}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            used = {node.value}  # as in getattr(markupsafe, "Markup") or {"autoescape": False}
        yield from used & MARKS_SAFE


def _tags(tree: ast.AST) -> Iterator[str]:
    """String literals that hold tags, but for docstrings and the patterns of routes."""
    spared = {id(part) for node in ast.walk(tree) for part in _spared(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else "{" for p in node.values]
            text = "".join(map(str, parts))
            spared.update(map(id, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        else:
            continue
        if id(node) not in spared and TAG.search(text):
            yield text


def _spared(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):  # docstrings of modules, classes, functions and names
        yield node.value
    for decorator in getattr(node, "decorator_list", ()):
        yield from ast.walk(decorator)


def _switches(template: nodes.Template) -> Iterator[str]:
    for node in template.find_all(nodes.Node):
        if isinstance(node, nodes.EvalContextModifier):
            yield "autoescape"
        name = node.value if isinstance(node, nodes.Const) else getattr(node, "name", "")
        if name in ("safe", "Markup"):  # by name too: |map("safe")
            yield str(name)
