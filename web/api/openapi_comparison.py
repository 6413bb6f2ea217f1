"""The shapes of a comparison of two reports."""

from __future__ import annotations

from indexer.likeness.measure import RUN
from indexer.model import KINDS
from search.comparing.model import STATES
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    END,
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

COMPARISON_SCHEMAS: dict[str, Shape] = {
    "Comparison": object_(
        "Two reports: every line of both, once.",
        a=ref("ComparedReport"),
        b=ref("ComparedReport"),
        states=object_(
            "Pairs by state, whatever state is asked for.", **{s: count() for s in STATES}
        ),
        sections=array(
            object_(
                "Two sections that say the same; a side is null where there is none.",
                title=typed("boolean", "These are the titles of the reports."),
                a=nullable("ComparedSection"),
                b=nullable("ComparedSection"),
                pairs=array(ref("ComparedPair"), "In the order of b."),
            )
        ),
    ),
    "ComparedReport": object_(
        "One of two reports that are compared.",
        id=string(pattern=REPORT_ID),
        title=string(),
        year=YEAR,
        url=string("Its page.", pattern="^/reports/[0-9a-f]{12}"),
        characters=count("Letters, marks and numbers, and ends of sentences."),
        carried=count(f"Those in runs of at least {RUN} that the other report has."),
        share=typed("number", "carried / characters", minimum=0, maximum=1),
    ),
    "ComparedSection": object_(
        "A section of one of them.",
        kind=choice(KINDS),
        heading=string("Without the punctuation that ends it."),
        path=array(string()),
    ),
    "ComparedPair": object_(
        "A line of each report that is equal or alike; or one that stands alone.",
        state=choice(STATES),
        elsewhere=typed("boolean", "They stand at different places: moved, or changed as well."),
        a=nullable("ComparedLine"),
        b=nullable("ComparedLine"),
    ),
    "ComparedLine": object_(
        "A line; spans are what the other line, or the other report, does not have.",
        section=maybe("integer", "Number of its section, from 0; null for the title.", minimum=0),
        start=START,
        end=END,
        text=string(),
        spans=array({**array(count()), "minItems": 2, "maxItems": 2}, "Start and end of each."),
        url=string("The link to quote; it survives edits."),
    ),
}
