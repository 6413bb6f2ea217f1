"""What a text with one mistake in it may have meant, kind by kind: all that is worth trying."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, islice

from indexer.text.segment import words
from search.related.shapes import SHAPE_ALIKE
from search.related.vocabulary import Vocabulary

ATOM = re.compile(r"[0-9a-z.]+|.", re.DOTALL)
"""What a mistake is made in: a character, or a word of letters or digits."""
_FURTHEST_MOVE = 3
_NEAR_WORDS = 16
_MOST_WORDS = 8
"""Words of the text that are looked up in the vocabulary."""
_PAIRS = 200
"""Words of two characters that are looked through for one to put in."""
_MOST_INSERTED = 30


class Kind(IntEnum):
    """What was mistaken, the likeliest first."""

    SAME_SOUND = 1
    LIKE_SOUND = 2
    SHAPE = 3
    EDIT = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """A text's atoms (a character, or an ASCII word) and where the mistake can be.

    `atoms[:before]` is the longest beginning that occurs, `atoms[after:]` the longest end.
    """

    atoms: list[str]
    before: int
    after: int

    def places(self) -> range:
        """The indexes of the atoms of which one alone, replaced or left out, can mend the text."""
        return range(max(0, self.after - 1), min(self.before + 1, len(self.atoms)))

    def spans(self, first: int, end: int) -> bool:
        """Whether to change atoms[first:end], and nothing else, can mend the text."""
        return first <= self.before and end >= self.after


def candidates(gap: Gap, vocabulary: Vocabulary, most: int) -> Iterator[tuple[Kind, str]]:
    """What to try, kind by kind; `most` characters that are alike in one way, at all places."""
    homophones = vocabulary.homophones()
    for kind, alike in (
        (Kind.SAME_SOUND, homophones.same_tone),
        (Kind.LIKE_SOUND, homophones.any_tone),
        (Kind.SHAPE, lambda character: iter(SHAPE_ALIKE.get(character, ""))),
    ):
        replaced = (
            with_changed(gap.atoms, {at: other})
            for at in gap.places()
            if len(gap.atoms[at]) == 1
            for other in islice(
                _likeliest(gap.atoms, at, alike(gap.atoms[at]), vocabulary),
                max(4, most // len(gap.places())),
            )
        )
        yield from ((kind, candidate) for candidate in islice(replaced, most))
    edits = chain(
        _moved(gap), _dropped(gap), _near_words(gap, vocabulary), _inserted(gap, vocabulary)
    )
    yield from ((Kind.EDIT, candidate) for candidate in edits)


def _likeliest(
    atoms: list[str], at: int, others: Iterator[str], vocabulary: Vocabulary
) -> list[str]:
    """Those that make a word with a neighbour first; else in the order given."""
    before, after = "".join(atoms[at - 1 : at]), "".join(atoms[at + 1 : at + 2])

    def makes_no_word(other: str) -> bool:
        return not (vocabulary.count(before + other) or vocabulary.count(other + after))

    return sorted(others, key=makes_no_word)


def _moved(gap: Gap) -> Iterator[str]:
    """One atom put elsewhere, up to three places away; neighbours swapped come first."""
    atoms = gap.atoms
    for distance in range(1, _FURTHEST_MOVE + 1):
        first = max(0, gap.after - distance - 1)
        for at in range(first, min(gap.before + 1, len(atoms) - distance)):
            end = at + distance + 1
            left, right = atoms[at], atoms[end - 1]
            between = atoms[at + 1 : end - 1]
            yield "".join([*atoms[:at], right, left, *between, *atoms[end:]])
            yield "".join([*atoms[:at], *between, right, left, *atoms[end:]])


def _dropped(gap: Gap) -> Iterator[str]:
    """One character left out: a doubled one, or one inside.

    Without its first or last one a text always finds more; that mends nothing.
    """
    atoms = gap.atoms
    for at in gap.places():
        inside = 0 < at < len(atoms) - 1 and len(atoms[at]) == 1 and not atoms[at].isspace()
        if inside or atoms[at] in atoms[at + 1 : at + 2]:
            yield with_changed(atoms, {at: ""})


def _inserted(gap: Gap, vocabulary: Vocabulary) -> Iterator[str]:
    """One character put in that makes a word with a neighbour; those that do with both first."""
    atoms = gap.atoms
    for at in range(max(1, gap.after), min(gap.before, len(atoms) - 1) + 1):
        before, after = atoms[at - 1], atoms[at]
        if before.isascii() or after.isascii():
            continue
        added = Counter(w[1] for w in vocabulary.near(before, _PAIRS) if w.startswith(before))
        added.update(w[0] for w in vocabulary.near(after, _PAIRS) if w.endswith(after))
        for character, _ in added.most_common(_MOST_INSERTED):
            yield with_changed([*atoms[:at], character, *atoms[at:]], {})


def _near_words(gap: Gap, vocabulary: Vocabulary) -> Iterator[str]:
    """A word at the mistake, replaced by one that is an edit away."""
    pieces = pieces_of("".join(gap.atoms))
    first, looked_up = 0, 0
    for at, piece in enumerate(pieces):
        end = first + len(ATOM.findall(piece))
        if gap.spans(first, end) and not piece.isspace() and looked_up < _MOST_WORDS:
            looked_up += 1
            for near in vocabulary.near(piece, _NEAR_WORDS):
                yield with_changed(pieces, {at: near})
        first = end


def pieces_of(text: str) -> list[str]:
    """jieba's words, with single Chinese characters in a row as one: a mistake shatters a word.

    Spaces between ASCII words are pieces, too: the pieces make up the text.
    """
    pieces: list[str] = []
    shattered = False
    for word in chain.from_iterable(_spaced(text)):
        single = len(word) == 1 and not word.isascii()
        if single and shattered:
            pieces[-1] += word
        else:
            pieces.append(word)
        shattered = single
    return pieces


def _spaced(text: str) -> Iterator[list[str]]:
    for part in re.split(r"( )", text):
        yield [part] if part == " " else words(part)


def with_changed(parts: list[str], changed: dict[int, str]) -> str:
    """The text that the parts make, some of them changed."""
    return "".join(changed.get(at, part) for at, part in enumerate(parts))
