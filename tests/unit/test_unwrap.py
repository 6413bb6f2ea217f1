"""Paragraphs broken at a fixed column are one line again; nothing else is joined."""

from __future__ import annotations

import pytest

from indexer.reading import read

FIRST = (
    "松河县把村务公开栏搬到集市口，赶集的群众不用绕路就能看到低保名单和修路的账目，看不懂的"
    "当场问驻村干部，问过的事情记在本子上，月底汇总到县里，答复贴在原处，全年一共记下三百一十二条"
)
SECOND = (
    "青溪镇的做法不大一样，镇里请退休教师把账目抄成大字，贴在学校的围墙外面，学生放学路上"
    "念给家里老人听，听出差错的写信来更正，全年收到更正信四十七封，改正十九处，其余逐封作了解释"
)
NOTICES = [
    "松河县人民政府关于印发村务公开办法的通知",
    "松河县人民政府关于表彰先进集体的决定书",
    "青溪镇人民政府关于做好防汛工作的通知书",
    "松河县发展和改革局关于停车收费的批复件",
    "松河县教育局关于调整中小学作息的通知书",
    "青溪镇人民政府关于农村低保名单的公示件",
    "松河县财政局关于批复部门决算的通知文书",
    "松河县水务局关于河道采砂管理的若干规定",
]


def wrapped(paragraph: str, column: int, indent: int = 0) -> list[str]:
    """The paragraph in lines of so many characters, the first one indented."""
    text = "\u3000" * indent + paragraph + "。"
    return [text[at : at + column] for at in range(0, len(text), column)]


def texts(name: str, text: str) -> list[str]:
    return [line.text for line in read(name, text.encode()).lines]


PARAGRAPHS = [FIRST + "。", SECOND + "。"]


@pytest.mark.parametrize("column", [18, 22, 26])
def test_paragraphs_that_begin_with_an_indent(column: int) -> None:
    lines = wrapped(FIRST, column, 2) + wrapped(SECOND, column, 2)
    assert texts("a.txt", "\n".join(lines)) == PARAGRAPHS


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_paragraphs_that_a_blank_line_parts(name: str) -> None:
    lines = [*wrapped(FIRST, 20), "", *wrapped(SECOND, 20)]
    assert texts(name, "\n".join(lines)) == PARAGRAPHS


def test_paragraphs_broken_by_br() -> None:
    html = "".join(f"<p>{'<br>'.join(wrapped(text, 22))}</p>" for text in (FIRST, SECOND))
    assert texts("a.html", html) == PARAGRAPHS
    spaced = "<br>\n<br>\n".join("<br>\n".join(wrapped(text, 22)) for text in (FIRST, SECOND))
    assert texts("a.html", f"<div>{spaced}</div>") == PARAGRAPHS
    indented = "<br>".join(wrapped(FIRST, 22, 2) + wrapped(SECOND, 22, 2))
    assert texts("a.html", f"<div>{indented}</div>") == PARAGRAPHS


def test_headings_and_items_of_a_wrapped_page_keep_their_lines() -> None:
    lines = [
        "二〇一九年村务公开工作情况的简要说明",
        *wrapped(FIRST, 20, 2),
        "（一）县里各部门和各乡镇村务公开工作情况",
        *wrapped(SECOND, 20),
        "1.集市口公开栏",
        "2.学校围墙",
        "松河县人民政府",
    ]
    found = texts("a.txt", "\n".join(lines))
    assert found == [
        lines[0],
        PARAGRAPHS[0],
        "（一）县里各部门和各乡镇村务公开工作情况",
        PARAGRAPHS[1],
        *lines[-3:],
    ]


def test_ascii_words_are_joined_with_a_space_and_numbers_without() -> None:
    lines = [*wrapped(FIRST, 20), "", *wrapped(SECOND, 20)]
    lines[1] = lines[1][:17] + "GDP"
    lines[2] = "2019" + lines[2][:16]
    assert "GDP 2019" in texts("a.txt", "\n".join(lines))[0]
    lines[1] = lines[1][:-3] + "201"
    lines[2] = "9年" + lines[2][4:]
    assert "2019年" in texts("a.txt", "\n".join(lines))[0]


NOT_WRAPPED = [
    NOTICES,
    [notice[:18] for notice in NOTICES],
    [f"{at}.{notice}" for at, notice in enumerate(NOTICES, 1)],
    [FIRST, SECOND],
    [FIRST[:20], FIRST[20:38]],
    ["行政许可", "12", "行政处罚", "30", "行政强制", "0", "规章", "5"],
    [*wrapped(FIRST, 20), FIRST + SECOND, SECOND + FIRST],
    [f"{notice}\t3\t5" for notice in NOTICES],
]


@pytest.mark.parametrize("lines", NOT_WRAPPED)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_in_doubt_nothing_is_joined(lines: list[str], name: str) -> None:
    end = "\n" if name == "a.txt" else "<br>"
    found = texts(name, end.join(lines))
    assert found == [line if name == "a.txt" else line.replace("\t", " ") for line in lines]


def test_blank_lines_between_all_lines_are_paragraphs() -> None:
    lines = wrapped(FIRST, 20)
    assert texts("a.txt", "\n\n".join(lines)) == lines
