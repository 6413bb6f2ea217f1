"""From what is copied or cited back to the passage, in this copy of the corpus or in another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fake_engine import FakeEngine
from fake_reports import HOSTILE, TOWN, engine
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import RequestError
from indexer.model import Report
from search.links import checksum
from search.quoted import Quoted, find
from web import language
from web.report.citations import bibtex, cited, gbt, plain_text, quotation, untex
from web.report.copied import MAX_TEXT, read_copied
from web.report.local_note import to_copy
from web.show import plain
from web.texts import in_language

TODAY = date(2026, 3, 5)
FORMS = {"gbt": gbt, "plain": plain_text, "bibtex": bibtex, "quotation": quotation}
LINK = "/reports/0123456789ab/3-9/89abcdef"
ODD = replace(TOWN, source="甲_乙/50%{3}&#~^$\\（一）.txt")


def copies(report: Report, start: int, end: int, chosen: language.Language) -> dict[str, str]:
    """Everything that is copied of a passage on a machine that others do not reach."""
    say, quoted = in_language(chosen), report.text()[start:end]
    path = f"/reports/{report.id}/{start}-{end}/{checksum(quoted)}"
    link = f"http://127.0.0.1:8000{path}"
    note = say("here_only_passage"), say("here_file", source=plain(report.source))
    source = cited(report, link, TODAY, quoted=quoted, passage=link, note=note)
    texts = {name: form(source) for name, form in FORMS.items()}
    return texts | {"link": to_copy(link, source.quoted, note)}


@pytest.mark.parametrize("chosen", ["zh", "en"])
@pytest.mark.parametrize("report", [TOWN, HOSTILE, ODD], ids=["town", "hostile", "odd"])
def test_every_form_leads_back(report: Report, chosen: language.Language) -> None:
    length = len(report.text())
    for start, end in ((0, 6), (5, min(length, 40)), (0, length)):
        for name, text in copies(report, start, end, chosen).items():
            for around in (text, f"见：\n{text}\n（完）", f'{{"url": "{text}"}}'):
                (quoted,) = read_copied(around)
                where = quoted.id, quoted.start, quoted.end, quoted.check
                check = checksum(report.text()[start:end])
                assert where == (report.id, start, end, check), name
                assert plain(report.source) in quoted.sources or "{" in around[:1], name


@pytest.mark.parametrize("name", [*FORMS, "link"])
def test_another_copy_of_the_corpus_finds_it(name: str) -> None:
    """By the path without its outer folder, or by the quote alone."""
    text = TOWN.text()
    start = text.index("建立“三务”公开台账")
    end = start + len("建立“三务”公开台账，")
    (quoted,) = read_copied(copies(TOWN, start, end, "zh")[name])
    others = tuple(each for each in engine().reports if text[start:end] not in each.text())
    assert others

    inner = replace(TOWN, source=TOWN.source.partition("/")[2])
    found = find(FakeEngine((*others, inner)), quoted)
    assert found is not None
    assert (found.by, found.place.state, found.report) == ("source", "exact", inner)

    renamed = replace(TOWN, source="乙/改名.txt", title="又" + TOWN.title)
    found = find(FakeEngine((*others, renamed)), quoted)
    assert found is not None
    assert (found.by, found.place.state, found.report) == ("quote", "moved", renamed)
    assert found.quote == text[start:end]

    assert find(FakeEngine(others), quoted) is None


def test_of_several_copies_the_one_in_a_folder_of_that_name() -> None:
    text = TOWN.text()
    (quoted,) = read_copied(copies(TOWN, 0, 12, "zh")["quotation"])
    twins = [replace(TOWN, source=f"{place}/甲.txt") for place in ("丙", "丁")]
    near = replace(TOWN, source="戊/" + TOWN.source)
    found = find(FakeEngine((twins[0], near, twins[1])), quoted)
    assert found is not None
    assert (found.by, found.report, found.reports) == ("quote", near, 3)
    assert found.quote == text[:12]


def test_a_quote_over_several_lines_is_found_by_its_beginning() -> None:
    text = TOWN.text()
    end = text.index("\n") + 30
    (quoted,) = read_copied(copies(TOWN, 0, end, "zh")["link"])
    found = find(FakeEngine((replace(TOWN, source="甲.txt"),)), replace(quoted, sources=()))
    assert found is not None
    assert (found.by, found.place.state, found.quote) == ("quote", "exact", text[:end])


def test_what_has_changed_is_said_of_the_file_that_the_link_names() -> None:
    source, elsewhere = TOWN.source, replace(TOWN, source="x/y.txt")
    by_id = find(engine(), Quoted(TOWN.id, 3, 9, "00000000"))
    assert by_id is not None
    assert (by_id.by, by_id.place.state, by_id.quote) == ("id", "changed", TOWN.text()[3:9])
    wrong = Quoted("0" * 12, 3, 9, "00000000", sources=(f"外/{source}",), quotes=("公开",))
    by_path = find(engine(), wrong)
    assert by_path is not None
    assert (by_path.by, by_path.place.state) == ("source", "changed")
    assert find(FakeEngine((elsewhere,)), wrong) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三务公开",
        "/reports/0123456789ab",
        "/reports/0123456789ab/3-9",
        "/reports/0123456789ab/9-3/89abcdef",
        "/reports/0123456789ab/3-3/89abcdef",
        "/reports/0123456789ab/3-9/89abcde",
        "/reports/0123456789ab/3-9/89abcdef0",
        "/reports/0123456789AB/3-9/89abcdef",
        "/reports/0123456789ab/3-9999999999/89abcdef",
        " " * MAX_TEXT + LINK,
    ],
)
def test_a_text_without_a_link(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_copied(text)
    assert refused.value.message.key == "no_link"


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        f"https://reports.example.org{LINK}?q=%E4%B8%89#passage",
        f"<a href='{LINK}'>",
        f"甲{LINK}。乙",
        f"{LINK} {LINK}",
    ],
)
def test_a_link_in_any_text(text: str) -> None:
    (quoted,) = read_copied(text)
    assert quoted == Quoted("0123456789ab", 3, 9, "89abcdef")


def test_links_keep_their_order() -> None:
    other = LINK.replace("3-9", "4-8")
    assert [quoted.start for quoted in read_copied(f"{LINK} {other} {LINK}")] == [3, 4]


@given(st.text(st.sampled_from("甲%&#_$\\{}~^a “”\n"), max_size=12))
def test_tex_is_undone(text: str) -> None:
    source = cited(replace(TOWN, number=text, url=None), "", TODAY, passage=LINK)
    field = [line for line in bibtex(source).splitlines() if line.startswith("  number")]
    assert not field or untex(field[0]) == f"  number = {{{plain(text)}}},"


@given(
    st.text(st.sampled_from("“”\n文件：File: /reports0123456789abcdef-“三务公开…} "), max_size=60)
)
def test_hostile_text_raises_only_our_error(text: str) -> None:
    """And what is read of it can be looked for."""
    for quoted in read_copied(text + LINK):
        assert find(engine(), quoted) is None or quoted.id != "0123456789ab"
