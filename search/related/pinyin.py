"""How Chinese is pronounced: characters that sound alike, words in letters. pypinyin stays in here.

pypinyin is imported on first use: it takes 0.2 s and 50 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_USUAL_READINGS = 2
"""Of a character's readings, so many are thought of; the further ones are rare."""


@dataclass(frozen=True, slots=True)
class Homophones:
    """Characters by their pinyin, the commonest first; `toneless` keys have no tone marks."""

    toned: dict[str, list[str]]
    toneless: dict[str, list[str]]

    @classmethod
    def of(cls, characters: Iterable[str]) -> Homophones:
        """`characters`: those worth suggesting, the commonest first."""
        toned: dict[str, list[str]] = {}
        toneless: dict[str, list[str]] = {}
        for character in characters:
            own = readings(character)
            for reading in own:
                toned.setdefault(reading, []).append(character)
            for reading in dict.fromkeys(map(without_tone, own)):
                toneless.setdefault(reading, []).append(character)
        return cls(toned, toneless)

    def same_tone(self, character: str) -> Iterator[str]:
        """Other characters with a reading of this one."""
        for reading in readings(character):
            yield from (c for c in self.toned.get(reading, ()) if c != character)

    def any_tone(self, character: str) -> Iterator[str]:
        """Other characters with a reading of this one but for the tone."""
        for reading in dict.fromkeys(map(without_tone, readings(character))):
            yield from (c for c in self.toneless.get(reading, ()) if c != character)


def readings(character: str) -> tuple[str, ...]:
    """The usual pinyin of one character with tone marks, () where it has none."""
    listed = _table().get(ord(character), "")
    return tuple(listed.split(",")[:_USUAL_READINGS]) if listed else ()


@lru_cache(maxsize=4_096)
def without_tone(syllable: str) -> str:
    """lǜ -> lv: as it is typed."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", syllable).translate(_U))
    return "".join(c for c in plain if c.isascii())


def spell(word: str) -> tuple[str, str]:
    """(initials, letters) of a folded word: 三务 -> ("sw", "sanwu"); ASCII is its own spelling.

    Words tell which reading of a character is meant: 重庆 chongqing, 重点 zhongdian. What is
    neither Chinese nor ASCII becomes "?".
    """
    if word.isascii():
        return word, word
    syllables = list(_syllables(word))
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables)


def _syllables(word: str) -> Iterator[str]:
    """The pinyin of each character without tones; the longest known phrases are read as such."""
    phrases = _phrases()
    at = 0
    while at < len(word):
        longest = min(len(word), at + _longest_phrase())
        end = next((end for end in range(longest, at + 1, -1) if word[at:end] in phrases), at + 1)
        if end > at + 1:
            yield from (without_tone(heard[0]) for heard in phrases[word[at:end]])
        else:
            yield from map(without_tone, readings(word[at])[:1] or [_itself(word[at])])
        at = end


def _itself(character: str) -> str:
    return character if character.isascii() else "?"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[list[str]]]:
    """Word -> the readings of each of its characters: [["chóng"], ["qìng"]]."""
    from pypinyin.phrases_dict import phrases_dict

    return phrases_dict


@lru_cache(maxsize=1)
def _longest_phrase() -> int:
    return max(map(len, _phrases()))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Code point -> its readings, the usual first: "zhòng,chóng,tóng"."""
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


_U = str.maketrans(dict.fromkeys("üǖǘǚǜ", "v"))
