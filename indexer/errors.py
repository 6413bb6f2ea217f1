"""The errors that Gongkai raises, in one tree.

GongkaiError
├── CorpusError            the corpus itself cannot be used
│   └── UnreadableError    one file cannot be read; it is listed, the rest goes on
├── IndexUnusableError            the index cannot be used (each message names the command that mends it)
│   ├── MissingIndexError
│   ├── LockedIndexError
│   ├── OtherVersionError
│   ├── DamagedIndexError
│   └── ClusterError       the cluster that holds it does not answer, or not as a whole
├── QueryError             the query cannot be understood (position and hint)
├── RequestError           another parameter of a request is wrong
├── UnknownReportError     no report has this id
├── OtherIndexError        the index is no longer the one that the request goes on in
└── LimitError             the request is larger than what one answer may cost

Library exceptions do not leave the room that uses the library: they are mapped to these.
What an error says is a `Message`, worded where it is shown; every class has a stable English `code` for machines.
"""

from __future__ import annotations

from indexer.messages import LANGUAGES, Message, word


class GongkaiError(Exception):
    """Root of all errors raised on purpose.

    `message` says what is wrong and where, `hint` what to do about it. As a string, for logs and for who
    calls us from Python, the error is both: a line in Chinese, one in English.
    """

    code = "error"

    def __init__(self, message: Message, *, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        said = [each for each in (self.message, self.hint) if each is not None]
        return "\n".join(" — ".join(word(each, into) for each in said) for into in LANGUAGES)


class CorpusError(GongkaiError):
    """The corpus as a whole cannot be used: no such folder, say."""

    code = "corpus"


class UnreadableError(CorpusError):
    """One file cannot be read; `message` is the reason shown in the list of rejected files."""

    code = "unreadable"


class IndexUnusableError(GongkaiError):
    """The index cannot be used."""

    code = "index"


class MissingIndexError(IndexUnusableError):
    """There is no index in the folder."""

    code = "index_missing"


class LockedIndexError(IndexUnusableError):
    """Another process is writing the index."""

    code = "index_locked"


class OtherVersionError(IndexUnusableError):
    """The index was built by another version of Gongkai, fold rules or segmenter."""

    code = "index_version"


class DamagedIndexError(IndexUnusableError):
    """The index's files are not what was written."""

    code = "index_damaged"


class ClusterError(IndexUnusableError):
    """The cluster that holds the index does not answer, or not as a whole."""

    code = "cluster"


class QueryError(GongkaiError):
    """The query cannot be understood. `position` counts code points from 0."""

    code = "query"

    def __init__(
        self,
        message: Message,
        *,
        position: int | None = None,
        hint: Message | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.position = position


class RequestError(GongkaiError):
    """A parameter other than the query is wrong; `parameter` names it."""

    code = "request"

    def __init__(
        self, message: Message, *, parameter: str = "", hint: Message | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.parameter = parameter


class UnknownReportError(GongkaiError):
    """No report has this id."""

    code = "unknown_report"


class OtherIndexError(GongkaiError):
    """The request goes on from an answer of an index that has changed since."""

    code = "index_changed"


class LimitError(GongkaiError):
    """The request is larger than what one answer may cost."""

    code = "limit"
