"""Which region a report belongs to, from everything that is known about it.

Every mention of a region supports the nodes whose chain it stands in, by the weight of the place
where it was found; telephone area codes and postal codes support theirs. The node with the most
support wins, but none deeper than a mention that is strong enough by itself. Where equals remain,
the answer is what they have in common, and a warning names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.messages import Message
from indexer.model import Region
from indexer.regions.evidence import WEIGHTS, Evidence, Place, Vote
from indexer.regions.shorten import short_names
from indexer.regions.table import COUNTRY, RegionTable, table
from indexer.regions.votes import votes
from indexer.text.fold import fold

__all__ = ["Evidence", "Found", "Place", "find_region"]

_STRONG: Mapping[Place, Message] = {
    "override": Message("place_override"),
    "title": Message("place_title"),
    "issuer": Message("place_issuer"),
    "path": Message("place_path"),
}
"""Places that should not name another region, as a warning calls them."""
_RANK = re.compile("(?:镇|乡|街道|苏木)$")
_MARGIN = 2.0  # a rival this near to the winner's support is worth a warning; a phone is not near
_LEAST, _MOST = 1.0, 0.6  # support, and its share of all, that scattered mentions need together
_SURE = 0.6  # share of its place's weight that a mention needs for a warning if it disagrees
_SHOWN = 4  # alternatives that a warning names


@dataclass(frozen=True, slots=True)
class Found:
    """The chain from the province down, () where nothing is known; warnings where in doubt."""

    chain: tuple[Region, ...]
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    code: str
    line: tuple[str, ...]
    score: float


def find_region(evidence: Iterable[Evidence]) -> Found:
    """The region that the whole evidence speaks for. Raises nothing."""
    tree = table()
    cast = votes(evidence, tree)
    ranked = _ranked(cast, tree)
    if not ranked:
        return Found((), (Message("region_not_found"),))
    best = ranked[0]
    rivals = [c for c in ranked[1:] if c.score > best.score - _MARGIN and not _related(best, c)]
    equals = [c for c in rivals if c.score >= best.score - 1e-9]
    line = _common([best, *equals])
    warnings = _doubts(best, rivals, line, tree) + _contradictions(cast, best, tree)
    if not any(vote.own for vote in cast):
        warnings.append(Message("region_inferred"))
    chain = tuple(_called(region, cast, tree) for region in map(tree.get, line) if region)
    return Found(chain, tuple(warnings))


def _called(region: Region, cast: Sequence[Vote], tree: RegionTable) -> Region:
    """The region under the former name that the evidence calls it by, if it never uses the present one.

    A report of 2014 is of 海安县, though that is 海安市 by now: same code, same place in the tree.
    """
    names = [vote.name for vote in cast if vote.name and region.code in vote.support]
    if not names or fold(region.name) in names:
        return region
    former = (name for name in names if _was_called(region, name, tree))
    return replace(region, name=next(former, region.name))


def _was_called(region: Region, name: str, tree: RegionTable) -> bool:
    """Whether a name is a former one of the region in full: 关岭县 is short for 关岭布依族苗族自治县."""
    if "自治" in region.name and name in short_names(region.name, region.level):
        return False
    _, old, _ = tree.meanings(name)
    town = region.level == "town" and _RANK.sub("", name) == _RANK.sub("", fold(region.name))
    return region.code in old or town


def _ranked(cast: Sequence[Vote], tree: RegionTable) -> list[_Candidate]:
    """The regions that may be the answer, the best supported first, ancestors before the rest."""
    by_code: dict[str, dict[int, float]] = defaultdict(dict)
    for number, vote in enumerate(cast):
        for code, weight in vote.support.items():
            by_code[code][number] = weight
    own = {code for vote in cast if vote.own for code in vote.support}
    own = own or _gathered(cast, tree)
    candidates = [_candidate(code, by_code, tree) for code in own]
    return sorted(candidates, key=lambda c: (-c.score, c.code == COUNTRY, len(c.line), c.code))


def _gathered(cast: Sequence[Vote], tree: RegionTable) -> set[str]:
    """Where nothing speaks as the author: the deepest region that most of the rest lies in.

    What names a region above it says nothing against it: a city's report names its province, too.
    """
    mass: dict[str, float] = defaultdict(float)
    exact: dict[str, float] = defaultdict(float)
    for vote in cast:
        weight = max(vote.support.values())
        for above in {each for code in vote.support for each in tree.lineage(code)}:
            mass[above] += weight
        for code in vote.support:
            exact[code] += weight
    total = sum(max(vote.support.values()) for vote in cast)

    def fits(code: str) -> float:
        return mass[code] + sum(exact[above] for above in tree.lineage(code)[:-1])

    most = total * _MOST
    return {c for c, weight in mass.items() if weight >= _LEAST and fits(c) >= most}


def _candidate(
    code: str, by_code: Mapping[str, Mapping[int, float]], tree: RegionTable
) -> _Candidate:
    """A vote counts once, though two of its regions may stand in one chain (吉林)."""
    line = tree.lineage(code)
    support: dict[int, float] = {}
    for each in line:
        for number, weight in by_code.get(each, {}).items():
            support[number] = max(weight, support.get(number, 0.0))
    return _Candidate(code, line, round(sum(support.values()), 6))


def _related(one: _Candidate, other: _Candidate) -> bool:
    return one.code in other.line or other.code in one.line or COUNTRY in (one.code, other.code)


def _common(candidates: Sequence[_Candidate]) -> tuple[str, ...]:
    """The part of the chain that all share, from the top."""
    line = candidates[0].line
    for other in candidates[1:]:
        line = tuple(code for code in line if code in other.line)
    return line


def _doubts(
    best: _Candidate, rivals: Sequence[_Candidate], line: Sequence[str], tree: RegionTable
) -> list[Message]:
    if not rivals:
        return []
    taken, *others = [_full_name(c.code, tree) for c in (best, *rivals)]
    shown, count = tuple(others[: _SHOWN - 1]), len(others)
    if line == best.line and count < _SHOWN:
        return [Message("region_doubtful", taken=taken, others=shown)]
    if line == best.line:
        return [Message("region_doubtful_many", taken=taken, others=shown, count=count)]
    if count < _SHOWN:
        return [Message("region_uncertain", taken=taken, others=shown)]
    return [Message("region_uncertain_many", taken=taken, others=shown, count=count)]


def _contradictions(cast: Sequence[Vote], best: _Candidate, tree: RegionTable) -> list[Message]:
    """One warning for each strong place that names other regions only."""
    warnings: list[Message] = []
    for place, shown in _STRONG.items():
        sure = WEIGHTS[place] * _SURE
        said = [vote.support for vote in cast if vote.place == place]
        codes = [code for support in said for code in support if support[code] >= sure]
        if codes and not any(_agrees(code, best, tree) for code in codes):
            name = _full_name(codes[0], tree)
            warnings.append(Message("region_contradicted", place=shown, region=name))
    return warnings


def _agrees(code: str, best: _Candidate, tree: RegionTable) -> bool:
    return code in best.line or best.code in tree.lineage(code) or COUNTRY in (code, best.code)


def _full_name(code: str, tree: RegionTable) -> str:
    return "".join(region.name for region in tree.chain(code))
