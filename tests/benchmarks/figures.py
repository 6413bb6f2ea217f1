"""What a run measured, as plain data; `asdict` of it is the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Build:
    """One build: seconds, bytes, peak memory in bytes; `text` is UTF-8 bytes of parsed texts."""

    seconds: float
    text: int
    peak: int
    index: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over `queries` queries, medians of the rounds."""

    queries: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Recall:
    """Over all (query, report) pairs; `whole` is the share of queries answered without a fault."""

    queries: int
    recall: float
    precision: float
    whole: float


@dataclass(frozen=True, slots=True)
class Serving:
    """Seconds to open in a fresh process and to the first answer; bytes beyond mapped files."""

    opening: float
    first_answer: float
    memory: int
    after: int


@dataclass(slots=True)
class Figures:
    """One engine's. `version` None: not installed. `bare` are times without snippets."""

    name: str
    version: str | None
    note: str
    share: int
    texts: Build | None = None
    serving: Serving | None = None
    times: dict[str, Times] = field(default_factory=dict)
    bare: dict[str, Times] = field(default_factory=dict)
    recall: dict[str, Recall] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Growth:
    """This engine over the N-fold corpus beside the corpus itself.

    `marker` and `marker_base`: the same phrases with the same hits; seconds for one more report:
    the whole command, and the transaction alone.
    """

    times: int
    marker: Times
    marker_base: Times
    peak: int
    peak_base: int


@dataclass(frozen=True, slots=True)
class AddOne:
    """Seconds to bring an index up to date with one more file, corpus scan included; and to add
    and commit the report alone.
    """

    update: float
    commit: float


@dataclass(slots=True)
class Run:
    """All figures. `files` are bytes of files; `from_files` this engine's builds by processes."""

    machine: Mapping[str, str]
    corpus: Mapping[str, int]
    engines: list[Figures] = field(default_factory=list)
    from_files: dict[int, Build] = field(default_factory=dict)
    add_one: AddOne | None = None
    growth: Growth | None = None
