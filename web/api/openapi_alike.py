"""The shapes of likenesses."""

from __future__ import annotations

from indexer.likeness.measure import LEAST, RUN, SHARE
from indexer.model import GENRES
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    REGIONS,
    REPORT_ID,
    YEAR,
    array,
    choice,
    count,
    object_,
    ref,
    string,
    typed,
)

_COMMON: dict[str, Shape] = {
    "characters": count("Letters, marks and numbers, and ends of sentences."),
    "common": count(f"Those in runs of at least {RUN} that the other report has."),
    "share": typed("number", "common / characters", minimum=0, maximum=1),
}

ALIKE_SCHEMAS: dict[str, Shape] = {
    "Similar": object_(
        f"The reports that have at least {SHARE:.0%} of one of both texts in common with one, and no "
        f"less than {LEAST} characters.",
        id=string("The report that was asked for.", pattern=REPORT_ID),
        known=typed("boolean", "They were looked for in the index as it is now."),
        crowded=typed(
            "boolean",
            "So many reports have the same text that only some of those like this one were looked for.",
        ),
        similar=array(ref("SimilarReport"), "The greatest share of either first."),
    ),
    "SimilarReport": object_(
        "A report that is like the one asked for; its share is what that one has of it, too.",
        id=string(pattern=REPORT_ID),
        title=string(),
        genre=choice(GENRES),
        year=YEAR,
        region=REGIONS,
        source=string("Its path in the corpus."),
        url=string("Its page.", pattern="^/reports/[0-9a-f]{12}"),
        **_COMMON,
        of_this=object_("What this report has of the one asked for.", **_COMMON),
        compare=string("Both side by side.", pattern="^/compare[?]a="),
    ),
}
