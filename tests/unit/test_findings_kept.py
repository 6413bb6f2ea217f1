"""The findings of a reader: each passage once, and nothing of a colleague's overwrites mine unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import LimitError
from search.links import checksum
from search.saved.database import Database
from search.saved.finding import Facts, Finding, Passage
from search.saved.findings import CONFLICTS, Conflict, EditedError, Findings, Labelled, Merged
from search.saved.fitting import MAX_LABEL, MAX_NOTE, MAX_QUOTE
from search.saved.notes import seen


@pytest.fixture
def kept(tmp_path: Path) -> Findings:
    return Findings(Database(tmp_path / "i.saved"))


def finding(quote: str = "三务公开", start: int = 3, **more: str) -> Finding:
    passage = Passage("0123456789ab", start, start + len(quote), checksum(quote), quote)
    facts = Facts(title="年报", region="甲省 / 乙市", year=2020, genre="disclosure", pages="3–4")
    return Finding(passage, facts, **more)


def contents(kept: Findings) -> list[tuple[str, str, str]]:
    return [(each.passage.quote, each.label, each.note) for each in kept.every()]


def test_a_passage_is_kept_once(kept: Findings) -> None:
    first, new = kept.add(finding(label="甲", note="一"))
    again, newer = kept.add(finding(label="乙"))
    assert (new, newer) == (True, False)
    assert again == first
    assert contents(kept) == [("三务公开", "甲", "一")]
    assert kept.every() == [first]
    assert first.facts == finding().facts
    assert first.made.endswith("Z")


def test_the_newest_stands_first_and_a_number_is_never_given_twice(kept: Findings) -> None:
    one, two = (kept.add(finding(start=start))[0] for start in (1, 2))
    assert [each.number for each in kept.every()] == [two.number, one.number]
    assert kept.delete(two.number)
    assert not kept.delete(two.number)
    assert kept.add(finding(start=3))[0].number > two.number


def test_labels(kept: Findings) -> None:
    for start, label in enumerate(("乙", "甲", "甲", "")):
        kept.add(finding(start=start, label=label))
    assert kept.labels() == (Labelled("甲", 2), Labelled("", 1), Labelled("乙", 1))
    assert [each.passage.start for each in kept.every("甲")] == [2, 1]
    assert [each.passage.start for each in kept.every("")] == [3]
    assert kept.count() == 4


@pytest.mark.parametrize(
    ("label", "note", "as_label", "as_note"),
    [
        ("甲", "乙", "甲", "乙"),
        (" 甲\n 丙\t", "一\r\n二\r三\n", "甲 丙", "一\n二\n三\n"),
        (" x " * 50, "y" * MAX_NOTE, "x " * 49 + "x", "y" * MAX_NOTE),
        ("\ud800半", "\udfff\0", "?半", "?\0"),
        ("'; DROP TABLE finding; --", "<b>", "'; DROP TABLE finding; --", "<b>"),
    ],
)
def test_label_and_note_are_kept_as_they_fit(
    kept: Findings, label: str, note: str, as_label: str, as_note: str
) -> None:
    number = kept.add(finding())[0].number
    assert kept.edit(number, label, note)
    assert contents(kept) == [("三务公开", as_label, as_note)]
    assert not kept.edit(number + 1, label, note)


@pytest.mark.parametrize(
    ("too_long", "key"),
    [
        ({"label": "甲" * (MAX_LABEL + 1)}, "finding_label_too_long"),
        ({"note": "一" * (MAX_NOTE + 1)}, "finding_note_too_long"),
        ({"quote": "三" * (MAX_QUOTE + 1)}, "finding_quote_too_long"),
    ],
)
def test_nothing_is_cut(kept: Findings, too_long: dict[str, str], key: str) -> None:
    """Neither typed nor taken in; and then nothing else of the file is."""
    number = kept.add(finding(label="甲", note="一"))[0].number
    ways: list[Callable[[], object]] = [
        lambda: kept.merge([finding(start=9), finding(**{"start": 10, **too_long})]),  # type: ignore[arg-type]
        lambda: kept.add(finding(**{"start": 10, **too_long})),  # type: ignore[arg-type]
    ]
    if "quote" not in too_long:
        ways.append(lambda: kept.edit(number, **{"label": "乙", "note": "二", **too_long}))
    for way in ways:
        with pytest.raises(LimitError) as refused:
            way()
        assert refused.value.message.key == key
        assert dict(refused.value.message.values)["most"] in (MAX_LABEL, MAX_NOTE, MAX_QUOTE)
    assert contents(kept) == [("三务公开", "甲", "一")]


def test_only_what_can_be_brought_back_is_taken_out(kept: Findings) -> None:
    plain, labelled, noted = (
        kept.add(finding(start=start, **more))[0].number
        for start, more in enumerate(({}, {"label": "甲"}, {"note": "一"}))
    )
    assert [kept.take_out(number) for number in (plain, labelled, noted)] == [True, False, False]
    assert [each.number for each in kept.every()] == [noted, labelled]
    assert kept.take_out(plain)
    assert kept.take_out(1 << 70)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=20))
def test_the_state_tells_which_findings_there_are(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int]]
) -> None:
    """Two states are equal only where the same findings are there."""
    kept = Findings(Database(tmp_path_factory.mktemp("k") / "i.saved"))
    there: dict[str, tuple[int, ...]] = {}
    for add, which in steps:
        every = [each.number for each in kept.every()]
        if add:
            kept.add(finding(start=which))
        elif which < len(every):
            kept.delete(every[which])
        now = tuple(each.number for each in kept.every())
        assert there.setdefault(kept.state(), now) == now
        assert [kept.newer(number) for number in now] == list(range(len(now)))


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict", "is_now", "counted"),
    [
        (None, ("甲", "一"), "keep", ("甲", "一"), "added"),
        (("甲", "一"), ("甲", "一"), "keep", ("甲", "一"), "same"),
        (("甲", "一"), ("", ""), "keep", ("甲", "一"), "same"),
        (("", ""), ("甲", "一"), "keep", ("甲", "一"), "filled"),
        (("甲", ""), ("甲", "一"), "keep", ("甲", "一"), "filled"),
        (("甲", ""), ("", "一"), "keep", ("甲", "一"), "filled"),
        (("甲", "一"), ("乙", "一"), "keep", ("甲", "一"), "differing"),
        (("甲", "一"), ("甲", "二"), "keep", ("甲", "一"), "differing"),
        (("甲", ""), ("乙", "二"), "keep", ("甲", ""), "differing"),
        (("甲", "一"), ("乙", "二"), "theirs", ("乙", "二"), "differing"),
        (("甲", "一"), ("", "二"), "theirs", ("甲", "二"), "differing"),
        (("甲", "一"), ("甲", "二"), "both", ("甲", "一\n\n二"), "differing"),
        (("甲", "一"), ("乙", "二"), "both", ("甲", "一\n\n二\n\n乙"), "differing"),
    ],
)
def test_what_a_colleague_says(
    kept: Findings,
    mine: tuple[str, str] | None,
    theirs: tuple[str, str],
    conflict: Conflict,
    is_now: tuple[str, str],
    counted: str,
) -> None:
    if mine:
        kept.add(finding(label=mine[0], note=mine[1]))
    merged = kept.merge([finding(label=theirs[0], note=theirs[1])], conflict)
    assert contents(kept) == [("三务公开", *is_now)]
    found = {name: getattr(merged, name) for name in ("added", "same", "filled")}
    found["differing"] = len(merged.differing)
    assert found == {**dict.fromkeys(found, 0), counted: 1}
    if counted == "differing":
        ((was, said),) = merged.differing
        assert ((was.label, was.note), (said.label, said.note)) == (mine, theirs)


@given(
    st.lists(
        st.builds(
            finding,
            st.sampled_from(["三务公开", "公开", "=1+1", "\t一\n二\r\n"]),
            st.integers(0, 2),
            label=st.sampled_from(["", "甲", "乙"]),
            note=st.text(max_size=3),
        ),
        max_size=8,
    ),
    st.sampled_from(CONFLICTS),
)
def test_taken_in_twice_nothing_is_doubled(
    tmp_path_factory: pytest.TempPathFactory, theirs: list[Finding], conflict: Conflict
) -> None:
    kept = Findings(Database(tmp_path_factory.mktemp("k") / "i.saved"))
    kept.merge(theirs, conflict)
    before = kept.every()
    again = kept.merge([replace(each, number=0) for each in before], conflict)
    assert again == Merged(0, len(before), 0, ())
    assert kept.every() == before
    assert len({each.passage for each in before}) == len(before)


def test_both_notes_are_joined_once(kept: Findings) -> None:
    """However often the file is taken in, and where the other side has joined them already."""
    kept.add(finding(label="甲", note="一\n\n二"))
    for theirs in ("三", "三", "二", "三\n\n一\n\n二", "二\n\n四"):
        kept.merge([finding(label="乙", note=theirs)], "both")
    assert contents(kept) == [("三务公开", "甲", "一\n\n二\n\n三\n\n乙\n\n四")]
    again = kept.merge([finding(label="乙", note="三")], "both")
    assert again == Merged(0, 1, 0, ())


def test_both_notes_are_not_cut(kept: Findings) -> None:
    kept.add(finding(note="一" * (MAX_NOTE - 3)))
    with pytest.raises(LimitError) as refused:
        kept.merge([finding(start=9), finding(note="二二")], "both")
    assert dict(refused.value.message.values)["count"] == MAX_NOTE + 1
    assert contents(kept) == [("三务公开", "", "一" * (MAX_NOTE - 3))]
    kept.merge([finding(note="二")], "both")
    assert len(kept.every()[0].note) == MAX_NOTE


@pytest.mark.parametrize("bad", ["\ud800", "x" * 99_999, "2020-01-01T00:00:00Z\0", "昨天"])
def test_a_time_that_is_none(kept: Findings, bad: str) -> None:
    kept.merge([finding(made=bad, changed=bad)])
    (only,) = kept.every()
    assert only.made.endswith("Z")
    assert only.changed.endswith("Z")
    assert len(only.made + only.changed) == 40
    kept.merge([finding(start=9, made="2020-01-01", changed="2020-01-01T09:00:00.5+08:00")])
    assert (kept.every()[0].made, kept.every()[0].changed[-6:]) == ("2020-01-01", "+08:00")


def test_a_number_that_no_finding_has(kept: Findings) -> None:
    kept.add(finding())
    for number in (10**20, 1 << 63, (1 << 63) - 1, 0):
        assert not kept.edit(number, "甲", "")
        assert not kept.delete(number)
    assert kept.count() == 1


def test_what_was_changed_meanwhile_is_not_overwritten(kept: Findings) -> None:
    first = kept.add(finding())[0]
    was = seen(first)
    assert kept.edit(first.number, "甲", "一", was)
    with pytest.raises(EditedError) as refused:
        kept.edit(first.number, "乙", "二", was)
    assert contents(kept) == [("三务公开", "甲", "一")]
    assert kept.edit(first.number, "甲", "一", was)
    assert kept.edit(first.number, "乙", "二", seen(refused.value.finding))
    assert contents(kept) == [("三务公开", "乙", "二")]


def test_all_of_a_file_or_nothing(kept: Findings) -> None:
    def broken() -> object:
        yield finding()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.merge(broken())  # type: ignore[arg-type]
    assert kept.count() == 0
