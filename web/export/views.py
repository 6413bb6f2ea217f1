"""Every view of an answer to take away, in every form.

*A further table:* a function that makes its `Sheet` of the request at hand, a line in TABLES and one in
`formats.ADDRESSES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response

from web.export.download import download
from web.export.formats import ADDRESSES, FORMATS
from web.export.hits import hits
from web.export.reports import reports, silent
from web.export.sheet import Sheet
from web.http.tags import same_for_all
from web.trend.files import region_sheet, year_sheet

blueprint = Blueprint("export", __name__)

TABLES: Mapping[str, Callable[[], Sheet]] = {
    "reports": reports,
    "hits": hits,
    "trend": year_sheet,
    "matrix": region_sheet,
    "silent": silent,
}
"""What makes each table."""
_NAMES = {address: name for name, address in ADDRESSES.items()}


@blueprint.get(f"/<any({','.join(_NAMES)}):address>.<any({','.join(FORMATS)}):form>")
@same_for_all
def table(address: str, form: str) -> Response:
    """A view as a file."""
    return download(TABLES[_NAMES[address]](), form)
