"""Links that leave the machine: what they begin with, whom that reaches, and what is said where none."""

from __future__ import annotations

import re
from html import unescape

import fake_reports as samples
import pytest
from fake_reports import TOWN, WORK
from flask import Flask
from flask.testing import FlaskClient

from indexer.errors import RequestError
from search.links import checksum
from search.source import FixedSource
from web import public
from web.app import create_app
from web.report.citations import shortened
from web.report.copied import read_copied
from web.texts import t

PUBLIC = "https://reports.example.org"
REPORT = f"/reports/{TOWN.id}"
PASSAGE = f"{REPORT}/0-6/{checksum(TOWN.text()[:6])}"
PLACES = [REPORT, PASSAGE, f"{REPORT}/0-6/quote", "/opensearch.xml", "/api/", f"/reports/{WORK.id}"]
_ADDRESS = re.compile(r"https?://[^\s\"'<>&{}，。”)]*")
_THEIRS = ("https://example.invalid", "http://a9.com/", "http://www.w3.org/")


def app(**settings: object) -> Flask:
    return create_app(FixedSource(samples.engine()), **settings)  # type: ignore[arg-type]


def roots(client: FlaskClient, path: str, **headers: str) -> set[str]:
    """Scheme and host of all addresses in an answer that are not those of originals or standards."""
    answer = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    assert answer.status_code == 200
    found = _ADDRESS.findall(unescape(answer.text))
    return {"/".join(each.split("/")[:3]) for each in found if not each.startswith(_THEIRS)}


@pytest.mark.parametrize("path", PLACES)
def test_every_link_begins_with_the_public_address(path: str) -> None:
    client = app(public_url=f"{PUBLIC}/").test_client()
    assert roots(client, path) == {PUBLIC}
    assert roots(client, path, Host="evil.example") == {PUBLIC}
    assert t("here_only") not in client.get(path).text


@pytest.mark.parametrize("path", PLACES)
def test_without_one_the_host_that_was_asked(client: FlaskClient, path: str) -> None:
    assert roots(client, path, Host="news.example:8000") == {"http://news.example:8000"}
    assert roots(client, path) == {"http://localhost"}


@pytest.mark.parametrize("host", ["a b", "", 'x"><script>', "a/b", "a\\b", "甲"])
def test_a_host_that_is_none_is_in_no_link(client: FlaskClient, host: str) -> None:
    for path in PLACES:
        assert roots(client, path, Host=host.encode().decode("latin-1")) == set()
    assert public.is_loopback("http:///")


@pytest.mark.parametrize("path", PLACES)
def test_a_proxy_is_believed_only_when_asked(path: str) -> None:
    headers = {"X_Forwarded_Host": "reports.example.org", "X_Forwarded_Proto": "https"}
    assert roots(app().test_client(), path, **headers) == {"http://localhost"}
    client = app(behind_proxy=True).test_client()
    assert roots(client, path, **headers) == {PUBLIC}
    assert roots(client, path) == {"http://localhost"}, "kept of one host, sent to another"
    headers = {"X_Forwarded_Host": "client.example, reports.example.org", "Host": "b.example"}
    assert roots(client, path, **headers) == {"http://reports.example.org"}, "one proxy only"
    assert roots(client, path, X_Forwarded_Proto="javascript", Host="a.example") == set()


def test_what_is_kept_is_the_same_for_all_hosts_where_links_are() -> None:
    client = app(public_url=PUBLIC).test_client()
    first, second = (client.get(REPORT, headers={"Host": host}) for host in ("a.test", "b.test"))
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.data == second.data
    other = app().test_client()
    tags = {other.get(REPORT, headers={"Host": h}).headers["ETag"] for h in ("a.test", "b.test")}
    assert len(tags) == 2


@pytest.mark.parametrize(
    ("url", "as_it_begins"),
    [
        ("https://reports.example.org", "https://reports.example.org/"),
        ("HTTP://Reports.Example.org:8080/", "http://reports.example.org:8080/"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/"),
        (" https://xn--fiq228c.example ", "https://xn--fiq228c.example/"),
    ],
)
def test_a_public_address(url: str, as_it_begins: str) -> None:
    assert public.checked(url) == as_it_begins


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("", "public_url_bad"),
        ("reports.example.org", "public_url_bad"),
        ("ftp://reports.example.org", "public_url_bad"),
        ("javascript://x/%0aalert(1)", "public_url_bad"),
        ("https://", "public_url_bad"),
        ("https://a b", "public_url_bad"),
        ("https://中文.example", "public_url_bad"),
        ("https://a:99999", "public_url_bad"),
        ("https://[::1", "public_url_bad"),
        ('https://a"><script>', "public_url_bad"),
        ("https://a/?q=1", "public_url_more"),
        ("https://a?", "public_url_more"),
        ("https://a/#x", "public_url_more"),
        ("https://name:word@a", "public_url_more"),
        ("https://example.org/gongkai", "public_url_path"),
    ],
)
def test_what_is_no_public_address_says_why(url: str, key: str) -> None:
    with pytest.raises(RequestError) as refused:
        app(public_url=url)
    assert refused.value.message.key == key
    assert refused.value.hint is not None


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("LOCALHOST:8000", True),
        ("reports.localhost", True),
        ("127.0.0.1:8000", True),
        ("127.8.9.1", True),
        ("[::1]:8000", True),
        ("[::ffff:127.0.0.1]", True),
        ("0.0.0.0:8000", True),
        ("192.168.1.7", False),
        ("[fe80::1]", False),
        ("localhost.example", False),
        ("news.example", False),
        ("128.0.0.1", False),
    ],
)
def test_whom_an_address_reaches(client: FlaskClient, host: str, own: bool) -> None:
    assert public.is_loopback(f"http://{host}/") is own
    page = client.get(PASSAGE, headers={"Host": host})
    assert (t("here_only") in page.text) is own
    quote = client.get(f"{REPORT}/0-6/quote", headers={"Host": host}).get_json()
    assert (quote["link"] != quote["url"]) is own
    assert (t("here_file", source=TOWN.source) in quote["quotation"]) is own


def test_what_opens_here_only_carries_what_others_need(client: FlaskClient) -> None:
    """Source, offsets, check and quote: in the link that is copied, the quotation and each citation."""
    text, file = TOWN.text(), t("here_file", source=TOWN.source)
    texts = client.get(f"{REPORT}/0-6/quote").get_json()
    html = unescape(client.get(PASSAGE).text)
    cited = [
        re.search(rf'<pre id="{each}".*?>(.*?)</pre>', html, re.DOTALL)
        for each in ("link-text", "text-gbt", "text-plain", "text-bibtex")
    ]
    for copied in (texts["link"], texts["quotation"], *(found[1] for found in cited if found)):
        (quoted,) = read_copied(copied)
        passage = text[quoted.start : quoted.end]
        assert (quoted.id, quoted.check) == (TOWN.id, checksum(passage))
        assert passage.startswith(text[:6])
        assert f"http://localhost/reports/{TOWN.id}/" in copied
        assert t("here_only_passage") in copied
        assert file in copied
        assert f"“{shortened(passage)}" in copied
    assert all(cited)
    assert texts["url"] == f"http://localhost{PASSAGE}"
    printed = html.partition('<p class="printed"')[2].partition("</p>")[0]
    assert printed.count(file) == 1
    once = client.get(REPORT).text.count(t("here_only"))
    assert once == 1, "at our address, not at that of the original"
