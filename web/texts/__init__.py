"""Every sentence that the pages show: a table a room, each text in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from web import language
from web.texts import api, concordance, errors, frame, report, results

Texts = Mapping[str, tuple[str, str]]

TABLES: tuple[Texts, ...] = (
    frame.TEXTS,
    results.TEXTS,
    concordance.TEXTS,
    report.TEXTS,
    api.TEXTS,
    errors.TEXTS,
)
TEXTS: Texts = {key: both for table in TABLES for key, both in table.items()}
"""By key: Chinese, English. English texts read well with any number put in."""


def t(key: str, **values: object) -> str:
    """The sentence of a key in the reader's language, values put in; KeyError for one missing."""
    return TEXTS[key][language.LANGUAGES.index(language.current())].format(**values)
