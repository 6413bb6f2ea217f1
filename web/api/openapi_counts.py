"""The shapes of counts of many queries."""

from __future__ import annotations

from typing import get_args

from search.spread import Below
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    REGIONS,
    REPORT_ID,
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

_FOUND = {
    "reports": count("Those that match."),
    "hits": count("In these."),
}

COUNTS_SCHEMAS: dict[str, Shape] = {
    "Counts": object_(
        "What each of many queries finds. All numbers are those of single searches.",
        below=choice(get_args(Below)),
        counts=array(ref("CountsOfQuery"), "In the order of the queries."),
    ),
    "CountsOfQuery": object_(
        "What one query finds. Where it cannot be answered, `error` says why, and there is nothing else.",
        query=string("As it was asked."),
        error=nullable("Problem"),
        canonical=maybe("string", "As it was understood."),
        warnings=array(ref("Notice")),
        total={
            "anyOf": [
                object_("", **_FOUND),
                {"type": "null"},
            ]
        },
        first=nullable("EarliestReport"),
        years=array(ref("CountsOfYear"), "Those that have something; the last may name no year."),
        regions=array(
            object_(
                "A region, or those reports that are in none of the regions.",
                region=nullable("Region"),
                **_FOUND,
                years=array(ref("CountsOfYear"), "Where `crossed` asks for them."),
            ),
            "Those that have something.",
        ),
    ),
    "CountsOfYear": object_(
        "",
        year=maybe("integer", "null: the reports that name no year."),
        **_FOUND,
    ),
    "EarliestReport": object_(
        "The report that said it first.",
        report=string("Its id.", pattern=REPORT_ID),
        title=string(),
        year=typed("integer", "In which it counts as said."),
        region=REGIONS,
        url=string("Its page, with the hits marked."),
    ),
}
