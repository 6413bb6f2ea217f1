from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from indexer.errors import LimitError, RequestError
from indexer.messages import LANGUAGES, word
from search.model import SearchRequest
from web.params import MAX_LOOKUP, read, read_shown
from web.shown import Shown
from web.urls import Varying, pairs, report_url, search_url, shown_pairs, web_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], SearchRequest()),
        ([("q", "“三务”公开")], SearchRequest(q="“三务”公开")),
        ([("q", "  \u3000"), ("year", ""), ("year_from", " "), ("size", "")], SearchRequest()),
        ([("nonsense", "1"), ("Q", "x")], SearchRequest()),
        (
            [("region", "150000"), ("region", "福建省"), ("region", "150000")],
            SearchRequest(region=("150000", "福建省")),
        ),
        ([("year", "2020"), ("year", " 2021 ")], SearchRequest(year=(2020, 2021))),
        ([("year_from", "2015"), ("year_to", "2018")], SearchRequest(year_from=2015, year_to=2018)),
        (
            [("section", "fees"), ("genre", "disclosure"), ("issuer", "办公室")],
            SearchRequest(section=("fees",), genre=("disclosure",), issuer=("办公室",)),
        ),
        ([("scope", "section"), ("literal", "1")], SearchRequest(scope="section", literal=True)),
        ([("literal", "0")], SearchRequest()),
        ([("literal", "True")], SearchRequest(literal=True)),
        (
            [("sort", "-year"), ("page", "2"), ("size", "50"), ("passages", "0")],
            SearchRequest(sort="-year", page=2, size=50, passages=0),
        ),
    ],
)
def test_read_and_back(given: list[tuple[str, str]], expected: SearchRequest) -> None:
    assert read(MultiDict(given)) == expected
    assert read(MultiDict(pairs(expected))) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("q", "x")], Shown()),
        ([("open", "440000"), ("open", ""), ("open", "440000")], Shown(open=("440000",))),
        ([("issuer_like", " 办公室 ")], Shown(issuer_like="办公室")),
        ([("issuer_like", "办" * 999)], Shown(issuer_like="办" * MAX_LOOKUP)),
    ],
)
def test_what_is_shown_beside_the_results(given: list[tuple[str, str]], expected: Shown) -> None:
    shown = read_shown(MultiDict(given))
    assert shown == expected
    assert read_shown(MultiDict(shown_pairs(shown))) == expected
    assert read(MultiDict(shown_pairs(shown))) == SearchRequest()


ASKED = SearchRequest(q="a&b", region=("1", "2"), year=(2019,), year_to=2020, size=50, page=3)


@pytest.mark.parametrize(
    ("names", "parameters", "expected"),
    [
        (("region",), [], "/?q=a%26b&year=2019&year_to=2020&size=50&open=9"),
        (("region",), [("region", "3")], "/?q=a%26b&region=3&year=2019&year_to=2020&size=50&open=9"),
        (("year", "year_from", "year_to"), [], "/?q=a%26b&region=1&region=2&size=50&open=9"),
        (("issuer",), [("issuer", "x y")], "/?q=a%26b&region=1&region=2&year=2019&year_to=2020&issuer=x+y&size=50&open=9"),
    ],
)  # fmt: skip
def test_varying_addresses(
    names: tuple[str, ...], parameters: list[tuple[str, str]], expected: str
) -> None:
    assert Varying.of(ASKED, names, Shown(open=("9",))).url(parameters) == expected


def test_nothing_left_is_the_home_page() -> None:
    assert Varying.of(SearchRequest(region=("1",)), ("region",), Shown()).url([]) == "/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "二〇二〇"),
        ("year", "2020.5"),
        ("year", "9" * 5_000),
        ("year_from", "x"),
        ("year_to", "2018x"),
        ("page", "1e3"),
        ("page", "0x1"),
        ("size", "many"),
        ("passages", "٣"),
        ("literal", "maybe"),
        ("page", "0"),
        ("page", "-1"),
        ("size", "101"),
        ("passages", "51"),
        ("sort", "colour"),
        ("scope", "line"),
        ("section", "preface"),
        ("genre", "novel"),
    ],
)
def test_wrong_values_name_their_parameter(name: str, value: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(MultiDict([(name, value)])).validate()
    assert caught.value.parameter == name
    assert caught.value.hint
    for language in LANGUAGES:
        assert name in word(caught.value.message, language)
        assert len(word(caught.value.message, language)) < 80


def test_a_single_parameter_given_twice_is_refused() -> None:
    with pytest.raises(RequestError) as caught:
        read(MultiDict([("page", "1"), ("page", "2")]))
    assert caught.value.parameter == "page"


def test_too_many_values_of_one_filter() -> None:
    with pytest.raises(LimitError):
        read(MultiDict([("issuer", str(number)) for number in range(101)]))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (SearchRequest(), "/"),
        (SearchRequest(q="a&b=c #?"), "/?q=a%26b%3Dc+%23%3F"),
        (SearchRequest(year=(2019, 2020), literal=True), "/?year=2019&year=2020&literal=1"),
        (SearchRequest(q="x", page=2, sort="-year"), "/?q=x&sort=-year&page=2"),
    ],
)
def test_search_url(asked: SearchRequest, expected: str) -> None:
    assert search_url(asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (SearchRequest(), "/reports/0123456789ab"),
        (SearchRequest(literal=True, year=(2020,)), "/reports/0123456789ab?year=2020&literal=1"),
        (SearchRequest(q="x", year=(2020,), page=3), "/reports/0123456789ab?q=x&year=2020&page=3"),
        (
            SearchRequest(q="x", scope="section", literal=True),
            "/reports/0123456789ab?q=x&scope=section&literal=1",
        ),
    ],
)
def test_report_url_keeps_the_whole_request(asked: SearchRequest, expected: str) -> None:
    assert report_url("0123456789ab", asked) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.invalid/a", "https://example.invalid/a"),
        (" http://example.invalid/a ", "http://example.invalid/a"),
        ("HTTPS://example.invalid", "HTTPS://example.invalid"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.invalid", None),
        ("http:alert(1)", None),
        ("http://[x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, expected: str | None) -> None:
    assert web_address(url) == expected


@pytest.mark.parametrize("sent", [b"q=\xff", b"\xe5\x85&q=1", b"\xff=\xff", b"q=\xe5\x85\xac"])
def test_bytes_that_are_no_address_are_read_as_text(client: FlaskClient, sent: bytes) -> None:
    """As if they were escaped; a server in front may let them through."""
    for path in ("/", "/api/search", "/api/hits", "/no such page"):
        raw = client.get(path, environ_overrides={"QUERY_STRING": sent.decode("latin-1")})
        escaped = client.get(path, query_string="".join(map(_escaped, sent)))
        assert raw.status_code == escaped.status_code < 500, path


def _escaped(byte: int) -> str:
    return chr(byte) if byte < 128 else f"%{byte:02X}"
