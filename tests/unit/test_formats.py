"""Which format a file is in, and pages under any name."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from random import Random

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.formats import format_of
from tests.depth import draws

BODY = "<p>全县“三务”公开示范点 12 个，其中村级 8 个，社区 4 个。</p>"
PAGE = f"<!DOCTYPE html><html><head><title>年报</title></head><body>{BODY}</body></html>"
LINE = "全县“三务”公开示范点 12 个，其中村级 8 个，社区 4 个。"


def archive(*parts: tuple[str, bytes, str], start: str = "", place: str = "") -> bytes:
    """Parts (type, content, Content-ID) as a browser saves them."""
    saved = EmailMessage()
    saved["From"] = "<Saved by Blink>"
    saved["Subject"] = "年报"
    if place:
        saved["Snapshot-Content-Location"] = place
    saved["MIME-Version"] = "1.0"
    for kind, content, name in parts:
        main, sub = kind.split("/")
        saved.add_related(content, main, sub, cid=name or None)
    if start:
        saved.set_param("start", start)
    return saved.as_bytes()


WHOLE = archive(
    ("text/html", PAGE.encode(), "<page@mhtml>"),
    ("image/png", b"\x89PNG<html>", ""),
    ("text/css", b"p {}", ""),
    place="http://example.gov.cn/2019.html",
)

FORMATS = [
    ("2019.txt", LINE.encode(), "text"),
    ("2019.txt", PAGE.encode(), "html"),
    ("2019.md", LINE.encode(), "markdown"),
    ("2019.md", PAGE.encode("gb18030"), "html"),
    ("2019.shtml", BODY.encode(), "html"),
    ("2019.JSP", BODY.encode(), "html"),
    ("t20190131_5521.asp", BODY.encode(), "html"),
    ("content", PAGE.encode(), "html"),
    ("detail.do", b"\r\n \r\n" + PAGE.encode(), "html"),
    ("detail.action", b"\xef\xbb\xbf<!-- made -->\n<HTML lang=zh>" + BODY.encode(), "html"),
    ("page.ashx", PAGE.encode("utf-16"), "html"),
    ("page.xml", b'<?xml version="1.0"?><!DOCTYPE html><html></html>', "html"),
    ("2019.html", WHOLE, "mhtml"),
    ("2019", WHOLE, "mhtml"),
    ("2019.mht", WHOLE, "mhtml"),
    ("2019.mht", PAGE.encode(), "html"),
    ("style.css", b"html { color: red }", None),
    ("app.js", b"var a = '<html>'", None),
    ("notes", LINE.encode(), None),
    ("mail", b"Subject: multipart/related\n\nContent-Type: multipart/related", None),
    ("feed.xml", b'<?xml version="1.0"?><rss></rss>', None),
    ("film.mp4", b"\0\0\0\x18ftypmp42", None),
    ("empty", b"", None),
]


@pytest.mark.parametrize(("name", "data", "form"), FORMATS)
def test_content_tells_the_format_before_the_name(name: str, data: bytes, form: str | None) -> None:
    assert format_of(name, data) == form
    assert format_of(name, data[:4_096]) == form


@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, data, form in FORMATS if form and name != "page.xml"]
)
def test_what_has_a_format_is_read(name: str, data: bytes) -> None:
    assert [line.text for line in read(name, data).lines] == [LINE]


def test_an_archive_is_its_page_alone() -> None:
    document = read("2019.mhtml", WHOLE)
    assert document.format == "mhtml"
    assert document.meta["url"] == "http://example.gov.cn/2019.html"
    assert document.meta["page_title"] == "年报"


def test_the_page_of_an_archive_is_the_one_that_it_starts_with() -> None:
    frame = b"<html><body><p>left menu</p></body></html>"
    parts = (("text/html", frame, "<a@b>"), ("text/html", PAGE.encode("gb18030"), "<c@d>"))
    assert [line.text for line in read("a.mht", archive(*parts, start="<c@d>")).lines] == [LINE]
    first = read("a.mht", archive(*parts))
    assert [line.text for line in first.lines] == ["left menu"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive(("image/png", b"\x89PNG", "")), "mhtml_no_page"),
        (archive(("text/html", b"", "")), "no_text"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
            "mhtml_no_page",
        ),
        (
            b"Content-Type: multipart/related; boundary=x\n\n"
            + b"".join(
                b"--x%d\nContent-Type: multipart/related; boundary=x%d\n\n" % (n, n + 1)
                for n in range(3_000)
            ),
            "mhtml_no_page",
        ),
    ],
    ids=["no page", "an empty page", "cut after its head", "parts within parts"],
)
def test_an_archive_without_a_page_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read("2019.mhtml", data)
    assert raised.value.message.key == reason


def test_broken_archives_are_read_or_say_why() -> None:
    """No other error, whatever the bytes."""
    chooser, whole = Random(16), 0
    for _ in range(draws(1_500)):
        data = bytearray(WHOLE[: chooser.randint(0, len(WHOLE))])
        for _ in range(chooser.randint(0, 8)):
            if data:
                data[chooser.randrange(len(data))] = chooser.randrange(256)
        with suppress(UnreadableError):
            whole += bool(read("2019.mhtml", bytes(data)).lines)
    assert whole
