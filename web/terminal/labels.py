"""Values of options as the pages word them."""

from __future__ import annotations

from difflib import get_close_matches

import click

from indexer.errors import RequestError
from indexer.messages import Message
from indexer.text.fold import fold
from search.labels import names_of, value_of
from web import language
from web.show import LABELS_IN

_LIKE = 0.4
"""How alike a name is at least (see difflib) to be taken for what was meant."""


def read_labels(
    _: click.Context, option: click.Parameter, typed: tuple[str, ...]
) -> tuple[str, ...]:
    """The values of the facet that an option is named after, for their codes or labels of either
    language. RequestError names the nearest of all names, and every label with its code."""
    return tuple(_value(str(option.name), each) for each in typed)


def _value(facet: str, typed: str) -> str:
    found = value_of(facet, typed)
    if found is None:
        what = Message("bad_value", name=facet, value=typed)
        raise RequestError(what, parameter=facet, hint=_hint(facet, typed))
    return found


def _hint(facet: str, typed: str) -> Message:
    labels = LABELS_IN[language.current()][facet]
    choices = tuple(f"{label} ({code})" for code, label in labels.items())
    allowed = Message("allowed_values", allowed=choices)
    names = {fold(name): name for name in names_of(facet)}
    near = get_close_matches(fold(typed), names, n=1, cutoff=_LIKE)
    return Message("nearest_value", near=names[near[0]], allowed=allowed) if near else allowed
