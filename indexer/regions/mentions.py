"""Where a text names regions, and which ones each name may mean.

Names repeat across the country, so a mention has candidates. A mention right behind its parent's
(东胜区铜川镇) has only those that are below it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.regions.plain_words import is_plain, is_zone
from indexer.regions.table import RegionTable, level_of
from indexer.text.fold import fold, fold_with_origins

Codes = tuple[str, ...]

_LINES = re.compile(r"[\r\n/\\]+")
_TOWN = re.compile(r"([^省市县区镇乡年的]{2,6}?)(?:镇|乡|街道|苏木)")
_LONE_TOWN = re.compile(rf"(?:(?:19|20)[0-9]{{2}}年)?(?P<town>{_TOWN.pattern})")
_PAUSE = re.compile("[，,；;：:。！？!?]")
_SHORT = 40  # code points of a line that other files may have, too
_BEFORE, _AFTER = 6, 12  # folded code points that a mention keeps of what stands around it


class Mention(NamedTuple):
    """A name in a text: what it may mean, and what stands right before and after it, folded.

    `name` is the folded name; `offset` and `end` count folded code points of the text. `full`: a full or a former name, not
    a short one. `opens`: it begins its line. `chained`: it stands right behind a mention of a unit
    above it; its `before` and `opens` are then those of the first of the chain. `ranked` are towns of
    the name under another rank, which changes more often than the name: 黄河乡 may be 黄河街道 by now.
    """

    name: str
    offset: int
    end: int
    codes: Codes
    full: bool
    opens: bool
    chained: bool
    before: str
    after: str
    ranked: Codes = ()

    def moved(self, by: int) -> Mention:
        """The same in a text in which its line begins at `by`."""
        return self._replace(offset=self.offset + by, end=self.end + by) if by else self


def mentions(text: str, table: RegionTable) -> list[Mention]:
    """The mentions in reading order; the longest name wins where several begin at one place.

    Short names of counties count only where they open a line: 信息公开平台 does not mean 开平.
    """
    found: list[Mention] = []
    offset = 0
    printed = _LINES.split(text)
    folded = ["" if len(line) <= _SHORT else fold(line) for line in printed]
    starts = deque(table.possible_starts("\n".join(folded))) if any(folded) else deque()
    done = 0
    for line, source in zip(folded, printed, strict=True):
        length = len(line)
        if line:
            begins = _taken(starts, done, length)
            found += (m.moved(offset) for m in _Line(line, table, source).mentions(begins))
        else:
            short, length = _short_line(source, table)
            found += (mention.moved(offset) for mention in short)
        done += len(line) + 1
        offset += length + 1
    return found


def _taken(starts: deque[int], at: int, length: int) -> Iterator[int]:
    """The starts that lie in a line of this length at `at`, as places in it."""
    while starts and starts[0] < at + length:
        yield starts.popleft() - at


@lru_cache(maxsize=4096)
def _short_line(printed: str, table: RegionTable) -> tuple[Sequence[Mention], int]:
    """The mentions of a line that other files may have, too, and its length when folded.

    Such are folders, columns, issuers.
    """
    folded = fold(printed)
    starts = table.possible_starts(folded)
    return _Line(folded, table, printed).mentions(starts), len(folded)


@dataclass(frozen=True)
class _Line:
    """A folded line, the table that knows the names, the line as printed."""

    text: str
    table: RegionTable
    printed: str

    def _pauses_within(self, at: int, end: int) -> bool:
        """Whether a pause stands inside a name; not where each of its kind is printed in one."""
        name = self.text[at:end]
        if self.printed.count(name) == self.text.count(name):
            return False
        return not self.pauses.isdisjoint(range(at + 1, end))

    @cached_property
    def pauses(self) -> frozenset[int]:
        """The places of the folded line that a pause stands before, which folding takes away.

        No name goes on over one: 照规定，县政府… does not speak of 定县. Few lines name anything.
        """
        if not _PAUSE.search(self.printed):
            return frozenset()
        between = enumerate(pairwise(fold_with_origins(self.printed)[1]), start=1)
        return frozenset(
            at
            for at, (left, right) in between
            if right > left + 1 and _PAUSE.search(self.printed, left + 1, right)
        )

    def mentions(self, starts: Iterable[int]) -> list[Mention]:
        """Those that begin at one of `starts`, and the town that the line begins with."""
        found: list[Mention] = []
        lone = self._lone_town()
        if lone is not None:
            found.append(lone)
        done = lone.end if lone else 0
        for at in starts:
            if at < done:
                continue
            last = found[-1] if found and done == at else None
            mention = self._known(at, last)
            while mention is not None:
                if last is not None and self._replaces(mention, last):
                    found.pop()
                found.append(mention)
                last, done = mention, mention.end
                mention = self._renamed_town(last)
        return found

    def _known(self, at: int, last: Mention | None) -> Mention | None:
        """The mention of a name of the table that begins here."""
        end = at + self._longest(at)
        if end == at or self._pauses_within(at, end):
            return None
        full, old, short = self.table.meanings(self.text[at:end])
        below = self._below((*full, *old, *short), last.codes) if last else ()
        if last is not None and below:
            return self._mention(at, end, below, after=last)
        codes = full or old or short
        if last is not None and self._is_namesake(codes, last):
            return None
        if is_plain(self.text, at, end, codes):
            return None
        is_full = bool(full or old)
        if not is_full and at > 0 and all(level_of(code) == "county" for code in codes):
            return None
        return self._mention(at, end, codes, full=is_full)._replace(
            ranked=self._ranked(at, end, codes)
        )

    def _is_namesake(self, codes: Codes, last: Mention) -> bool:
        """Whether towns right behind a county lie elsewhere: its own of that name is no more."""
        levels = {level_of(code) for code in codes}
        return levels == {"town"} and {level_of(code) for code in last.codes} == {"county"}

    def _ranked(self, at: int, end: int, codes: Codes) -> Codes:
        found = _TOWN.fullmatch(self.text, at, end) if level_of(codes[0]) == "town" else None
        towns = self.table.towns(found.group(1)) if found else ()
        return tuple(code for code in towns if code not in codes)

    def _longest(self, at: int) -> int:
        """Length of the name that begins here; of a zone's in mid-line, the city's that it begins with."""
        length = self.table.longest_name(self.text, at)
        if at and length and is_zone(self.text, at, at + length):
            full, _, _ = self.table.meanings(self.text[at : at + length])
            if full and level_of(full[0]) == "town":
                return self.table.longest_name(self.text, at, length) or length
        return length

    def _lone_town(self) -> Mention | None:
        """The town that begins the line under a rank that none of its name bears today (乡, now 镇).

        Its county where several are there, and none where it may be of several counties.
        """
        found = _LONE_TOWN.match(self.text)
        if found is None or any(self.table.meanings(found["town"])):
            return None
        towns = self.table.towns(found[2])
        counties = tuple({self.table.parent(code) or "" for code in towns})
        if len(counties) != 1:
            return None
        return self._mention(*found.span("town"), towns if len(towns) == 1 else counties)

    def _renamed_town(self, last: Mention) -> Mention | None:
        """A town behind its county that bore another rank when it was written (乡, now 镇)."""
        if len(last.codes) > 1 or level_of(last.codes[0]) != "county":
            return None
        at = last.end
        found = _TOWN.match(self.text, at)
        if found is None or self._below(self.table.named(found.group()), last.codes):
            return None
        codes = self._below(self.table.towns(found.group(1)), last.codes)
        return self._mention(at, found.end(), codes[:1], after=last) if codes else None

    def _mention(
        self, at: int, end: int, codes: Codes, *, full: bool = True, after: Mention | None = None
    ) -> Mention:
        mention = Mention(
            name=self.text[at:end],
            offset=at,
            end=end,
            codes=codes,
            full=full,
            opens=at == 0,
            chained=False,
            before=self.text[max(0, at - _BEFORE) : at],
            after=self.text[end : end + _AFTER],
        )
        if after is None:
            return mention
        return mention._replace(opens=after.opens, chained=True, before=after.before)

    def _below(self, codes: Iterable[str], above: Codes) -> Codes:
        """Those of `codes` that hang from one of `above`, at any depth.

        Where all of `above` are no more, their towns hang from a county next to them by now.
        """
        lines = {code: self.table.lineage(code)[:-1] for code in codes}
        found = tuple(code for code, line in lines.items() if not set(above).isdisjoint(line))
        if found or not all(map(self.table.is_former, above)):
            return found
        over = {self.table.parent(code) for code in above}
        return tuple(code for code, line in lines.items() if not over.isdisjoint(line))

    def _replaces(self, mention: Mention, last: Mention) -> bool:
        """Whether a town has moved from the county before it, which is no more, to another."""
        lines = (self.table.lineage(code) for code in mention.codes)
        return mention.chained and not any(set(last.codes).intersection(line) for line in lines)
