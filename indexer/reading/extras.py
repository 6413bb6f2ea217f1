"""What a reader lacked when it read a file, and whether it is there now: optional packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from types import MappingProxyType

_OCR = ("rapidocr", "onnxruntime", "PIL")
_PACKAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "scan_needs_extra": _OCR,
        "pdf_scanned": _OCR,
        "pdf_pages_scanned": _OCR,
        "no_libarchive": ("libarchive",),
    }
)
"""By the key of what is said where they are missing."""


def lacks(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the keys of messages that tell of a missing package."""
    return tuple(key for key in keys if key in _PACKAGES)


def may_read_now(lacking: Iterable[str]) -> bool:
    """Whether what was missing by one of these keys has been installed."""
    return any(all(map(find_spec, _PACKAGES[key])) for key in lacking)
