"""The switch between Chinese and English, and English pages without Chinese of ours."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import fake_reports as samples
import pytest
from fake_reports import EMPTY, HOSTILE, TOWN, TRADITIONAL, WORK
from fake_spread import NOWHERE
from flask.testing import FlaskClient

from indexer.text.fold import fold
from search.labels import GENRE_LABELS, KIND_LABELS
from search.links import checksum
from web.language import COOKIE
from web.show import plain
from web.texts import TEXTS

ENGLISH = {"Cookie": f"{COOKIE}=en"}
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
QUERY = "“三务”公开"
CHECK = checksum(TOWN.title[:3])
PAGES = [
    "/",
    "/rejected",
    "/rejected?page=9",
    f"/?q={QUERY}",
    f"/?q={QUERY}&page=2&year=2020&region={TOWN.region[0].code}&genre=disclosure&section=overview",
    f"/?q={QUERY}&page=999",
    f"/?q={QUERY}&issuer={TOWN.issuer}&year_from=2010&year_to=2020&sort=hits&literal=1",
    "/?q=的",
    "/?q=空空如也&literal=1&year=2020",
    "/?genre=work_report",
    "/?q=三务 (公开",
    "/?q=三务 AND",
    "/?q=出错",
    "/?sort=最好",
    "/?size=1000",
    "/?year=今年",
    "/?q=三务&q=公开",
    "/?q=" + "长" * 1_001,
    "/没有",
    "/reports/没有",
    f"/reports/{TOWN.id}?q={QUERY}",
    f"/reports/{TOWN.id}?q=三务 (公开",
    f"/reports/{TOWN.id}?q=三务&size=零",
    f"/reports/{HOSTILE.id}?q={QUERY}",
    f"/reports/{WORK.id}?q=空空如也",
    f"/reports/{EMPTY.id}",
    f"/reports/{TRADITIONAL.id}",
    f"/reports/{TOWN.id}/0-3/{CHECK}",
    f"/reports/{TOWN.id}/1-4/{CHECK}",
    f"/reports/{TOWN.id}/0-3/00000000",
]

OURS = {chinese for chinese, english in TEXTS.values() if HAN.search(chinese)} | {
    name for labels in (GENRE_LABELS, KIND_LABELS) for name in labels.values()
}
REPORTS = samples.engine().reports
NOT_OURS = (
    NOWHERE.name
    + "\n".join(
        text or ""
        for report in REPORTS
        for text in (
            report.text(),
            plain(report.title),
            report.issuer,
            report.source,
            report.number,
            *(region.name for region in report.region),
        )
    )
    + "\n".join(file.source for file in samples.REJECTED)
)
OURS -= {word for word in OURS if len(word) <= 2 and word in NOT_OURS}  # 报告: reports hold it, too
EXAMPLES_AND_SWITCH = "\n".join([*(example.query for example in samples.EXAMPLES), "中文"])
_VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "rect", "path"}


class Spoken(HTMLParser):
    """Every text of a page, and of the attributes that are read out, where it is not marked Chinese."""

    READ_OUT = ("aria-label", "title", "placeholder", "alt", "aria-description")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang")
        chinese = lang.startswith("zh") if lang else self._chinese
        if not chinese:
            self.texts += [given[name] or "" for name in self.READ_OUT if name in given]
        if tag not in _VOID:
            self._open.append((tag, chinese))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        silent = self._open and self._open[-1][0] in ("style", "script")
        if not silent and not self._chinese and data.strip():
            self.texts.append(data.strip())

    @property
    def _chinese(self) -> bool:
        return bool(self._open) and self._open[-1][1]


@pytest.fixture
def fresh(client: FlaskClient) -> FlaskClient:
    """A browser without cookies, which keeps none."""
    return client.application.test_client(use_cookies=False)


@pytest.mark.parametrize("url", PAGES)
def test_english_pages_hold_no_chinese_of_ours(fresh: FlaskClient, url: str) -> None:
    html = fresh.get(quote(url, safe="/?&="), headers=ENGLISH).text
    assert '<html lang="en"' in html
    known = "\n".join([url, fold(url), EXAMPLES_AND_SWITCH, NOT_OURS])
    for text in Spoken(html).texts:
        assert text in url or text not in OURS, f"ours, in Chinese: {text}"
        strange = [run for run in re.findall(f"{HAN.pattern}+", text) if run not in known]
        assert not strange, f"Chinese of unknown origin: {text}"


@pytest.mark.parametrize("url", PAGES)
def test_the_switch_comes_back_to_the_same_page(fresh: FlaskClient, url: str) -> None:
    for address in (quote(url, safe="/?&="), url):  # as browsers send it, and bare
        html = fresh.get(address).text
        assert '<html lang="zh-Hans"' in html
        link = re.search(r'href="(/language/en\?[^"]*)"', html)
        assert link
        answer = fresh.get(unescape(link[1]))
        assert answer.status_code == 303
        assert answer.headers["Location"].isascii()
        assert unquote(answer.headers["Location"]) == url


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/", "/"),
        ("/?q=%E4%B8%89%E5%8A%A1&year=2020", "/?q=%E4%B8%89%E5%8A%A1&year=2020"),
        ("/reports/0123456789ab/0-3/01234567?q=x#passage", None),
        ("/?q=https://example.invalid//x", None),
        ("/?q=%0D%0ASet-Cookie:x", None),
        ("/%2F/example.invalid", None),  # stays a path: no browser decodes it
        ("/%5Cexample.invalid", None),
        ("/%09/example.invalid", None),
        ("/..//example.invalid", None),  # resolved on our own host
        ("", "/"),
        ("//example.invalid", "/"),
        ("///example.invalid", "/"),
        ("/\\example.invalid", "/"),
        ("\\\\example.invalid", "/"),
        ("\\/example.invalid", "/"),
        ("/\t/example.invalid", "/"),
        ("/\n/example.invalid", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("\t//example.invalid", "/"),
        (" //example.invalid", "/"),
        ("/\u200b/example.invalid", "/"),
        ("/\u3000/example.invalid", "/"),
        ("/三务", "/"),
        ("https://example.invalid", "/"),
        ("http:example.invalid", "/"),
        ("javascript:alert(1)", "/"),
        ("example.invalid", "/"),
        ("?q=x", "/"),
    ],
)
def test_the_switch_stays_on_our_host(fresh: FlaskClient, back: str, location: str | None) -> None:
    address = "/language/en?back=" + quote(back, safe="")
    assert fresh.get(address).headers["Location"] == (back if location is None else location)


def test_the_switch_keeps_a_cookie_for_a_year(fresh: FlaskClient) -> None:
    for chosen in ("en", "zh"):
        answer = fresh.get(f"/language/{chosen}")
        assert answer.headers["Location"] == "/"
        name, *facts = answer.headers["Set-Cookie"].split("; ")
        assert name == f"{COOKIE}={chosen}"
        assert {"HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"} <= set(facts)


@pytest.mark.parametrize("chosen", ["de", "EN", "zh-Hans", "en/x", "", "%00"])
def test_there_are_two_languages(fresh: FlaskClient, chosen: str) -> None:
    answer = fresh.get(f"/language/{chosen}?back=/x")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("cookie", "lang"),
    [("en", "en"), ("zh", "zh-Hans"), ("de", "zh-Hans"), ("", "zh-Hans"), ('"en', "zh-Hans")],
)
def test_a_page_says_its_language(fresh: FlaskClient, cookie: str, lang: str) -> None:
    html = fresh.get("/nothing", headers={"Cookie": f"{COOKIE}={cookie}"}).text
    assert html.startswith(f'<!doctype html>\n<html lang="{lang}">')
    other = "en" if lang == "zh-Hans" else "zh"
    assert f'href="/language/{other}?back=/nothing"' in html
