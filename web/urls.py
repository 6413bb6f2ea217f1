"""The addresses of pages: every state of a search is its URL."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from string import punctuation
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from search.links import passage_path
from search.model import ConcordanceLine, Passage, SearchRequest
from web.shown import NOTHING_SHOWN, Shown, View

Pairs = list[tuple[str, str]]

_DEFAULT = SearchRequest()
_NAMES = tuple(field.name for field in fields(SearchRequest))


@dataclass(frozen=True, slots=True)
class Varying:
    """Addresses of searches that differ in some parameters: the others are encoded only once.

    They stand in `before`, with the page's path, and in `after`; `none` is the address with no
    parameters between.
    """

    before: str
    after: str
    none: str

    @classmethod
    def of(cls, asked: SearchRequest, names: tuple[str, ...], shown: Shown) -> Varying:
        """Of the search's first page; `names` follow each other in the order of the fields."""
        first, last = _NAMES.index(names[0]), _NAMES.index(names[-1])
        kept = pairs(replace(asked, page=1))
        before = [pair for pair in kept if _NAMES.index(pair[0]) < first]
        after = [pair for pair in kept if _NAMES.index(pair[0]) > last]
        return cls._around(shown.path, before, [*after, *shown_pairs(shown)])

    @classmethod
    def of_open(cls, asked: SearchRequest, shown: Shown) -> Varying:
        """Of the page at hand, with other regions opened."""
        return cls._around(shown.path, pairs(asked), shown_pairs(replace(shown, open=())))

    @classmethod
    def _around(cls, path: str, before: Pairs, after: Pairs) -> Varying:
        return cls(
            f"{path}?{_encoded(before)}&" if before else f"{path}?",
            f"&{_encoded(after)}" if after else "",
            _with_query(path, [*before, *after]),
        )

    def url(self, parameters: Pairs) -> str:
        """The address of the search whose varying parameters are these."""
        return f"{self.before}{_encoded(parameters)}{self.after}" if parameters else self.none

    def url_of(self, name: str, code: str) -> str:
        """The address with one parameter that is a code: it stands in addresses as it is."""
        return f"{self.before}{name}={code}{self.after}"

    def url_with(self, name: str, value: str | int) -> str:
        """The address with one parameter, left out where it is as by default."""
        return self.url([] if value == getattr(_DEFAULT, name) else [(name, str(value))])


def pairs(asked: SearchRequest) -> Pairs:
    """The parameters of a request that are not as by default, in the order of its fields."""
    return list(_kept_pairs(asked, _DEFAULT))


def shown_pairs(shown: Shown) -> Pairs:
    """The same of how its answer is shown; the view is the page itself."""
    return list(_kept_pairs(shown, _nothing_shown(shown.view)))


@lru_cache(maxsize=8)
def _nothing_shown(view: View) -> Shown:
    return replace(NOTHING_SHOWN, view=view)


@lru_cache(maxsize=256)
def _kept_pairs(given: Any, default: Any) -> tuple[tuple[str, str], ...]:
    """A page has many links to the same search and view."""
    return tuple(
        (field.name, str(int(item)) if isinstance(item, bool) else str(item))
        for field in fields(given)
        if (value := getattr(given, field.name)) != getattr(default, field.name)
        for item in (value if isinstance(value, tuple) else (value,))
        if item is not None
    )


def search_url(asked: SearchRequest, shown: Shown = NOTHING_SHOWN) -> str:
    """The page of a request's answer."""
    return _with_query(shown.path, [*pairs(asked), *shown_pairs(shown)])


def report_url(report_id: str, asked: SearchRequest, shown: Shown = NOTHING_SHOWN) -> str:
    """The page of a report in which the hits of the request's query are marked; it knows the whole
    request, so that it leads back to it and on to the next report of its answer."""
    return f"/reports/{_in_path(report_id)}{_state(asked, shown)}"


def passage_url(report_id: str, start: int, end: int, check: str) -> str:
    """The link to quote: it holds nothing of the search that led there."""
    return passage_path(_in_path(report_id), start, end, check)


def marked_passage_url(
    report_id: str,
    passage: Passage | ConcordanceLine,
    asked: SearchRequest,
    shown: Shown = NOTHING_SHOWN,
) -> str:
    """A passage link that also knows the request, as `report_url`, and has its fragment."""
    path = passage_url(report_id, passage.start, passage.end, passage.check)
    return f"{path}{_state(asked, shown)}#passage"


def state_pairs(asked: SearchRequest, shown: Shown = NOTHING_SHOWN) -> Pairs:
    """A request and its view as parameters of a report's page."""
    view = [("view", shown.view)] if shown.view != NOTHING_SHOWN.view else []
    return [*pairs(asked), *shown_pairs(shown), *view]


@lru_cache(maxsize=64)
def _state(asked: SearchRequest, shown: Shown) -> str:
    """These as a query string: a page has a hundred links with the same one."""
    return _with_query("", state_pairs(asked, shown))


def with_query_string(path: str, raw: bytes) -> str:
    """An address with a query string as a client sent it, in ASCII whatever that was."""
    query = quote(raw, safe=punctuation)
    return f"{path}?{query}" if query else path


def web_address(url: str | None) -> str | None:
    """The address where it is safe as a link: http or https with a host, else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _with_query(path: str, parameters: Pairs) -> str:
    return f"{path}?{_encoded(parameters)}" if parameters else path


def _encoded(parameters: Pairs) -> str:
    """What urlencode gives; a page has hundreds of links whose values come again and again."""
    return "&".join([f"{name}={_quoted(value)}" for name, value in parameters])


@lru_cache(maxsize=4096)
def _in_path(value: str) -> str:
    return quote(value, safe="")


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote_plus(value, errors="replace")
