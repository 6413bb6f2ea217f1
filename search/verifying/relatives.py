"""Reports that may be the one that a link is of, where its id is not in the index any more.

An id is a digest of the path. So a path that the file had before tells itself: in another format
(年报.txt is 年报.pdf by now), or in other folders above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from indexer.model import report_id
from indexer.reading.formats import BY_NAME
from search.engine import Engine
from search.model import ReportHit, SearchRequest
from search.verifying.model import Claim


class Renamed(NamedTuple):
    """Reports whose file may be that of an id: of the same path but for its ending, or, where there is none
    of that, in further folders."""

    same_folder: bool
    reports: tuple[str, ...]


class Relatives:
    """What is known of the reports of an index, asked for once."""

    def __init__(self, engine: Engine) -> None:
        self._reports = tuple(engine.every_report(SearchRequest(passages=0)))
        self._by_title: dict[tuple[str, int | None], list[ReportHit]] = defaultdict(list)
        for hit in self._reports:
            self._by_title[hit.title, hit.year].append(hit)

    def by_path(self, missing: Collection[str]) -> Mapping[str, Renamed]:
        """Of ids that are not in the index, the reports whose file may have had that id."""
        found: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for hit in self._reports:
            for former, same_folder in {*_former_ids(hit.source)}:
                if former in missing:
                    found[former, same_folder].append(hit.id)
        there = {former for former, _ in found}
        return {
            former: Renamed(same_folder, tuple(found[former, same_folder]))
            for former in there
            for same_folder in [(former, True) in found]
        }

    def by_facts(self, claim: Claim) -> tuple[str, ...]:
        """The reports of the title, the year and, where it is told, the region that a file tells of a
        claim; none where it tells no title or no year."""
        if not claim.title or claim.year is None:
            return ()
        return tuple(
            hit.id
            for hit in self._by_title.get((claim.title, claim.year), ())
            if _in_region(hit, claim.region)
        )


def _in_region(hit: ReportHit, region: str) -> bool:
    names = [region.name for region in hit.region]
    told = [name.strip() for name in region.split("/") if name.strip()]
    return not told or names[-len(told) :] == told or names == told


def _former_ids(source: str) -> Iterator[tuple[str, bool]]:
    """The ids of the path in other formats, and of each of these without its outer folders; whether none
    was taken away."""
    path = PurePosixPath(source)
    for ending in {path.suffix, *BY_NAME, *map(str.upper, BY_NAME)}:
        parts = path.with_suffix(ending).parts
        for outer in range(len(parts)):
            yield report_id("/".join(parts[outer:])), not outer
