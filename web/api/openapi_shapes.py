"""The words that the API's schemas are written in, and the parts that several of them have."""

from __future__ import annotations

from indexer.model import KINDS
from web.api.json_shape import Shape

REPORT_ID = "^[0-9a-f]{12}$"
_PASSAGE_LINK = "^/reports/[0-9a-f]{12}/[0-9]+-[0-9]+/[0-9a-f]{8}$"


def typed(kind: str, description: str = "", **more: object) -> Shape:
    """A schema of one type."""
    return {"type": kind, **({"description": description} if description else {}), **more}


def string(description: str = "", **more: object) -> Shape:
    return typed("string", description, **more)


def count(description: str = "", **more: object) -> Shape:
    """A whole number that is not negative."""
    return typed("integer", description, minimum=0, **more)


def choice(values: tuple[str, ...], description: str = "") -> Shape:
    return string(description, enum=list(values))


def array(items: Shape, description: str = "") -> Shape:
    return typed("array", description, items=items)


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(kind: str, description: str = "", **more: object) -> Shape:
    """A schema of one type, or null."""
    return {**typed(kind, description, **more), "type": [kind, "null"]}


def object_(description: str, /, **properties: Shape) -> Shape:
    """An object that has all of these; later versions may add others."""
    return typed("object", description, properties=properties, required=list(properties))


def with_more(more: dict[str, Shape], description: str, /, **properties: Shape) -> Shape:
    """An object that has all of these, and may have `more`."""
    return typed(
        "object", description, properties={**properties, **more}, required=list(properties)
    )


def nullable(name: str) -> Shape:
    """A schema by name, or null."""
    return {"anyOf": [ref(name), {"type": "null"}]}


START = count("Code points of the report's canonical text before it.")
END = count("Where it ends, exclusive.")
PASSAGE_URL = string("The link to quote; it survives edits.", pattern=_PASSAGE_LINK)
PRINTED: dict[str, Shape] = {
    "pages": {
        **array(
            typed("integer", minimum=1),
            "First and last page of its line; null where none is known.",
        ),
        "type": ["array", "null"],
        "minItems": 2,
        "maxItems": 2,
    },
    "confidence": maybe(
        "integer",
        "Percent, of text that was recognised (OCR); null of what the file holds as text.",
        minimum=0,
        maximum=100,
    ),
}
"""Where in its file a text is printed."""
REGIONS = array(ref("Region"), "The way down, from the province or 000000 (the country).")
SECTION = object_(
    "",
    kind=choice(("title", *KINDS)),
    heading=string("The outermost heading."),
    path=array(string(), "Numbers on the way down, as printed."),
)
YEAR = maybe("integer", "The year that the report names as its own.")
