"""The shapes of findings and of verdicts."""

from __future__ import annotations

from search.verifying.model import OUTCOMES
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
    PASSAGE_URL,
    REPORT_ID,
    array,
    choice,
    count,
    maybe,
    object_,
    ref,
    string,
    typed,
)

_VALUES = {
    "link": string("The passage link, a whole address."),
    "quote": string("The passage, character for character."),
    "label": string(),
    "note": string(),
    "citation": string("GB/T 7714-2015."),
    "title": string("Of the report, as all below it, when the passage was collected."),
    "region": string("The way down, with slashes between."),
    "year": maybe("integer"),
    "genre": string(),
    "issuer": string(),
    "published": string("ISO date, or empty."),
    "document": string("Its number."),
    "pages": string("Where in its file the passage is printed: 3, or 3–4."),
    "source": string("Path of the report in the corpus."),
    "original": string("Where the report was published."),
    "made": string("ISO time, UTC."),
    "changed": string("ISO time, UTC."),
    "number": typed("integer", "Of the finding.", minimum=1),
}

FINDINGS_SCHEMAS: dict[str, Shape] = {
    "Findings": object_(
        "What readers of this site have collected, the newest first.",
        findings=array(object_("", **_VALUES)),
    ),
    "Verdicts": object_(
        "What became of each passage link that was asked for, in their order.",
        counts=object_("How many have each verdict.", **{name: count() for name in OUTCOMES}),
        link_only=count("Of those exact or moved, how many have no quote that could be compared."),
        quotes=array(ref("Verdict")),
    ),
    "Verdict": object_(
        "exact: it stands where the link says; moved: elsewhere; changed: the report does not say it any "
        "more; gone: the report is not in the index.",
        state=choice(OUTCOMES),
        cited=PASSAGE_URL,
        quote=string(),
        label=string(),
        note=string(),
        report={
            "anyOf": [
                object_("", id=string(pattern=REPORT_ID), title=string(), source=string()),
                {"type": "null"},
            ]
        },
        start=maybe("integer", "Of a passage that has changed, where it stood."),
        end=maybe("integer"),
        places=count("Places of the report that say the same."),
        url={"anyOf": [PASSAGE_URL, {"type": "null"}]},
        why=array(object_("", key=string("For programs."), text=string("For people."))),
    ),
}
