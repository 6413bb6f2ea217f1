"""What the text of an index depends on: two indexes of one fingerprint fold and cut alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from importlib import metadata

from indexer.text.fold import FOLD_VERSION
from indexer.text.segment import segmenter_name


def text_fingerprint() -> Mapping[str, str]:
    """Fold rules with the tables they stand on, and the segmenter with its dictionary."""
    opencc = metadata.version("opencc")
    return {
        "fold": f"{FOLD_VERSION}, Unicode {unicodedata.unidata_version}, OpenCC {opencc}",
        "segmenter": segmenter_name(),
    }
