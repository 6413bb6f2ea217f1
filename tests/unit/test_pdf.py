"""PDF: what its pages print, in the order of reading, and what is no text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Dropped, Place
from indexer.reading import read
from indexer.reading.document import Document, RawLine
from indexer.reading.formats import format_of
from indexer.reading.pdf.read import read_pdf
from indexer.reading.pdf.scan import Pixels, without_running
from indexer.reading.scans.paragraphs import PageText
from tests.depth import DEEP
from tests.pdf_writer import (
    HEIGHT,
    PICTURE,
    WIDTH,
    Drawn,
    Put,
    Stroke,
    named,
    paragraphs,
    pdf,
    stream,
    unnamed,
    written,
)

ROOT = Path(__file__).parents[2]
LONG = (
    "本报告由某区人民政府办公室根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限"
    "自2023年1月1日起至2023年12月31日止。如有疑问，请与某区人民政府办公室联系。"
)
AFTER = "全年主动公开政府信息1136条，受理依申请公开21件，均在法定期限内答复，没有发生行政复议。"
WIDE = "全区围绕重点领域信息公开持续推进，财政资金、安全生产、环境保护各条线均按月更新目录。" * 3


def opened(data: bytes) -> Document:
    return read("年报.pdf", data)


def texts(data: bytes) -> list[str]:
    return [line.text for line in opened(data).lines]


def dropped(data: bytes) -> list[tuple[str, str]]:
    return [(piece.text, piece.reason.key) for piece in opened(data).dropped]


def test_a_wrapped_paragraph_is_a_line() -> None:
    lines = ["一、总体情况", LONG, "（一）主动公开", AFTER]
    assert texts(pdf(paragraphs(lines))) == lines


def test_a_line_knows_its_pages() -> None:
    whole = paragraphs([LONG + AFTER])
    rest = [put._replace(y=90 + 18 * at) for at, put in enumerate(whole[3:])]
    lines = opened(
        pdf(paragraphs([AFTER]), paragraphs(["二、主动公开", LONG]), whole[:3], rest)
    ).lines
    assert [(line.text, line.place[:2]) for line in lines] == [
        (AFTER, (1, 1)),
        ("二、主动公开", (2, 2)),
        (LONG, (2, 2)),
        (LONG + AFTER, (3, 4)),
    ]


def test_paragraphs_that_stand_apart_need_no_indent() -> None:
    puts = [Put(90, 90 + 18 * at, WIDE[34 * at : 34 * at + 34]) for at in range(3)]
    below = [Put(90, 180 + 18 * at, WIDE[34 * at : 34 * at + 34]) for at in range(3)]
    assert texts(pdf([*puts, *below])) == [WIDE[:102], WIDE[:102]]


def test_a_title_in_the_middle_is_one_line() -> None:
    first, second = "某某自治州某某县人民政府办公室关于二〇二三", "年政府信息公开工作年度报告"
    title = [Put(298 - 10 * len(first), 60, first, 20), Put(298 - 10 * len(second), 90, second, 20)]
    body = [put._replace(y=put.y + 60) for put in paragraphs([LONG])]
    assert texts(pdf([*title, *body])) == [first + second, LONG]


def test_a_signature_is_no_part_of_the_text() -> None:
    name, day = Put(378, 180, "某区人民政府办公室"), Put(402, 198, "2024年1月20日")
    assert texts(pdf([*paragraphs([LONG]), name, day])) == [LONG, name.text, day.text]


@pytest.mark.parametrize("between", ["." * 38, "…" * 19, "　" * 19])
def test_the_lines_of_a_table_of_contents_are_lines(between: str) -> None:
    heads = [f"{number}、主动公开政府信息情况" for number in "一二三"]
    puts = [Put(90, 90 + 18 * row, f"{head}{between}{row + 3}") for row, head in enumerate(heads)]
    below = [put._replace(y=put.y + 100) for put in paragraphs([LONG])]
    assert [line[:12] for line in texts(pdf([*puts, *below]))] == [*heads, LONG[:12]]


def test_bold_is_told() -> None:
    head, rest = "（一）主动公开。", WIDE[:20]
    assert opened(
        pdf([Put(90, 90, head, font="F2"), Put(90 + 12 * len(head), 90, rest)])
    ).lines == (RawLine(head + rest, bold=len(head), place=Place(1, 1)),)


@pytest.mark.parametrize(
    ("puts", "text"),
    [
        ([Put(90, 90, "政府工作报告", 20, spacing=15)], "政府工作报告"),
        ([Put(90, 90, "号 ， 邮 编 ： 223100")], "号，邮编：223100"),
        ([Put(90, 90, "某某局 某某办")], "某某局 某某办"),
        ([Put(90, 90, "第一部分　总体情况")], "第一部分　总体情况"),
        ([Put(90, 90, "2023"), Put(117, 90, "年")], "2023年"),
        ([Put(90, 90, "1."), Put(106, 90, "总体")], "1. 总体"),
        ([Put(90, 90, "open"), Put(120, 90, "data")], "open data"),
        ([Put(90, 90, "三务公开"), Put(90.4, 90, "三务公开")], "三务公开"),
        ([Put(90, 90, "ｆ\u200b三\ufeff务")], "ｆ三务"),
        ([Put(90, 90, "", font="F3", codes=b"\1\2\3")], "方页fi"),
        ([Put(90, 90, "", font="F3", codes=b"\4\2")], "——页"),
        ([Put(90, 90, "", font="F3", codes=b"\5\2")], "页"),
    ],
)
def test_what_a_row_prints(puts: list[Put], text: str) -> None:
    font = named({1: "\u2f45", 2: "\u2eda", 3: "fi", 4: "——", 5: "\uf0b7"})
    assert texts(pdf(puts, more=font)) == [text]


def column(x: float, text: str, y: float = 120) -> list[Put]:
    return [Put(x, y + 18 * at, text[18 * at : 18 * at + 18]) for at in range(-(-len(text) // 18))]


def test_columns_are_read_one_after_the_other() -> None:
    left, right = WIDE[:90], WIDE[20:110]
    page = [Put(200, 90, "某某区公报", 18), *column(70, left), *column(310, right)]
    assert texts(pdf(page)) == ["某某区公报", left + right]


def test_text_from_top_to_bottom_is_read_from_the_right() -> None:
    text, page, column, y = WIDE[:60] + "2023年" + WIDE[:30], [], 0, 90.0
    for char in text:
        if y > 600:
            column, y = column + 1, 90.0
        x = 480 - 20 * column
        lies = char.isascii()  # figures lie on their side
        page.append(Put(x + 2, y - 10, char, matrix=(0, -1, 1, 0)) if lies else Put(x, y, char))
        y += 6 if lies else 13
    assert texts(pdf(page)) == [text]


@pytest.mark.parametrize(
    ("turn", "matrix", "place"),
    [
        (90, (0, 1, -1, 0), lambda x, y: (y, HEIGHT - x)),
        (180, (-1, 0, 0, -1), lambda x, y: (WIDTH - x, HEIGHT - y)),
        (270, (0, -1, 1, 0), lambda x, y: (WIDTH - y, x)),
        (0, (0, 1, -1, 0), lambda x, y: (y, HEIGHT - x)),  # printed sideways on an upright page
        (0, (0, -1, 1, 0), lambda x, y: (WIDTH - y, x)),
    ],
)
def test_a_turned_page_is_read_upright(turn: int, matrix: tuple[int, ...], place) -> None:  # type: ignore[no-untyped-def]
    puts = []
    for put in paragraphs(["一、总体情况", LONG]):
        x, y = place(put.x, put.y)
        puts.append(put._replace(x=x, y=y, matrix=matrix))
    assert texts(pdf(puts, turn=turn)) == ["一、总体情况", LONG]


def test_what_is_shown_of_a_page_may_begin_anywhere() -> None:
    moved = [put._replace(x=put.x + 1_000, y=put.y - 2_000) for put in paragraphs([LONG])]
    data = pdf([*moved, Put(1_280, -1_200, "— 1 —")], box="1000 2000 1595 2842")
    assert texts(data) == [LONG]


def grid(across: Sequence[float], down: Sequence[float]) -> list[Drawn]:
    level = [Stroke(across[0], y, across[-1], y) for y in down]
    return [*level, *(Stroke(x, down[0], x, down[-1]) for x in across)]


def table(cells: Sequence[Sequence[str]], y: float = 100) -> list[Drawn]:
    across = [90 + 110 * at for at in range(len(cells[0]) + 1)]
    puts = [
        Put(across[column] + 5, y + 18 + 24 * row, text)
        for row, texts in enumerate(cells)
        for column, text in enumerate(texts)
    ]
    return [*grid(across, [y + 24 * at for at in range(len(cells) + 1)]), *puts]


CELLS = [("指标", "数量"), ("主动公开", "1136"), ("规章", "0")]


def test_tables_are_rows() -> None:
    page = [Put(100, 90, "表前"), *table(CELLS), Put(100, 190, "表后")]
    assert [(line.text, line.row) for line in opened(pdf(page)).lines] == [
        ("表前", False),
        *(("\t".join(row), True) for row in CELLS),
        ("表后", False),
    ]


def test_cells_that_take_several_places_stand_in_their_first() -> None:
    lines: list[Drawn] = [
        *(Stroke(90, y, 420, y) for y in (100, 196)),
        *(Stroke(x, 100, x, 196) for x in (90, 420)),
        *(Stroke(200, y, 420, y) for y in (124, 148, 172)),
        *(Stroke(200, 100, 200, 196), Stroke(310, 124, 310, 196)),
    ]
    puts = [
        *(Put(95, 130 + 13 * at, char) for at, char in enumerate("办理结果")),
        *(Put(205, 118, "申请人情况"), Put(205, 142, "自然人"), Put(315, 142, "总计")),
        *(Put(205, 166, "21"), Put(315, 166, "21"), Put(205, 190, "0"), Put(315, 190, "0")),
    ]
    assert texts(pdf([*lines, *puts])) == [
        "办理结果\t申请人情况",
        "\t自然人\t总计",
        "\t21\t21",
        "\t0\t0",
    ]


def test_a_table_without_lines_is_rows() -> None:
    cells = [("地区", "主动公开", "依申请"), ("东区", "1136", "21"), ("西区", "98", "7")]
    puts = [
        Put((90, 230, 380)[column], 90 + 18 * row, text)
        for row, texts in enumerate(cells)
        for column, text in enumerate(texts)
    ]
    below = [put._replace(y=put.y + 80) for put in paragraphs([LONG])]
    assert [(line.text, line.row) for line in opened(pdf([*puts, *below])).lines] == [
        *(("\t".join(row), True) for row in cells),
        (LONG, False),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    lines = opened(pdf([*grid([60, 530], [60, 400]), *paragraphs([LONG])])).lines
    assert [(line.text, line.row) for line in lines] == [(LONG, False)]


def test_a_table_goes_on_over_the_page_and_its_head_once() -> None:
    data = pdf(table(CELLS), table([CELLS[0], ("处罚", "9")]))
    assert texts(data) == [*("\t".join(row) for row in CELLS), "处罚\t9"]
    assert dropped(data) == [("指标 数量", "dropped_head_again")]


def test_a_row_that_the_page_cuts_is_one() -> None:
    data = pdf(table([*CELLS, ("其他法律行政法规", "5")]), table([("禁止公开", ""), ("强制", "1")]))
    assert texts(data)[3:] == ["其他法律行政法规禁止公开\t5", "强制\t1"]
    assert opened(data).lines[3].place == Place(1, 2)


@pytest.mark.parametrize(
    "number", ["－3－", "— 3 —", "第3页 共9页", "3/9", "- 3 -", "第 3 页", "1"]
)
def test_page_numbers_go(number: str) -> None:
    data = pdf([*paragraphs([LONG]), Put(280, 800, number)])
    assert texts(data) == [LONG]
    assert [reason for _, reason in dropped(data)] == ["dropped_page_number"]


@pytest.mark.parametrize("number", ["5%。", "-3", "12345", "共5页附件"])
def test_other_numbers_stay(number: str) -> None:
    assert texts(pdf([*paragraphs([LONG]), Put(90, 800, number)])) == [LONG, number]


def test_numbers_that_count_the_pages_go() -> None:
    pages = [[*paragraphs([LONG]), Put(280, 800, str(7 + at))] for at in range(3)]
    assert texts(pdf(*pages)) == [LONG] * 3


def test_running_heads_go() -> None:
    pages = [
        [Put(250, 40, "某区政府公报", 10), Put(500, 40, f"{at}", 10), *paragraphs([text])]
        for at, text in enumerate([LONG, AFTER, WIDE], 12)
    ]
    assert texts(pdf(*pages)) == [LONG, AFTER, WIDE]
    assert dropped(pdf(*pages)) == [("某区政府公报 12", "dropped_running")]


def test_what_a_browser_prints_around_a_page_goes_and_tells_its_address() -> None:
    head = Put(30, 25, "2024/1/26 上午10:20　某区2023年年报", 8)
    foot = [Put(30, 830, "https://www.example.gov.cn/nb/1.html", 8), Put(560, 830, "1/1", 8)]
    document = opened(pdf([head, *paragraphs([LONG]), *foot]))
    assert [line.text for line in document.lines] == [LONG]
    assert document.meta == {"url": "https://www.example.gov.cn/nb/1.html"}


def test_hidden_text_and_watermarks_go() -> None:
    hidden, aslant = (
        Put(90, 300, "搜索词", mode=3),
        Put(200, 400, "样张", 60, matrix=(0.7, 0.7, -0.7, 0.7)),
    )
    data = pdf([*paragraphs([LONG]), hidden, aslant])
    assert texts(data) == [LONG]
    assert dropped(data) == [("搜索词", "dropped_hidden"), ("样张", "dropped_watermark")]


def scans(pages: Iterable[tuple[int, Pixels]]) -> tuple[list[RawLine], list[Dropped]]:
    """Instead of the recognition: what it is given."""
    return [
        RawLine(f"{number}：{pixels.shape} {pixels.mean():.0f}", place=Place(number, number, 88))
        for number, pixels in pages
    ], []


def none_installed(pages: Iterable[tuple[int, Pixels]]) -> tuple[list[RawLine], list[Dropped]]:
    raise UnreadableError(Message("scan_needs_extra"))


UNKNOWN = Put(90, 300, "", font="F3", codes=bytes(range(100, 200)))
HIDDEN = [put._replace(mode=3) for put in paragraphs([LONG])]
STAMP = Put(280, 800, "第 1 页")


@pytest.mark.parametrize(
    "page",
    [
        [PICTURE],
        [PICTURE, STAMP],
        [PICTURE, *(Put(90, 90 + 9 * at, "IEAE BAA WRT", mode=3) for at in range(9))],
        [UNKNOWN],
    ],
)
def test_pages_without_text_are_recognised(page: list[Drawn]) -> None:
    data = pdf(paragraphs([LONG]), page, page, paragraphs([AFTER]), more=unnamed())
    lines = read_pdf(data, scans).lines
    assert [line.text.split(" ")[0] for line in lines] == [*(LONG, "2：(2339,", "3：(2339,", AFTER)]
    assert lines[1].place == Place(2, 2, 88)
    told = read_pdf(data, none_installed)
    assert [line.text for line in told.lines] == [LONG, AFTER]
    assert told.warnings == (Message("pdf_pages_scanned", pages=("2", "3")),)


def test_the_text_under_a_scan_is_its_text() -> None:
    assert [line.text for line in read_pdf(pdf([PICTURE, *HIDDEN]), none_installed).lines] == [LONG]


def test_running_lines_of_scans_go() -> None:
    texts = [("公报", LONG, "内部资料"), ("公报", AFTER, "内部资料"), ("公报",)]
    pages = [PageText(tuple(map(RawLine, page)), (), False, False) for page in texts]
    kept = without_running(pages)
    assert [[line.text for line in page.lines] for page in kept] == [[LONG], [AFTER], ["公报"]]
    assert [piece.text for piece in kept[0].dropped] == ["公报", "内部资料"]


def test_a_picture_of_a_page_shows_it() -> None:
    (line,) = read_pdf(pdf([PICTURE]), scans).lines
    assert line.text == "1：(2339, 1653, 3) 128"


def test_a_scanned_file_names_what_to_install() -> None:
    with pytest.raises(UnreadableError) as raised:
        read_pdf(pdf([PICTURE], [PICTURE]), none_installed)
    assert raised.value.message.key == "pdf_scanned"


def test_unknown_characters_are_told() -> None:
    document = opened(
        pdf([*paragraphs([LONG]), UNKNOWN._replace(codes=b"\3\4\3\5")], more=unnamed())
    )
    assert [line.text for line in document.lines] == [LONG, "\ufffd\ufffd"]
    assert document.warnings == (Message("pdf_unmapped", count=2),)


@pytest.mark.parametrize("name", ["年报.pdf", "年报.doc", "年报", "年报.txt"])
def test_a_pdf_is_known_by_its_content(name: str) -> None:
    data = pdf(paragraphs([LONG]))
    assert format_of(name, data) == "pdf"
    assert read(name, data).format == "pdf"


def tree(kids: str, count: int) -> bytes:
    pages = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", pages])


ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >> "
    "/ID [<00><00>]"
)
FORM = stream(
    b"/X Do",
    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >>",
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        ("公开".encode(), "pdf_damaged"),
        (b"%PDF-1.7\n", "pdf_damaged"),
        (pdf(paragraphs([LONG]))[:900], "pdf_damaged"),
        (pdf(paragraphs([LONG]), extra=ENCRYPTED), "encrypted"),
        (pdf([]), "no_text"),
        (pdf(), "no_text"),
        (tree("2 0 R", 1), "no_text"),
        (tree("2 0 R 2 0 R", 1_000), "no_text"),
        (tree("", 1_000_000), "pdf_too_long"),
        (pdf([b"/F3 Do"], more=[FORM]), "no_text"),
        (pdf(*[[]] * 2_001), "pdf_too_long"),
    ],
)
def test_a_bad_pdf_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        opened(data)
    assert raised.value.message.key == reason


@pytest.mark.parametrize("box", ["0 0 1e12 1e12", "0 0 0 0", "9 9 -5 nan", "0 0 1 1e9"])
def test_a_page_of_no_possible_size_is_read(box: str) -> None:
    assert "".join(texts(pdf(paragraphs([LONG]), box=box))) == LONG
    read_pdf(pdf([UNKNOWN], box=box, more=unnamed()), scans)


def test_broken_pdfs_are_read_or_say_why() -> None:
    """No other error, and no crash of pdfium, whatever the bytes."""
    count = 5_000 if DEEP else 60
    command = [sys.executable, "-m", "tests.pdf_mutations", "17", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    whole, refused = map(int, done.stdout.split())
    assert whole + refused == count
    assert whole > count / 4
