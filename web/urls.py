"""The addresses of pages: every state of a search is its URL."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from string import punctuation
from urllib.parse import quote, quote_plus, urlsplit

from search.model import ConcordanceLine, ConcordanceOrder, Passage, Scope, SearchRequest

Pairs = list[tuple[str, str]]

_DEFAULT = SearchRequest()
_NAMES = tuple(field.name for field in fields(SearchRequest))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader opened or looked up beside the results; it decides no result.

    `open` holds codes of regions whose parts are shown, `issuer_like` what the issuers listed hold.
    """

    open: tuple[str, ...] = ()
    issuer_like: str = ""

    def pairs(self) -> Pairs:
        """Its parameters, where they are not as by default."""
        like = [("issuer_like", self.issuer_like)] if self.issuer_like else []
        return [*(("open", code) for code in self.open), *like]


NOTHING_SHOWN = Shown()


@dataclass(frozen=True, slots=True)
class Varying:
    """Addresses of searches that differ in some parameters: the others are encoded only once.

    They stand in `before` and `after`; `none` is the address with no parameters between.
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
        return cls._around(before, [*after, *shown.pairs()])

    @classmethod
    def of_open(cls, asked: SearchRequest, shown: Shown) -> Varying:
        """Of the page at hand, with other regions opened."""
        return cls._around(pairs(asked), replace(shown, open=()).pairs())

    @classmethod
    def _around(cls, before: Pairs, after: Pairs) -> Varying:
        return cls(
            f"/?{_encoded(before)}&" if before else "/?",
            f"&{_encoded(after)}" if after else "",
            _with_query("/", [*before, *after]),
        )

    def url(self, parameters: Pairs) -> str:
        """The address of the search whose varying parameters are these."""
        return f"{self.before}{_encoded(parameters)}{self.after}" if parameters else self.none

    def url_with(self, name: str, value: str | int) -> str:
        """The address with one parameter, left out where it is as by default."""
        return self.url([] if value == getattr(_DEFAULT, name) else [(name, str(value))])


def pairs(asked: SearchRequest) -> Pairs:
    """The parameters of a request that are not as by default, in the order of its fields."""
    return [
        (name, str(int(item)) if isinstance(item, bool) else str(item))
        for name in _NAMES
        if (value := getattr(asked, name)) != getattr(_DEFAULT, name)
        for item in (value if isinstance(value, tuple) else (value,))
        if item is not None
    ]


def search_url(asked: SearchRequest, shown: Shown = NOTHING_SHOWN) -> str:
    """The search page of a request."""
    return _with_query("/", [*pairs(asked), *shown.pairs()])


def concordance_url(asked: SearchRequest, order: ConcordanceOrder = "report", page: int = 1) -> str:
    """The concordance of a request, whose own page is that of its result list."""
    parameters = pairs(replace(asked, page=page))
    if order != "report":
        parameters.append(("order", order))
    return _with_query("/concordance", parameters)


def report_url(report_id: str, asked: SearchRequest) -> str:
    """The page of a report in which the hits of the request's query are marked."""
    return f"/reports/{_in_path(report_id)}{_marking(asked)}"


def passage_url(report_id: str, start: int, end: int, check: str) -> str:
    """The link to quote: it holds nothing of the search that led there."""
    return f"/reports/{_in_path(report_id)}/{start}-{end}/{check}"


def marked_passage_url(
    report_id: str, passage: Passage | ConcordanceLine, asked: SearchRequest
) -> str:
    """A passage link that also marks the hits of the search, and has its fragment."""
    path = passage_url(report_id, passage.start, passage.end, passage.check)
    return f"{path}{_marking(asked)}#passage"


def marking_pairs(asked: SearchRequest) -> Pairs:
    """What decides which hits a report has: of the filters, the kinds of section do."""
    if not asked.q:
        return []
    return pairs(asked.unfiltered())


def _marking(asked: SearchRequest) -> str:
    """These as a query string: a page has a hundred links with the same one."""
    return _marking_query(
        asked.q, asked.section, asked.scope, asked.literal, asked.words, asked.whole
    )


@lru_cache(maxsize=64)
def _marking_query(
    q: str, section: tuple[str, ...], scope: Scope, literal: bool, words: bool, whole: bool
) -> str:
    asked = SearchRequest(
        q=q, section=section, scope=scope, literal=literal, words=words, whole=whole
    )
    return _with_query("", marking_pairs(asked))


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
