"""The shapes of answers about hits: one by one, the words beside them, by year and by region."""

from __future__ import annotations

from typing import get_args

from indexer.model import GENRES
from search.model import ConcordanceOrder
from search.spread import Below, Side
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    END,
    PASSAGE_URL,
    PRINTED,
    REGIONS,
    REPORT_ID,
    SECTION,
    START,
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

_QUERY_OF_HITS = object_(
    "The query as typed, and as it was understood.",
    text=string(),
    canonical=string(),
    finds_text=typed(
        "boolean", "False of a query that can have no hits: it is empty, or only fields and NOT."
    ),
    warnings=array(ref("Notice")),
)
_REGION_OR_NONE = nullable("Region")


def _group(description: str, **more: Shape) -> Shape:
    """Reports counted together."""
    return object_(
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


HIT_SCHEMAS: dict[str, Shape] = {
    "Concordance": object_(
        "Hits, one a line. Totals are exact.",
        query=_QUERY_OF_HITS,
        total=object_("", reports=count("Those with hits."), hits=count()),
        order=choice(get_args(ConcordanceOrder)),
        page=typed("integer", minimum=1),
        size=typed("integer", minimum=1),
        lines=array(ref("ConcordanceLine")),
    ),
    "HitsPart": object_(
        "Some of all hits, in order. Whoever asks again with next as the cursor, until that is null, has "
        "each of them once.",
        query=_QUERY_OF_HITS,
        total=object_("", reports=count("Those with hits."), hits=count()),
        generation=string("Of the index: a cursor is of no use in another."),
        order=choice(get_args(ConcordanceOrder)),
        lines=array(ref("ConcordanceLine")),
        next=maybe("string", "The cursor of the next part; null at the end."),
    ),
    "ConcordanceLine": object_(
        "A hit and what stands beside it in its line.",
        report=string("Its id.", pattern=REPORT_ID),
        title=string("Of the report."),
        genre=choice(GENRES),
        year=maybe("integer", "Of the report."),
        region=REGIONS,
        section=SECTION,
        left=string("At most 40 code points before the hit."),
        hit=string("As printed; of a very long one the middle is cut."),
        right=string("At most 40 code points after it."),
        start=START,
        end=END,
        url=PASSAGE_URL,
        **PRINTED,
    ),
    "Collocates": object_(
        "The words at one side of the hits, the most frequent first.",
        query=_QUERY_OF_HITS,
        total=object_(
            "",
            hits=count(),
            bare=count("Hits with no word at this side: the line or the sentence ends there."),
            words=count("How many different words there are."),
        ),
        side=choice(get_args(Side)),
        words=array(
            object_(
                "",
                word=string("As folded: simplified, lower case, no punctuation."),
                hits=count("Hits that it stands beside."),
                reports=count("Reports that have one of these."),
            )
        ),
    ),
    "Trend": object_(
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
            object_(
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
    "First": object_(
        "Who says it first: the earliest year, then the day it was published.",
        region=_REGION_OR_NONE,
        year=typed(
            "integer",
            description="In which it counts as said: of a work report that tells its day, the year of "
            "that day, unless it is more than a year off; of others the year of the report.",
        ),
        report=ref("ReportHit"),
        others=count("More reports of the same year (and region) that say it."),
    ),
}
