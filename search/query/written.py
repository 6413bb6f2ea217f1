"""How the canonical query writes a text."""

from __future__ import annotations

from itertools import groupby

from indexer.text.fold import fold, fold_with_origins


def written(text: str) -> str:
    """The text as it folds; but a character whose fold would fold on to something else, as some
    compatibility characters' does, stays as typed. So what is written folds as the text does.
    """
    folded, origins = fold_with_origins(text)
    if fold(folded) == folded:
        return folded
    groups = groupby(zip(folded, origins, strict=True), key=lambda pair: pair[1])
    return "".join(
        _steady(text[origin], "".join(character for character, _ in group))
        for origin, group in groups
    )


def _steady(typed: str, becomes: str) -> str:
    joint = not fold(typed)  # what separators leave
    return becomes if joint or fold(becomes) == becomes else typed
