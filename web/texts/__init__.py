"""Every sentence that pages and terminal show: a table a room, each text in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from indexer.messages import LANGUAGES, Language
from web import language
from web.texts import (
    alerts,
    api,
    batch,
    command,
    compare,
    concordance,
    echoes,
    errors,
    export,
    facets,
    findings,
    frame,
    guard,
    mcp,
    rejected,
    report,
    results,
    start,
    trend,
    verifying,
)

Texts = Mapping[str, tuple[str, str]]

TABLES: tuple[Texts, ...] = (
    frame.TEXTS,
    start.TEXTS,
    rejected.TEXTS,
    results.TEXTS,
    facets.TEXTS,
    concordance.TEXTS,
    trend.TEXTS,
    report.TEXTS,
    compare.TEXTS,
    echoes.TEXTS,
    export.TEXTS,
    batch.TEXTS,
    findings.TEXTS,
    verifying.TEXTS,
    alerts.TEXTS,
    api.TEXTS,
    errors.TEXTS,
    command.TEXTS,
    mcp.TEXTS,
    guard.TEXTS,
)
TEXTS: Texts = {key: both for table in TABLES for key, both in table.items()}
"""By key: Chinese, English. English texts read well with any number put in."""


def t(key: str, **values: object) -> str:
    """The sentence of a key in the reader's language, values put in; KeyError for one missing."""
    return in_language(language.current())(key, **values)


@cache
def in_language(chosen: Language) -> Callable[..., str]:
    """`t` for one language: a page asks it some hundred times."""
    sentences = {key: both[LANGUAGES.index(chosen)] for key, both in TEXTS.items()}

    def told(key: str, **values: object) -> str:
        return sentences[key].format(**values)

    return told
