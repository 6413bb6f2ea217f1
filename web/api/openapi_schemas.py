"""The shapes of the API's answers as JSON Schema (draft 2020-12), made from our own constants."""

from __future__ import annotations

from typing import get_args

from indexer.model import GENRES, KINDS, Level
from search.model import FACETS, Scope
from web.api.json_shape import Shape
from web.api.openapi_alike import ALIKE_SCHEMAS
from web.api.openapi_comparison import COMPARISON_SCHEMAS
from web.api.openapi_counts import COUNTS_SCHEMAS
from web.api.openapi_echoes import ECHO_SCHEMAS
from web.api.openapi_findings import FINDINGS_SCHEMAS
from web.api.openapi_hits import HIT_SCHEMAS
from web.api.openapi_saved import SAVED_SCHEMAS
from web.api.openapi_shapes import (
    END,
    PASSAGE_URL,
    PRINTED,
    REGIONS,
    REPORT_ID,
    SECTION,
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
    with_more,
)

_KEY = string("Which message it is, for programs.")
_VALUES = typed("object", "What stands in the message, by name.")

_FACTS: dict[str, Shape] = {
    "title": string(),
    "genre": choice(GENRES),
    "year": YEAR,
    "published": maybe("string", "ISO date.", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    "issuer": maybe("string"),
}
_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
_TIMES: dict[str, Shape] = {
    "first_indexed": maybe("string", "When it came into the index (UTC).", pattern=_TIME),
    "changed": maybe("string", "When it last changed there (UTC).", pattern=_TIME),
}

SCHEMAS: dict[str, Shape] = {
    "SearchAnswer": object_(
        "What a search found. Totals are exact.",
        query=ref("Query"),
        total=object_(
            "",
            reports=count(),
            sections=count(),
            hits=count(),
            whole=count("Hits that begin and end where words do."),
        ),
        took_ms=typed("number", minimum=0),
        page=typed("integer", minimum=1),
        size=typed("integer", minimum=1),
        reports=array(ref("ReportHit")),
        facets=object_("Reports by value.", **{name: array(ref("Facet")) for name in FACETS}),
        did_you_mean=array(string(), "Queries that find something, where this one does not."),
        by_words=count("Reports that it finds with words=1, where it finds none."),
    ),
    "Query": object_(
        "The query as typed, and as it was understood.",
        text=string(),
        canonical=string(),
        warnings=array(ref("Notice")),
    ),
    "Notice": object_(
        "What the reader should know, in the reader's language.",
        message=string("For people."),
        key=_KEY,
        values=_VALUES,
    ),
    "ReportHit": object_(
        "A report in a result.",
        id=string(pattern=REPORT_ID),
        **_FACTS,
        region=REGIONS,
        source=string("Its path in the corpus."),
        **_TIMES,
        url=string("Its page, with the hits marked.", pattern="^/reports/[0-9a-f]{12}"),
        score=typed("number"),
        hits=count("All of its hits."),
        passages=array(ref("Passage"), "The best ones."),
    ),
    "Passage": object_(
        "Part of a line; start and end are its first hit.",
        section=SECTION,
        fragments=array(object_("", text=string(), hit=typed("boolean"))),
        start=START,
        end=END,
        url=PASSAGE_URL,
        repeats=count("Later lines of the report that are the same and not shown."),
        **PRINTED,
    ),
    "Facet": object_(
        "The reports left when this value alone is chosen.",
        value=string(),
        label=string(),
        parent=maybe("string", "Of regions: the one it is in."),
        count=count(),
        selected=typed("boolean"),
    ),
    "Region": object_(
        "A node of the administrative tree (GB/T 2260).",
        code=string(pattern="^[0-9]{6,9}$"),
        name=string(),
        level=choice(get_args(Level)),
    ),
    "Report": object_(
        "A whole report. Canonical text: its title, then each printed heading and line in this "
        "order, joined by line feeds.",
        id=string(pattern=REPORT_ID),
        source=string("Its path in the corpus."),
        sources=array(string(), "That path, then those of other files that hold the same report."),
        **_FACTS,
        number=maybe("string"),
        url=maybe("string", "Where it was published."),
        region=REGIONS,
        **_TIMES,
        sections=array(ref("Section")),
        dropped=array(
            object_("", text=string(), reason=string("For people."), key=_KEY, values=_VALUES),
            "Left out of the text.",
        ),
        warnings=array(ref("Notice")),
    ),
    "Section": with_more(
        {
            "heading_place": nullable("Printed"),
            "line_places": array(
                ref("Printed"), "Of a file that tells where its lines are printed."
            ),
        },
        "A headed part; its lines are its own, not those of the sections below it.",
        kind=choice(KINDS),
        heading=string("Without the punctuation that ends it."),
        level=typed("integer", minimum=1),
        path=array(string()),
        lines=array(string()),
        heading_start=maybe("integer", "Where the heading starts; null where none is printed."),
        line_starts=array(count(), "Where each line starts, in code points."),
    ),
    "Printed": object_("Where in its file a line is printed.", **PRINTED),
    "Hits": object_(
        "Every hit of a query in one report, in order.",
        id=string(pattern=REPORT_ID),
        query=object_(
            "",
            text=string(),
            canonical=string(),
            warnings=array(ref("Notice")),
            scope=choice(get_args(Scope)),
            literal=typed("boolean"),
            words=typed("boolean"),
            whole=typed("boolean"),
        ),
        hits=array(object_("", start=START, end=END, text=string(), url=PASSAGE_URL, **PRINTED)),
    ),
    **HIT_SCHEMAS,
    **COUNTS_SCHEMAS,
    "File": {
        "description": "A table of all of the answer: what it is of, a row a hit (report, year and query, "
        "region and year), and at its end the number of its rows. A file without that end was cut."
    },
    "Suggestions": object_("The best first.", suggestions=array(string())),
    "BrowserSuggestions": {
        **array(
            {"anyOf": [string(), array(string())]}, "What was typed, then the list of suggestions."
        ),
        "minItems": 2,
        "maxItems": 2,
    },
    "Regions": object_(
        "The regions that have reports, each after the one it is in.",
        regions=array(
            object_(
                "",
                code=string(pattern="^[0-9]{6,9}$"),
                name=string(),
                parent=maybe("string", "The code of the region it is in."),
                count=count("Reports in it or below."),
            )
        ),
    ),
    **ALIKE_SCHEMAS,
    **FINDINGS_SCHEMAS,
    **ECHO_SCHEMAS,
    **SAVED_SCHEMAS,
    **COMPARISON_SCHEMAS,
    "Error": object_("Every error has this shape.", error=ref("Problem")),
    "Problem": typed(
        "object",
        "What is wrong.",
        properties={
            "code": string("For programs."),
            "message": string("For people."),
            "key": _KEY,
            "values": _VALUES,
            "position": count("Of a query error: the character where it is, from 0."),
            "hint": string("What to do about it."),
            "hint_key": _KEY,
            "hint_values": _VALUES,
        },
        required=["code", "message", "key", "values"],
    ),
}
