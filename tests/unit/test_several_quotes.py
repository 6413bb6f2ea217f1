"""A link with several quotes in its sentence: what is false is never passed over, what is not of it may be."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.links import checksum
from search.verifying.model import FOUND, Claim
from search.verifying.passage import Standing
from search.verifying.quote import agrees
from search.verifying.several import judged
from tests.drawn_reports import sentence
from web.findings.fields import finding_of
from web.findings.text_file import read_text

TEXT = (
    "某县年报\n一、总体情况\n全县建成“三务”公开示范点 12 个，群众满意率达到百分之九十五。"
    "乡镇另设公开栏 40 处，逐月更新。"
)
PASSAGE = "全县建成“三务”公开示范点 12 个，群众满意率达到百分之九十五。"
START = TEXT.index(PASSAGE)
LINK = f"/reports/0123456789ab/{START}-{START + len(PASSAGE)}/{checksum(PASSAGE)}"


def claims(draft: str) -> list[Claim]:
    """As verification reads them from a text."""
    found = filter(None, map(finding_of, read_text(draft)))
    return [Claim(*each.passage, beside=each.beside) for each in found]


def standing_in(draft: str, text: str = TEXT) -> Standing:
    (only,) = claims(draft)
    return judged(text, only)


@pytest.mark.parametrize(
    ("draft", "outcome", "compared", "beside"),
    [
        # one quote: as ever
        ("报告说“建成三务公开示范点12个”（{link}）", "exact", "", ()),
        ("报告说“建成三务公开示范点13个”（{link}）", "changed", "", ()),
        # what is nobody's words beside it
        (
            "报告说“建成三务公开示范点12个”，即所谓“阳光工程”（{link}）",
            "exact",
            "建成三务公开示范点12个",
            ("阳光工程",),
        ),
        (
            "“十四五”开局之年，该县“建成三务公开示范点12个”（{link}）",
            "exact",
            "建成三务公开示范点12个",
            ("十四五",),
        ),
        ("所谓“阳光工程”是“{passage}”（{link}）", "exact", "{passage}", ("阳光工程",)),
        ("“{passage}”可谓“阳光工程的又一次伟大胜利和飞跃”（{link}）", "exact", "{passage}", None),
        # both are of the passage, or one of another sentence of the same report
        ("“三务公开示范点12个”，满意率“百分之九十五”（{link}）", "exact", "三务公开示范点12个", ()),
        ("“三务公开示范点12个”、“公开栏40处”（{link}）", "exact", "三务公开示范点12个", ()),
        # nearly what the report says, and not it: whatever stands beside it
        ("“三务公开示范点12个”，满意率“百分之九十八”（{link}）", "changed", "百分之九十八", None),
        ("满意率“百分之九十八”，“{passage}”（{link}）", "changed", "百分之九十八", None),
        ("“{passage}”，满意率“百分之九十八”（{link}）", "changed", "百分之九十八", None),
        ("“示范点13个”，即“三务公开示范点”（{link}）", "changed", "示范点13个", None),
        ("“三务公开示范点13个”，“公开栏40处”（{link}）", "changed", "三务公开示范点13个", None),
        # a word that agrees does not speak for what is quoted beside the link
        ("“公开”一词：“全县干部一律下乡种树”（{link}）", "changed", "全县干部一律下乡种树", None),
        ("“满意率达到”，但“全县干部一律下乡种树”（{link}）", "changed", None, None),
        # none agrees: the nearest is told
        ("“干部下乡”和“种树”（{link}）", "changed", "种树", ("干部下乡",)),
        # not of the sentence
        ("“百分之九十八”是别处。“建成三务公开示范点12个”（{link}）", "exact", "", ()),
        ("“百分之九十八”\n“建成三务公开示范点12个”（{link}）", "exact", "", ()),
        ("“百分之九十八”（{link}）\n“三务公开示范点12个”（{link}）", None, None, None),
    ],
)
def test_drafts(
    draft: str, outcome: str | None, compared: str | None, beside: tuple[str, ...] | None
) -> None:
    whole = draft.format(link=LINK, passage=PASSAGE)
    if outcome is None:
        assert [judged(TEXT, each).outcome for each in claims(whole)] == ["changed", "exact"]
        return
    found = standing_in(whole)
    assert found.outcome == outcome
    if compared is not None:
        assert found.compared == compared.format(passage=PASSAGE)
    if beside is not None:
        assert found.beside == beside


def parts(text: str, draw: st.DataObject, least: int) -> str:
    """A piece of it."""
    start = draw.draw(st.integers(0, len(text) - least))
    return text[start : draw.draw(st.integers(start + least, len(text)))]


def falsified(said: str, draw: st.DataObject) -> str:
    """One letter or figure of it is another one, is missing, or is too much."""
    at = draw.draw(st.sampled_from([at for at, each in enumerate(said) if each.isalnum()]))
    other = draw.draw(st.sampled_from("0379不未无百增减县"))
    ways = (
        said[:at] + other + said[at + 1 :],
        said[:at] + said[at + 1 :],
        said[:at] + other + said[at:],
    )
    return draw.draw(st.sampled_from(ways))


STRANGE = ("阳光雨露", "星辰大海", "鸟语花香", "龙凤呈祥", "琴棋书画")


@given(st.data())
def test_what_is_false_is_never_called_exact(data: st.DataObject) -> None:
    """One quote of the sentence is false, wherever it stands among true ones and strange ones."""
    draw = Random(data.draw(st.integers(0, 1 << 16)))
    said = sentence(draw)
    text = f"年报\n{sentence(draw)}\n{said}\n{sentence(draw)}"
    start = text.index(said)
    link = f"/reports/0123456789ab/{start}-{start + len(said)}/{checksum(said)}"
    false = falsified(parts(said, data, 6), data)
    assume(sum(map(str.isalnum, false)) >= 4)
    assume(not agrees(false, text, 0, len(text)))
    assume(not set(false) & set("“”\n"))
    others = data.draw(
        st.lists(st.one_of(st.just(said), st.sampled_from(STRANGE), st.just(said[:6])), max_size=4)
    )
    quotes = data.draw(st.permutations([*others, false]))
    found = standing_in("，".join(f"“{each}”" for each in quotes) + f"（{link}）", text)
    assert found.outcome not in FOUND
    strange = data.draw(st.permutations([said, *data.draw(st.lists(st.sampled_from(STRANGE)))][:5]))
    found = standing_in("，".join(f"“{each}”" for each in strange) + f"（{link}）", text)
    assert (found.outcome, found.start) == ("exact", start) or said not in strange
