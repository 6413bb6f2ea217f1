"""The messages that the sources can produce, read from them: of errors, hints, warnings, doubts.

Messages are what our error classes are given, and in rooms that speak of warnings every Chinese
text in a function. What is only known when the program runs becomes a sample value.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import ModuleType

from indexer.errors import GongkaiError

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
VALUE = "〈某值〉"
"""What stands for a value that only the running program knows."""
ALSO_WARN = ("indexer/reading/front_matter.py",)
"""Rooms that give warnings without calling them so."""
_DEEP = 6  # names followed to what they stand for

Scope = ast.FunctionDef | None


def messages() -> dict[str, str]:
    """Every message, and one place where it is made."""
    found: dict[str, str] = {}
    for folder in ("indexer", "search", "web"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for message, line in _Room.read(path).messages():
                if HAN.search(message.replace(VALUE, "")):
                    found.setdefault(message, f"{path.relative_to(ROOT)}:{line}")
    return found


@dataclass(frozen=True, slots=True)
class _Room:
    module: ModuleType
    tree: ast.Module
    warns: bool

    @classmethod
    def read(cls, path: Path) -> _Room:
        name = path.relative_to(ROOT).with_suffix("").as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        named = {getattr(node, field, None) for node in ast.walk(tree) for field in ("id", "name")}
        warns = any("warnings" in str(each) for each in named) or f"{name}.py" in ALSO_WARN
        module = importlib.import_module(name.replace("/", ".").removesuffix(".__init__"))
        return cls(module, tree, warns)

    def messages(self) -> Iterator[tuple[str, int]]:
        for scope in [None, *self._functions()]:
            for node in _own(scope or self.tree):
                for given in self._given(node, scope):
                    for text in self.texts(given, scope):
                        yield text, node.lineno

    def _functions(self) -> list[ast.FunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    def _given(self, node: ast.AST, scope: Scope) -> Iterator[ast.expr]:
        """What is said at this node."""
        if isinstance(node, ast.Call) and self._raises(node.func):
            yield from node.args[:1]
            yield from (word.value for word in node.keywords if word.arg == "hint")
        elif self.warns and scope and isinstance(node, ast.Return | ast.Yield | ast.Call):
            values = node.args if isinstance(node, ast.Call) else [node.value]
            appended = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append"
            for value in values:
                if appended and isinstance(value, ast.Name):
                    yield value
                yield from _whole_texts(value) if value else ()

    def _raises(self, called: ast.expr) -> bool:
        cls = self._there(called)
        return inspect.isclass(cls) and issubclass(cls, GongkaiError)

    def _there(self, node: ast.expr) -> object:
        """What a name of the module, or of one that it imports, stands for; None for others."""
        match node:
            case ast.Name(id=name):
                return getattr(self.module, name, None)
            case ast.Attribute(value=owner, attr=name):
                return inspect.getattr_static(self._there(owner), name, None)
        return None

    def texts(self, node: ast.expr, scope: Scope, depth: int = _DEEP) -> list[str]:
        """What an expression may be as a text."""

        def each(*parts: ast.expr) -> list[str]:
            return [text for part in parts for text in self.texts(part, scope, depth - 1)]

        if depth == 0:
            return [VALUE]
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                together = product(*(self.texts(part, scope, depth) for part in parts))
                return ["".join(texts) for texts in together]
            case ast.FormattedValue(value=value):
                return each(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return [one + other for one, other in product(each(left), each(right))]
            case ast.IfExp(body=body, orelse=other):
                return each(body, other)
            case ast.BoolOp(values=values):
                return each(*values)
            case ast.Subscript(value=table):
                known = self._there(table)
                return _strings(known.values()) if isinstance(known, Mapping) else [VALUE]
            case ast.Name(id=name):
                bound = self._bound(name, scope)
                return each(*bound) if bound else self._listed(name, scope)
        return [VALUE]

    def _bound(self, name: str, scope: Scope) -> list[ast.expr]:
        """What a function's own name was given, or what its callers in the module give it."""
        if scope is None:
            return []
        own = [node for node in ast.walk(scope) if isinstance(node, ast.Assign)]
        bound = [
            node.value for node in own if [getattr(t, "id", 0) for t in node.targets] == [name]
        ]
        names = [argument.arg for argument in scope.args.args]
        if name in names:
            calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
            bound += [
                call.args[names.index(name)]
                for call in calls
                if getattr(call.func, "id", "") == scope.name and len(call.args) > names.index(name)
            ]
        return bound

    def _listed(self, name: str, scope: Scope) -> list[str]:
        """A constant of the module, or what a loop over a table of the module gives."""
        for loop in ast.walk(scope) if scope else ():
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Tuple):
                names = [getattr(target, "id", "") for target in loop.target.elts]
                rows = self._there(loop.iter)
                if name in names and isinstance(rows, tuple):
                    return _strings(row[names.index(name)] for row in rows)
        known = getattr(self.module, name, None)
        return [str(known)] if isinstance(known, str | int) else [VALUE]


def _strings(values: object) -> list[str]:
    return list(dict.fromkeys(map(str, values)))  # type: ignore[call-overload]


def _own(scope: ast.Module | ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function or module that are not in a function inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef):
            waiting.extend(ast.iter_child_nodes(node))


def _whole_texts(node: ast.expr) -> Iterator[ast.expr]:
    """The texts, or names of texts, in what is given, not those that other texts are made of."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            yield node
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from [part] if isinstance(part, ast.Name) else _whole_texts(part)
        case ast.IfExp(body=body, orelse=other):
            yield from (*_whole_texts(body), *_whole_texts(other))
