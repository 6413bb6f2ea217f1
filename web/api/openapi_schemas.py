"""The shapes of the API's answers as JSON Schema (draft 2020-12), made from our own constants."""

from __future__ import annotations

from typing import get_args

from indexer.model import GENRES, KINDS, Level
from search.comparing.carried import RUN
from search.comparing.model import STATES
from search.model import FACETS, ConcordanceOrder, Scope
from search.spread import Below, Side
from web.api.json_shape import Shape

REPORT_ID = "^[0-9a-f]{12}$"
_PASSAGE_LINK = "^/reports/[0-9a-f]{12}/[0-9]+-[0-9]+/[0-9a-f]{8}$"


def typed(kind: str, description: str = "", **more: object) -> Shape:
    """A schema of one type."""
    return {"type": kind, **({"description": description} if description else {}), **more}


def string(description: str = "", **more: object) -> Shape:
    return typed("string", description, **more)


def count(description: str = "", **more: object) -> Shape:
    """A whole number that is not negative."""
    return typed("integer", description, minimum=0, **more)


def choice(values: tuple[str, ...], description: str = "") -> Shape:
    return string(description, enum=list(values))


def array(items: Shape, description: str = "") -> Shape:
    return typed("array", description, items=items)


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def _maybe(kind: str, description: str = "", **more: object) -> Shape:
    return {**typed(kind, description, **more), "type": [kind, "null"]}


def _object(description: str, /, **properties: Shape) -> Shape:
    """An object that has all of these; later versions may add others."""
    return typed("object", description, properties=properties, required=list(properties))


def _nullable(name: str) -> Shape:
    """A schema by name, or null."""
    return {"anyOf": [ref(name), {"type": "null"}]}


_START = count("Code points of the report's canonical text before it.")
_END = count("Where it ends, exclusive.")
_PASSAGE_URL = string("The link to quote; it survives edits.", pattern=_PASSAGE_LINK)

_KEY = string("Which message it is, for programs.")
_VALUES = typed("object", "What stands in the message, by name.")

_FACTS: dict[str, Shape] = {
    "title": string(),
    "genre": choice(GENRES),
    "year": _maybe("integer", "The year that the report names as its own."),
    "published": _maybe("string", "ISO date.", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    "issuer": _maybe("string"),
}
_REGIONS = array(ref("Region"), "The way down, from the province or 000000 (the country).")

_SECTION = _object(
    "",
    kind=choice(("title", *KINDS)),
    heading=string("The outermost heading."),
    path=array(string(), "Numbers on the way down, as printed."),
)
_QUERY_OF_HITS = _object(
    "The query as typed, and as it was understood.",
    text=string(),
    canonical=string(),
    finds_text=typed(
        "boolean", "False of a query that can have no hits: it is empty, or only fields and NOT."
    ),
    warnings=array(ref("Notice")),
)

_REGION_OR_NONE: Shape = {"anyOf": [ref("Region"), {"type": "null"}]}


def _group(description: str, **more: Shape) -> Shape:
    """Reports counted together."""
    return _object(
        description,
        **more,
        reports=count("How many there are."),
        matching=count("Those of them that match."),
        hits=count("In these."),
        characters=count(
            "Code points of all of them as folded (letters, numbers, ends of sentences); of the kinds "
            "of section asked for."
        ),
    )


SCHEMAS: dict[str, Shape] = {
    "SearchAnswer": _object(
        "What a search found. Totals are exact.",
        query=ref("Query"),
        total=_object(
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
        facets=_object("Reports by value.", **{name: array(ref("Facet")) for name in FACETS}),
        did_you_mean=array(string(), "Queries that find something, where this one does not."),
        by_words=count("Reports that it finds with words=1, where it finds none."),
    ),
    "Query": _object(
        "The query as typed, and as it was understood.",
        text=string(),
        canonical=string(),
        warnings=array(ref("Notice")),
    ),
    "Notice": _object(
        "What the reader should know, in the reader's language.",
        message=string("For people."),
        key=_KEY,
        values=_VALUES,
    ),
    "ReportHit": _object(
        "A report in a result.",
        id=string(pattern=REPORT_ID),
        **_FACTS,
        region=_REGIONS,
        source=string("Its path in the corpus."),
        url=string("Its page, with the hits marked.", pattern="^/reports/[0-9a-f]{12}"),
        score=typed("number"),
        hits=count("All of its hits."),
        passages=array(ref("Passage"), "The best ones."),
    ),
    "Passage": _object(
        "Part of a line; start and end are its first hit.",
        section=_SECTION,
        fragments=array(_object("", text=string(), hit=typed("boolean"))),
        start=_START,
        end=_END,
        url=_PASSAGE_URL,
        repeats=count("Later lines of the report that are the same and not shown."),
    ),
    "Facet": _object(
        "The reports left when this value alone is chosen.",
        value=string(),
        label=string(),
        parent=_maybe("string", "Of regions: the one it is in."),
        count=count(),
        selected=typed("boolean"),
    ),
    "Region": _object(
        "A node of the administrative tree (GB/T 2260).",
        code=string(pattern="^[0-9]{6,9}$"),
        name=string(),
        level=choice(get_args(Level)),
    ),
    "Report": _object(
        "A whole report. Canonical text: its title, then each printed heading and line in this "
        "order, joined by line feeds.",
        id=string(pattern=REPORT_ID),
        source=string("Its path in the corpus."),
        **_FACTS,
        number=_maybe("string"),
        url=_maybe("string", "Where it was published."),
        region=_REGIONS,
        sections=array(ref("Section")),
        dropped=array(
            _object("", text=string(), reason=string("For people."), key=_KEY, values=_VALUES),
            "Left out of the text.",
        ),
        warnings=array(ref("Notice")),
    ),
    "Section": _object(
        "A headed part; its lines are its own, not those of the sections below it.",
        kind=choice(KINDS),
        heading=string("Without the punctuation that ends it."),
        level=typed("integer", minimum=1),
        path=array(string()),
        lines=array(string()),
        heading_start=_maybe("integer", "Where the heading starts; null where none is printed."),
        line_starts=array(count(), "Where each line starts, in code points."),
    ),
    "Hits": _object(
        "Every hit of a query in one report, in order.",
        id=string(pattern=REPORT_ID),
        query=_object(
            "",
            text=string(),
            canonical=string(),
            warnings=array(ref("Notice")),
            scope=choice(get_args(Scope)),
            literal=typed("boolean"),
            words=typed("boolean"),
            whole=typed("boolean"),
        ),
        hits=array(_object("", start=_START, end=_END, text=string(), url=_PASSAGE_URL)),
    ),
    "Concordance": _object(
        "Hits, one a line. Totals are exact.",
        query=_QUERY_OF_HITS,
        total=_object("", reports=count("Those with hits."), hits=count()),
        order=choice(get_args(ConcordanceOrder)),
        page=typed("integer", minimum=1),
        size=typed("integer", minimum=1),
        lines=array(ref("ConcordanceLine")),
    ),
    "ConcordanceLine": _object(
        "A hit and what stands beside it in its line.",
        report=string("Its id.", pattern=REPORT_ID),
        title=string("Of the report."),
        year=_maybe("integer", "Of the report."),
        region=_REGIONS,
        section=_SECTION,
        left=string("At most 40 code points before the hit."),
        hit=string("As printed; of a very long one the middle is cut."),
        right=string("At most 40 code points after it."),
        start=_START,
        end=_END,
        url=_PASSAGE_URL,
    ),
    "Collocates": _object(
        "The words at one side of the hits, the most frequent first.",
        query=_QUERY_OF_HITS,
        total=_object(
            "",
            hits=count(),
            bare=count("Hits with no word at this side: the line or the sentence ends there."),
            words=count("How many different words there are."),
        ),
        side=choice(get_args(Side)),
        words=array(
            _object(
                "",
                word=string("As folded: simplified, lower case, no punctuation."),
                hits=count("Hits that it stands beside."),
                reports=count("Reports that have one of these."),
            )
        ),
    ),
    "Trend": _object(
        "What a query finds by year, and by region and year. All numbers are exact.",
        query=_QUERY_OF_HITS,
        below=choice(get_args(Below)),
        total=ref("Group"),
        undated=_group("Reports that name no year."),
        years=array(
            ref("YearGroup"),
            "Every year from the first to the last of the reports that pass all filters but those "
            "of years.",
        ),
        rows=array(
            _object(
                "A region, or those reports that are in none of the regions.",
                region=_REGION_OR_NONE,
                total=ref("Group"),
                years=array(ref("YearGroup"), "Years without any report are left out."),
            ),
            "Every region asked for, without reports, too. A region that is in another is a row of "
            "its own where both were asked for.",
        ),
        first={"anyOf": [ref("First"), {"type": "null"}], "description": "Of all."},
        firsts=array(ref("First"), "Of the regions, the earliest first: those of the page."),
        firsts_total=count("Regions that have one."),
        page=typed("integer", minimum=1),
        size=typed("integer", minimum=1),
    ),
    "Group": _group("Some of the reports that pass the filters."),
    "YearGroup": _group("Those of a year.", year=typed("integer")),
    "First": _object(
        "Who says it first: the earliest year, then the day it was published.",
        region=_REGION_OR_NONE,
        report=ref("ReportHit"),
        others=count("More reports of the same year (and region) that say it."),
    ),
    "Suggestions": _object("The best first.", suggestions=array(string())),
    "BrowserSuggestions": {
        **array(
            {"anyOf": [string(), array(string())]}, "What was typed, then the list of suggestions."
        ),
        "minItems": 2,
        "maxItems": 2,
    },
    "Regions": _object(
        "The regions that have reports, each after the one it is in.",
        regions=array(
            _object(
                "",
                code=string(pattern="^[0-9]{6,9}$"),
                name=string(),
                parent=_maybe("string", "The code of the region it is in."),
                count=count("Reports in it or below."),
            )
        ),
    ),
    "Comparison": _object(
        "Two reports: every line of both, once.",
        a=ref("ComparedReport"),
        b=ref("ComparedReport"),
        states=_object(
            "Pairs by state, whatever state is asked for.", **{s: count() for s in STATES}
        ),
        sections=array(
            _object(
                "Two sections that say the same; a side is null where there is none.",
                title=typed("boolean", "These are the titles of the reports."),
                a=_nullable("ComparedSection"),
                b=_nullable("ComparedSection"),
                pairs=array(ref("ComparedPair"), "In the order of b."),
            )
        ),
    ),
    "ComparedReport": _object(
        "One of two reports that are compared.",
        id=string(pattern=REPORT_ID),
        title=string(),
        year=_FACTS["year"],
        url=string("Its page.", pattern="^/reports/[0-9a-f]{12}"),
        characters=count("Letters, marks and numbers, and ends of sentences."),
        carried=count(f"Those in runs of at least {RUN} that the other report has."),
        share=typed("number", "carried / characters", minimum=0, maximum=1),
    ),
    "ComparedSection": _object(
        "A section of one of them.",
        kind=choice(KINDS),
        heading=string("Without the punctuation that ends it."),
        path=array(string()),
    ),
    "ComparedPair": _object(
        "A line of each report that is equal or alike; or one that stands alone.",
        state=choice(STATES),
        elsewhere=typed("boolean", "They stand at different places: moved, or changed as well."),
        a=_nullable("ComparedLine"),
        b=_nullable("ComparedLine"),
    ),
    "ComparedLine": _object(
        "A line; spans are what the other line, or the other report, does not have.",
        section=_maybe("integer", "Number of its section, from 0; null for the title.", minimum=0),
        start=_START,
        end=_END,
        text=string(),
        spans=array({**array(count()), "minItems": 2, "maxItems": 2}, "Start and end of each."),
        url=string("The link to quote; it survives edits."),
    ),
    "Error": _object(
        "Every error has this shape.",
        error=typed(
            "object",
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
    ),
}
