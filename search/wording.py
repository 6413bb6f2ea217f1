"""What a report says of what is looked for: the sentences that its hits stand in, as printed.

A sentence ends with one of STOPS, or with its line. A hit that runs over several has all of them, and where it
ends with a stop the next one, too. Told by a digest, for what is compared is whether it is still the same.
"""

from __future__ import annotations

import hashlib

STOPS = "。；！？;!?"


def digest(sentences: bytes) -> str:
    """24 hex digits of the sentences of a report, in reading order, each with its stop or line feed, as UTF-16
    (little endian)."""
    return hashlib.blake2b(sentences, digest_size=12).hexdigest()
