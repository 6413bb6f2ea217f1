"""What is known about a report's region: pieces of evidence, and the votes that they cast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Place = Literal[
    "override",
    "title",
    "path",
    "issuer",
    "site",
    "breadcrumb",
    "signature",
    "phone",
    "postcode",
    "number",
    "text",
]

WEIGHTS: Mapping[Place, float] = {
    "override": 1000.0,
    "title": 12.0,
    "issuer": 11.0,
    "path": 8.0,
    "signature": 4.0,
    "site": 4.0,
    "breadcrumb": 4.0,
    "phone": 2.0,
    "postcode": 2.0,
    "number": 2.0,
    "text": 1.0,
}
"""What one mention counts for, by the place where it stands."""


class Evidence(NamedTuple):
    """One piece of what is known: where it was found, and the words as they stand there.

    `path` is the report's path in the corpus, `phone` holds numbers like "0477-2292716",
    `postcode` six digits, `number` is that of a document, `text` the first 1500 code points or so and the signature.
    """

    place: Place
    text: str


class Vote(NamedTuple):
    """Support of one mention for the regions that it may mean; `name` is the mention, folded.

    `own`: whether it may by itself make the answer as deep as these regions.
    """

    place: Place
    support: Mapping[str, float]
    own: bool
    name: str = ""
