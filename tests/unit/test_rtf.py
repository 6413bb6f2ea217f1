"""RTF, written by hand as Word, WPS and WordPad write it: code pages, automatic numbers, tables."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from indexer.errors import UnreadableError
from indexer.reading import read
from indexer.reading.document import RawLine
from indexer.reading.formats import format_of
from tests.depth import draws

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}"
    r"{\f2\ftech\fcharset2 Symbol;}{\f3\fnil\fcharset136 MingLiU;}{\f4\fnil\fcharset128 MS Mincho;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2 Title;}{\s3\sbasedon0 heading 9;}}"
    r"{\info{\title \'b1\'ea\'cc\'e2}{\author a}}{\*\generator x;}"
)


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("latin-1")


def gbk(text: str, codec: str = "gb18030") -> str:
    """Text as bytes in a code page, the letters among them as they are."""
    return "".join(
        chr(b) if chr(b).isascii() and chr(b).isalnum() else f"\\'{b:02x}"
        for b in text.encode(codec)
    )


def u(text: str, instead: str = "?") -> str:
    """Text as numbers, each with what an older reader shows."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return "".join(f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}{instead}" for unit in units)


def lines(body: str) -> list[str]:
    return [line.text for line in read("年报.rtf", rtf(body)).lines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rf"\pard\f1 {gbk('全县“三务”公开')}\par", ["全县“三务”公开"]),
        (rf"\pard\f0 {gbk('西文字体里的汉字')}\par", ["西文字体里的汉字"]),
        (rf"\pard\f3 {gbk('資訊公開', 'cp950')}\f1{gbk('信息')}\par", ["資訊公開信息"]),
        (rf"\pard {u('公开')}\par", ["公开"]),
        (rf"\pard\uc2 {{\f1 {u('公', gbk('公'))}{u('开', gbk('开'))}}}12\par", ["公开12"]),
        (rf"\pard\uc0 {u('公开', ' ')}A\par", ["公开A"]),
        (rf"\pard {u('𠮷林')}\par", ["𠮷林"]),
        (r"\pard\u20844 \par", ["公"]),
        (rf"\pard\f1 {gbk('甲乙').upper()}\par", ["甲乙"]),
        (r"\pard\f1 \'d2" + "k" + r"\par", ["襨"]),  # the second byte of a character is a letter
        (r"\pard\f1 \'bc\'d7\line \'d2\'d2\par", ["甲", "乙"]),
        (r"\pard a\tab b\par", ["a b"]),
        (r"\pard 2018\_2020\~x\emdash y\par", ["2018-2020 x—y"]),
        (r"\pard\{a\\b\}\par", ["{a\\b}"]),
        (r"\pard {\v hidden}shown{\v0 too}\par", ["showntoo"]),
        (r"\pard {\deleted gone}{\revised new}\par", ["new"]),
        (r'\pard {\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt link}}\par', ["link"]),
        (r"\pard {\*\bkmkstart a}x{\*\unknown y}\par", ["x"]),
        (r"{\header\pard top\par}{\footerf\pard end\par}\pard x\par", ["x"]),
        (r"\pard {\pict\wmetafile8 0100}x{\pict\bin5 a}{{}}b\par", ["xb"]),
        (r"\pard {\f2 \'b7}x\par", ["x"]),
        (r"\pard {\listtext\pard\plain " + gbk("一、") + r"\tab}{\b x}\par", ["一、x"]),
        (r"{\pntext\f2\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}x\par", ["x"]),
        (r"\pard a{\footnote\pard\plain b\par c}d\par e", ["ad", "e", "b", "c"]),
        (
            r"\pard a{\shp{\*\shpinst\shpleft1{\sp{\sn n}{\sv v}}{\shptxt\pard box\par}}{\shprslt other}}\par",
            ["a", "box"],
        ),
        (r"{\annotation\pard note\par}\pard a\sect b\page c", ["a", "bc"]),
        (r"\pard a\par\pard\par\pard  \par b", ["a", "b"]),
    ],
)
def test_what_is_printed(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_headings_and_bold() -> None:
    body = (
        r"\pard\s2 title\par\pard\s1 one\par\pard\s3 nine\par\pard\outlinelevel1\b two\par"
        r"\pard\outlinelevel9\plain {\b bold} not\par\pard\dbch\ab far\par\pard\plain\rtlch\ab\ltrch right\par"
    )
    assert read("a.rtf", rtf(body)).lines == (
        *(RawLine("title", heading=1), RawLine("one", heading=1), RawLine("nine")),
        *(RawLine("two", heading=2, bold=3), RawLine("bold not", bold=4)),
        *(RawLine("far", bold=3), RawLine("right")),
    )


def test_tables_are_rows() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl a\par b\cell\pard\intbl %s\cell\row"
    nested = (
        r"\trowd\pard\intbl x\cell\pard\intbl\itap2 in\nestcell out\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\cell\row"
    )
    body = r"\pard before\par" + row % "1" + row % r"{\listtext x}" + r"\pard between\par" + nested
    assert read("a.rtf", rtf(body + r"\pard after")).lines == (
        *(RawLine("before"), RawLine("a b\t1", row=True), RawLine("a b", row=True)),
        *(RawLine("between"), RawLine("x"), RawLine("in\tout", row=True), RawLine("after")),
    )


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.docx", "a.wps", "a.txt", "a"])
def test_rtf_is_known_by_its_content(name: str) -> None:
    assert format_of(name, rtf("x")) == "rtf"
    assert [line.text for line in read(name, b"\n" + rtf("x")).lines] == ["x"]


def test_what_was_cut_off_is_read_up_to_there_and_says_so() -> None:
    whole = read("a.rtf", rtf(r"\pard a\par b"))
    assert not whole.warnings
    cut = read("a.rtf", rtf(r"\pard a\par b")[:-2])
    assert [line.text for line in cut.lines] == ["a"]
    assert [warning.key for warning in cut.warnings] == ["cut_off"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (rtf(""), "no_text"),
        (HEAD[:120].encode("latin-1"), "broken_document"),
        (rtf("{" * 100_000), "broken_document"),
        (b"{\\rtf1 {\\pict" + b"00" * 1_000, "broken_document"),
        ("没有任何标记".encode(), None),
    ],
)
def test_a_bad_file_says_why(data: bytes, reason: str | None) -> None:
    if reason is None:
        assert read("a.rtf", data).format == "text"
        return
    with pytest.raises(UnreadableError) as raised:
        read("a.rtf", data)
    assert raised.value.message.key == reason


def test_broken_files_are_read_or_say_why() -> None:
    """No other error, whatever the bytes."""
    chooser, whole = Random(18), 0
    good = rtf(
        rf"\pard\f1 {gbk('公开')}\par\trowd\pard\intbl {u('甲')}\cell\row{{\footnote a}}\pard\s1 b\par"
    )
    for _ in range(draws(5_000)):
        data = bytearray(good)
        for _ in range(chooser.randint(1, 8)):
            data[chooser.randrange(len(data))] = chooser.choice(
                b"{}\\'u0123789- \n;" + bytes(range(256))
            )
        with suppress(UnreadableError):
            whole += bool(read("a.rtf", bytes(data)).lines)
    assert whole
