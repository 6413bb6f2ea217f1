"""What the server writes to its log: whatever a request or a report holds, a record cannot look like two."""

from __future__ import annotations

import logging
import unicodedata

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_BESIDE = "  | "
"""Before each line of a traceback: none of them begins as a record does."""


class Printable(logging.Formatter):
    """One line a record, its traceback indented below; controls are written out."""

    def __init__(self) -> None:
        super().__init__(_FORM)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802, logging's name
        """Of logging: the record's own line."""
        return _written_out(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802, logging's name
        """Of logging: the traceback."""
        lines = super().formatException(ei).split("\n")  # type: ignore[arg-type]
        return "\n".join(_BESIDE + _written_out(line) for line in lines)


def log_printably() -> None:
    """Have all records written so, to the standard error, warnings and worse."""
    handler = logging.StreamHandler()
    handler.setFormatter(Printable())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _written_out(text: str) -> str:
    """Controls, and what turns the direction of writing, as Python writes them: \\n, \\x1b, \\u202e."""
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNSEEN else c
        for c in text
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
