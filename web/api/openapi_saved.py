"""The shapes of saved searches."""

from __future__ import annotations

from search.saved.searches import WHATS
from web.api.json_shape import Shape
from web.api.openapi_shapes import (
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

_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"

SAVED_SCHEMAS: dict[str, Shape] = {
    "SavedSearches": object_(
        "The searches that readers saved here; 503 where this site keeps none.",
        searches=array(ref("SavedSearch"), "The newest last."),
    ),
    "SavedSearch": object_(
        "A saved search, and what is new of it.",
        id=typed("integer", minimum=1),
        name=string(),
        url=maybe("string", "Its page; null where it can no longer be asked."),
        feed=maybe("string", "Its Atom feed."),
        made=string("When it was saved (UTC).", pattern=_TIME),
        compared=string("When it was compared last (UTC).", pattern=_TIME),
        reports=count("What it found then."),
        unread=count("News that were not read yet."),
        trouble=nullable("Notice"),
        news=array(ref("News"), "Those, the latest first."),
    ),
    "News": object_(
        "A report that is new, found with other words, or found no more.",
        what=choice(WHATS),
        at=string("When that was found out (UTC).", pattern=_TIME),
        id=string(pattern=REPORT_ID),
        title=string(),
        url=maybe("string", "Its page, with the hits marked; null where it is gone."),
    ),
}
