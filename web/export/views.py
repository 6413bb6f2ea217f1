"""Every view of an answer to take away, in every form.

*A further table:* a function that makes its `Sheet` of the request at hand, and a line in TABLES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response

from web.export.download import download
from web.export.formats import FORMATS
from web.export.hits import hits
from web.export.reports import reports, silent
from web.export.sheet import Sheet
from web.http.tags import same_for_all
from web.trend.files import region_sheet, year_sheet

blueprint = Blueprint("export", __name__)

TABLES: Mapping[str, tuple[str, Callable[[], Sheet]]] = {
    "hits": ("concordance", hits),
    "reports": ("search", reports),
    "silent": ("silent", silent),
    "trend": ("trend", year_sheet),
    "matrix": ("matrix", region_sheet),
}
"""For each view, its address without its ending, and its table: the parameters are those of its page."""
_OF_ADDRESS = dict(TABLES.values())


@blueprint.get(f"/<any({','.join(_OF_ADDRESS)}):name>.<any({','.join(FORMATS)}):form>")
@same_for_all
def table(name: str, form: str) -> Response:
    """A view as a file."""
    return download(_OF_ADDRESS[name](), form)
