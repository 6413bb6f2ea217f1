"""The shapes of echoes."""

from __future__ import annotations

from typing import get_args

from indexer.echoes.measure import CHANGED, COMMON, LEAST, STATES
from indexer.model import GENRES
from search.echoes import LEAST_TEXT, ONE_REPORT, When
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    END,
    PASSAGE_URL,
    REGIONS,
    REPORT_ID,
    START,
    YEAR,
    array,
    choice,
    count,
    maybe,
    nullable,
    object_,
    ref,
    string,
    typed,
)

_KNOWN = typed("boolean", "It was looked for in the index as it is now: gongkai echoes does that.")
_SHARES: dict[str, Shape] = {
    "characters": count(f"Letters, marks and numbers of its sentences that have {LEAST} or more."),
    "copied": count("Those in the states last_year, own, above and others."),
    "share": typed("number", "copied / characters", minimum=0, maximum=1),
    "by_state": object_("Characters by state.", **{state: count() for state in STATES}),
}
_REPORT: dict[str, Shape] = {
    "id": string(pattern=REPORT_ID),
    "title": string(),
    "genre": choice(GENRES),
    "year": YEAR,
    "published": maybe("string", "Its day."),
    "region": REGIONS,
    "source": string("Its path in the corpus."),
    "url": string("Its page.", pattern="^/reports/[0-9a-f]{12}"),
}
_STATE = choice(
    STATES,
    f"What there is to say of it, the first that holds of: common (at least {COMMON} other bodies say it), "
    "copied from the body's own report of last_year or an earlier one (own), from that of a region above of the "
    "same year or the last, from others; said before by a region below; said before with other figures; who "
    "was first is not known (tied); said first here; alone.",
)

ECHO_SCHEMAS: dict[str, Shape] = {
    "Echoes": object_(
        f"The sentences of a report of {LEAST} characters or more, in reading order. Twins are equal or differ in "
        f"no more than {1 / CHANGED:.0%} of the longer one.",
        id=string("The report that was asked for.", pattern=REPORT_ID),
        known=_KNOWN,
        shares=object_("Of the whole report.", **_SHARES),
        sentences=array(ref("EchoSentence")),
    ),
    "EchoSentence": object_(
        "A sentence as printed.",
        text=string(),
        start=START,
        end=END,
        url=PASSAGE_URL,
        characters=count("Of its fold."),
        state=_STATE,
        reports=count("How many other reports have a twin of it."),
        earliest=nullable("EchoTwin"),
        ties=count("How many more twins are as early as that one, as far as is known."),
        copied=nullable("EchoTwin"),
        twins=array(
            ref("EchoTwin"), "All, the earliest first, where start and end were given; else none."
        ),
    ),
    "EchoTwin": object_(
        "A sentence of another report.",
        report=ref("EchoReport"),
        text=string(),
        start=START,
        end=END,
        url=PASSAGE_URL,
        when=choice(get_args(When), "Whether that report is earlier."),
        changes=count("Characters that differ, of both folds (Levenshtein)."),
        same_figures=typed("boolean", "The numbers are the same."),
        compare=string("Both reports side by side.", pattern="^/compare[?]a="),
    ),
    "EchoReport": object_("A report that says it.", **_REPORT),
    "Laziest": object_(
        "The reports that a search finds, the greatest share copied first.",
        known=_KNOWN,
        total=count(f"Those with {LEAST_TEXT:,} characters in sentences, or more."),
        short=count("Those with fewer, which are left out."),
        page=typed("integer", minimum=1),
        size=typed("integer", minimum=1),
        reports=array(ref("CopiedReport")),
    ),
    "CopiedReport": object_(
        "A report and how much of it is copied.",
        **_REPORT,
        **_SHARES,
        chief=nullable("EchoReport"),
        from_chief=count("How much of what is copied stands in `chief`, the most of all."),
        one_report=typed(
            "boolean",
            f"{ONE_REPORT:.0%} of it or more stands there: both may be one report, filed under two years.",
        ),
    ),
}
