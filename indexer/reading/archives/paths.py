"""Paths of files in a container: in which encoding they are, and which are a trick."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from indexer.messages import Message
from indexer.model import normal_source
from indexer.reading.archives.limits import PATH
from indexer.reading.plausible import plausibility

_CODECS = ("gb18030", "cp950", "big5hkscs")
_DRIVE = re.compile(r"[A-Za-z]:")


def decoded(paths: Sequence[bytes]) -> list[str]:
    """Paths of one archive that does not say in which encoding it has them: the same for all."""
    together = b"\n".join(paths)
    try:
        together.decode("utf-8")
    except UnicodeDecodeError:
        texts = {codec: together.decode(codec, "replace") for codec in _CODECS}
        codec = max(texts, key=lambda codec: plausibility(texts[codec]))
        return [path.decode(codec, "replace") for path in paths]
    return [path.decode("utf-8") for path in paths]


def member_path(written: str) -> tuple[str, Message | None]:
    """A path as it is kept: NFC, "/" between its parts; and why the file is not read, if it leads out
    of the container. Then what of the path would do so is replaced."""
    path = normal_source(written)
    why = _trick(path)
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if why is None:
        return "/".join(parts), None
    kept = "/".join("__" if part == ".." else part for part in parts)
    kept = "".join("\ufffd" if _is_control(c) else c for c in _DRIVE.sub("_", kept))
    return kept[:PATH] or "_", why


def _trick(path: str) -> Message | None:
    if path.startswith("/") or _DRIVE.match(path):
        return Message("member_absolute")
    if ".." in path.split("/"):
        return Message("member_above")
    if any(map(_is_control, path)):
        return Message("member_control")
    if len(path) > PATH:
        return Message("member_path_long", most=PATH)
    return Message("member_no_name") if not path.strip("./ ") else None


def _is_control(character: str) -> bool:
    """Whether it is no character of a name: controls, and what turns the direction of writing."""
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or (
        "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    )
