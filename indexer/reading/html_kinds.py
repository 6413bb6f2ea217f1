"""What HTML elements are to a reader: blocks that end a line, regions that are not the report."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.messages import Message

Attributes = Mapping[str, str | None]

_LISTS = {
    "void": "area base br col embed hr img input link meta param source track wbr",
    "optional": """body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead
        tr""",
    "font": "a b big code em font i nobr s small strike strong tt u",
    "block": """address article aside blockquote body br caption center dd details dialog dir div dl
        dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
        main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul""",
}
FONT = frozenset(_LISTS["font"].split())
"""Elements that the parser opens again where something else closed them."""
VOID = frozenset(_LISTS["void"].split())
"""Elements that are never closed."""
CLOSED_BY_OTHERS = VOID | frozenset(_LISTS["optional"].split())
"""Elements that do not nest, closed or not."""
BLOCKS = frozenset(_LISTS["block"].split())
"""Elements that begin and end a line."""
_NAV, _HEADER = Message("dropped_nav"), Message("dropped_header")
_FOOTER, _ASIDE = Message("dropped_footer"), Message("dropped_aside")
_CONTROL, _HIDES = Message("dropped_control"), Message("dropped_hidden")
_OTHERS = "audio canvas head iframe map noframes noscript object svg template video"
_UNSEEN = {
    **dict.fromkeys(("script", "style"), Message("dropped_code")),
    **{name: Message("dropped_element", name=name) for name in _OTHERS.split()},
    **dict.fromkeys(("select", "button", "textarea", "input", "datalist", "option"), _CONTROL),
}
_REGIONS = {"nav": _NAV, "header": _HEADER, "footer": _FOOTER, "aside": _ASIDE}
_ROLES = {
    "navigation": _NAV,
    "banner": _HEADER,
    "contentinfo": _FOOTER,
    "complementary": _ASIDE,
    "search": _CONTROL,
}
_NAMES = {  # ids and classes, as whole words
    **dict.fromkeys(("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs"), _NAV),
    **dict.fromkeys(("crumb", "crumbs", "bread", "mbx", "dqwz", "weizhi", "location"), _NAV),
    **dict.fromkeys(("header", "head", "top", "topbar"), _HEADER),
    **dict.fromkeys(("footer", "foot", "copyright", "banquan"), _FOOTER),
    **dict.fromkeys(("sidebar", "aside"), _ASIDE),
}
_BOXES = frozenset(("div", "section", "ul", "dl", "table"))  # a <th class="header"> is none
_TRAILS = frozenset(("p", "span", "ol"))  # where a breadcrumb stands too
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_BOLD_WEIGHTS = frozenset(("bold", "bolder", "600", "700", "800", "900"))


def unseen(tag: str, attributes: Attributes) -> Message | None:
    """Why nobody reads the element as text; None where one does."""
    if tag in _UNSEEN:
        return _UNSEEN[tag]
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return _HIDES if hidden or _HIDDEN.search(attributes.get("style") or "") else None


def region(tag: str, attributes: Attributes, in_article: bool) -> Message | None:
    """Which part of the page around the report the element is, as the reason to leave it out.

    An article's own header and footer are part of it.
    """
    if in_article:
        return _NAV if tag == "nav" else None
    role = _ROLES.get(attributes.get("role") or "")
    if tag in _REGIONS or role:
        return _REGIONS.get(tag) or role
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    named = next((_NAMES[word] for word in words if word in _NAMES), None)
    return named if tag in _BOXES or (named is _NAV and tag in _TRAILS) else None


def is_bold(tag: str, attributes: Attributes, inherited: bool) -> bool:
    """Whether the element's text is bold, given whether the text around it is."""
    weight = _WEIGHT.search(attributes.get("style") or "")
    if weight:
        return weight[1].lower() in _BOLD_WEIGHTS
    return inherited or tag in ("b", "strong")


def heading_level(tag: str) -> int:
    """1 to 6 for h1 to h6, else 0."""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
