"""The OpenAPI document as what its page shows."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from search.model import CHOICES
from web import language
from web.show import value_label
from web.texts import t


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: which values it takes and what they mean, as texts."""

    name: str
    values: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the API; `curl` and `href` are the same example."""

    anchor: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    curl: str
    href: str


def endpoints(document: Mapping[str, Any], root: str) -> tuple[Endpoint, ...]:
    """The paths of the document; `root` is the site's address, with "/" at its end."""
    return tuple(
        _endpoint(path, methods["get"], root) for path, methods in document["paths"].items()
    )


def _endpoint(path: str, operation: Mapping[str, Any], root: str) -> Endpoint:
    examples = [
        (p["in"], p["name"], p["example"]) for p in operation["parameters"] if "example" in p
    ]
    href = path
    for place, name, value in examples:
        href = href.replace(f"{{{name}}}", value) if place == "path" else href
    asked = [(name, value) for place, name, value in examples if place == "query"]
    data = "".join(f" \\\n  --data-urlencode {shlex.quote(f'{n}={v}')}" for n, v in asked)
    return Endpoint(
        anchor=operation["operationId"],
        path=path,
        about=operation["summary" if language.current() == "zh" else "description"],
        parameters=tuple(map(_parameter, operation["parameters"])),
        curl=f"curl -sG {shlex.quote(root.rstrip('/') + href)}{data}",
        href=f"{href}?{urlencode(asked)}" if asked else href,
    )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter["schema"]
    values = _values(parameter["name"], schema.get("items", schema))
    if schema["type"] == "array":
        values.append(t("api_repeats"))
    if parameter["required"] and parameter["in"] == "query":
        values.append(t("api_required"))
    if schema.get("default") not in (None, False):
        values.append(t("api_default", value=schema["default"]))
    meaning = parameter["x-zh" if language.current() == "zh" else "description"]
    return Parameter(parameter["name"], tuple(values), meaning)


def _values(name: str, schema: Mapping[str, Any]) -> list[str]:
    """The values that a parameter's schema allows, with what they are called where they have names."""
    if name in CHOICES:
        return [" | ".join(f"{value} {value_label(name, value, '')}" for value in schema["enum"])]
    if "enum" in schema:
        return [" | ".join(schema["enum"])]
    if schema["type"] == "boolean":
        return ["1 | 0"]
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema.get("maximum")
        return [f"≥ {least}" if most is None else f"{least}–{most}"]
    return [t("api_longest", count=schema["maxLength"])] if "maxLength" in schema else []
