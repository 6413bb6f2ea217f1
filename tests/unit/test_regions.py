from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.messages import word
from indexer.model import Region
from indexer.regions.evidence import Evidence, Place
from indexer.regions.find import find_region
from indexer.regions.shorten import short_names
from indexer.regions.table import area_codes, level_of, post_prefixes, table
from indexer.text.fold import fold

Pieces = list[tuple[Place, str]]


def names(*pieces: tuple[Place, str]) -> str:
    """The full name of the region found."""
    chain = find_region(Evidence(place, text) for place, text in pieces).chain
    return "".join(region.name for region in chain)


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("150602108", ["内蒙古自治区", "鄂尔多斯市", "东胜区", "铜川镇"]),
        ("350404004", ["福建省", "三明市", "三元区", "城关街道"]),
        ("152922100", ["内蒙古自治区", "阿拉善盟", "阿拉善右旗", "巴丹吉林镇"]),
        ("652301107", ["新疆维吾尔自治区", "昌吉回族自治州", "昌吉市", "滨湖镇"]),
        ("110101", ["北京市", "东城区"]),
        ("419001", ["河南省", "济源市"]),
        ("441900119", ["广东省", "东莞市", "长安镇"]),
        ("371200", ["山东省", "莱芜市"]),
        ("350402", ["福建省", "三明市", "梅列区"]),
        ("810000", ["香港特别行政区"]),
        ("000000", ["全国"]),
        ("999999", []),
        ("", []),
    ],
)
def test_chain(code: str, chain: list[str]) -> None:
    assert [region.name for region in table().chain(code)] == chain


def test_every_chain_goes_down_by_level_and_ends_at_its_own_code() -> None:
    levels = ("country", "province", "city", "county", "town")
    tree = table()
    below = [child.code for region in tree.children("000000") for child in _all_below(region)]
    assert len(below) > 45_000
    for code in below:
        chain = tree.chain(code)
        depths = [levels.index(region.level) for region in chain]
        assert depths == sorted(set(depths)), code
        assert chain[-1].code == code
        assert chain[0].level == "province", code


def _all_below(region: Region) -> list[Region]:
    return [region, *(r for child in table().children(region.code) for r in _all_below(child))]


def test_names_are_kept_as_the_current_folding_writes_them() -> None:
    assert [key for key in table()._names if fold(key) != key] == []


def test_children_are_those_right_below() -> None:
    tree = table()
    assert len(tree.children("000000")) == 34
    assert tree.children("110000")[0] == Region("110101", "东城区", "county")
    assert {r.level for r in tree.children("150602")} == {"town"}
    assert tree.children("150602108") == ()
    assert tree.get("150602") == Region("150602", "东胜区", "county")
    assert tree.get("1") is None
    assert tree.is_former("350402")
    assert not tree.is_former("350404")
    assert not tree.is_former("1")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("内蒙古", "150000"),
        ("内蒙", "150000"),
        ("內蒙古自治區", "150000"),
        ("鄂尔多斯", "150600"),
        (" 鄂尔多斯 市 ", "150600"),
        ("三元区", "350404"),
        ("150602", "150602"),
        ("１５０６０２", "150602"),
        ("三元区城关街道", "350404004"),
        ("福建三明三元城关街道", "350404004"),
        ("巴丹吉林", "152922100"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("海南", "460000"),
        ("延边州", "222400"),
        ("海西州", "632800"),
        ("阿右旗", "152922"),
        ("襄樊市", "420600"),
        ("思茅市", "530800"),
        ("毕节地区", "520500"),
        ("梅列区", "350402"),
        ("荆沙市", "421000"),
        ("莱芜市", "371200"),
        ("公主岭市", "220184"),
        ("洪泽县", "320813"),
        ("渝北区", "500112"),
        ("320621", "320685"),  # a code that 海安 had as a county
        ("320125", "320118"),
        ("开县", "500154"),
        ("梁平县", "500155"),
        ("莆田县", "350321"),
        ("全国", "000000"),
        ("国务院", "000000"),
    ],
)
def test_named_gives_the_likeliest_first(name: str, first: str) -> None:
    assert table().named(name)[0] == first


@pytest.mark.parametrize("name", ["", "无此地名", "999999", "三元区铜川镇"])
def test_named_gives_nothing_for_what_is_no_region(name: str) -> None:
    assert table().named(name) == ()


def test_a_common_name_means_many_regions() -> None:
    assert len(table().named("城关镇")) > 80


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        # chained mentions, longest name first
        ([("title", "鄂尔多斯市东胜区铜川镇年报")], "内蒙古自治区鄂尔多斯市东胜区铜川镇"),
        ([("title", "三元区城关街道年报")], "福建省三明市三元区城关街道"),
        ([("title", "铜川市年报")], "陕西省铜川市"),
        ([("title", "铜川镇年报")], "内蒙古自治区鄂尔多斯市东胜区铜川镇"),
        ([("title", "青海省海南州共和县年报")], "青海省海南藏族自治州共和县"),
        ([("title", "內蒙古鄂爾多斯市年報")], "内蒙古自治区鄂尔多斯市"),
        ([("title", "昌吉市滨湖乡年报")], "新疆维吾尔自治区昌吉回族自治州昌吉市滨湖乡"),
        # departments belong to their county
        ([("title", "东胜区财政局年报")], "内蒙古自治区鄂尔多斯市东胜区"),
        ([("title", "国家税务总局三明市税务局年报")], "福建省三明市"),
        # homonyms: other evidence decides
        (
            [("title", "滨湖镇年报"), ("site", "昌吉市人民政府")],
            "新疆维吾尔自治区昌吉回族自治州昌吉市滨湖镇",
        ),
        ([("title", "鼓楼区年报"), ("phone", "0516-83012345")], "江苏省徐州市鼓楼区"),
        ([("title", "鼓楼区年报"), ("phone", "（0591）83012345")], "福建省福州市鼓楼区"),
        ([("title", "鼓楼区年报"), ("postcode", "350001")], "福建省福州市鼓楼区"),
        ([("title", "城区年报"), ("path", "山西省/晋城市/a.txt")], "山西省晋城市城区"),
        ([("title", "省财政厅年报"), ("site", "闽ICP备1号")], "福建省"),
        ([("override", "城关街道"), ("title", "三元区年报")], "福建省三明市三元区城关街道"),
        # places weigh differently
        ([("override", "150602108"), ("title", "三明市")], "内蒙古自治区鄂尔多斯市东胜区铜川镇"),
        ([("title", "淮安市报告"), ("path", "淮南市/2016.md")], "江苏省淮安市"),
        ([("title", "年报"), ("path", "福建/三明/2016.txt")], "福建省三明市"),
        (
            [("title", "东胜区年报"), ("text", "本年赴四川省成都市考察。")],
            "内蒙古自治区鄂尔多斯市东胜区",
        ),
        ([("title", "三明市年报"), ("breadcrumb", "三元区 沙县区")], "福建省三明市"),
        ([("breadcrumb", "首页>三明市>三元区")], "福建省三明市三元区"),
        ([("phone", "0477-2292716")], "内蒙古自治区鄂尔多斯市"),
        ([("postcode", "017000")], "内蒙古自治区鄂尔多斯市"),
        ([("text", "——在虚城市第七届大会上\n三门峡市人民政府市长 某某")], "河南省三门峡市"),
        ([("text", "本报告由三明市三元区城关街道办事处编制。")], "福建省三明市三元区城关街道"),
        # the country, unless something lower is named
        ([("title", "国务院年度报告")], "全国"),
        ([("title", "政府工作报告"), ("text", "现在，我代表国务院，向大会报告。")], "全国"),
        ([("issuer", "国家统计局"), ("title", "统计公报")], "全国"),
        ([("path", "国务院/1999.md")], "全国"),
        # former units
        ([("title", "梅列区年报")], "福建省三明市梅列区"),
        # under the name that the report uses, unless it uses the present one, too
        ([("title", "襄樊市年报")], "湖北省襄樊市"),
        ([("title", "襄樊市年报"), ("path", "襄阳市/2009.md")], "湖北省襄阳市"),
        ([("title", "海安縣雅周鎮年報")], "江苏省南通市海安县雅周镇"),
        ([("title", "海安县雅周镇年报"), ("issuer", "海安市人民政府")], "江苏省南通市海安市雅周镇"),
        ([("title", "洪泽县年报")], "江苏省淮安市洪泽县"),
        ([("title", "毕节地区行署年报")], "贵州省毕节地区"),
        # what is short for the present name is no former one
        ([("title", "关岭县年报")], "贵州省安顺市关岭布依族苗族自治县"),
        ([("title", "赣县年报")], "江西省赣州市赣县"),
        ([("title", "大同县年报")], "山西省大同市大同县"),
        ([("title", "滨海新区年报")], "天津市滨海新区"),
        ([("title", "国家统计局荆州调查队年报")], "湖北省荆州市"),
        # a newspaper and a zone speak for their city, and the province is above it
        ([("text", "省财政厅网站和《安阳日报》都有报道，河南省财政厅转载。")], "河南省安阳市"),
        ([("text", "办了《南京开发区简报》，登在南京经济技术开发区网站上。")], "江苏省南京市"),
        # a street is not the rest of another's name
        ([("title", "泃阳西大街街道办事处年报")], ""),
        ([("title", "在西大街街道设点"), ("site", "新密市政府")], "河南省郑州市新密市西大街街道"),
        # a former rank, where the county says which: there is a 黄河乡 elsewhere
        ([("title", "黄河乡年报"), ("site", "章丘政府网")], "山东省济南市章丘区黄河乡"),
        # a town that is no more, and has namesakes elsewhere
        ([("title", "宝山乡年报"), ("signature", "嫩江县宝山乡人民政府")], "黑龙江省黑河市嫩江县"),
        ([("title", "省教育厅年报"), ("number", "粤教办函〔2020〕7号")], "广东省"),
        ([("title", "市教育局年报"), ("number", "宁教办〔2020〕7号")], ""),
        ([("title", "梅列区列东街道年报")], "福建省三明市三元区列东街道"),
        ([("title", "渝北区龙溪街道年报")], "重庆市渝北区龙溪街道"),
        # a rank that no town of the name bears today: that town, if it can be but one
        ([("title", "2014年黄垓乡政府信息公开年报")], "山东省济宁市嘉祥县黄垓乡"),
        ([("title", "高速乡年报")], ""),
        # no name goes on over a pause
        ([("text", "照规定，县政府办公室编写本报告。")], ""),
        # short names, cautiously
        ([("path", "吉林/2016.txt")], "吉林省"),
        ([("title", "吉林市教育局年报")], "吉林省吉林市"),
        ([("path", "吉林省/吉林市/2016.txt")], "吉林省吉林市"),
        ([("title", "信息公开平台建设情况")], ""),
        ([("title", "长治久安工作年报")], ""),
        ([("title", "中国人民银行三明市中心支行")], "福建省三明市"),
        ([], ""),
    ],
)
def test_find_region(pieces: Pieces, expected: str) -> None:
    assert names(*pieces) == expected


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ([], ["没有找到地区"]),
        ([("title", "城关镇年报")], ["地区不能确定", "天津市武清区城关镇", "处"]),
        ([("title", "朝阳区年报")], ["地区不能确定", "北京市朝阳区", "吉林省长春市朝阳区"]),
        ([("path", "海南/2016.txt")], ["地区可能有误", "取海南省", "海南藏族自治州"]),
        ([("title", "淮安市报告"), ("path", "淮南市/a")], ["路径", "安徽省淮南市", "不一致"]),
    ],
)
def test_doubt_is_told_and_names_the_alternatives(pieces: Pieces, said: list[str]) -> None:
    (warning,) = find_region(Evidence(place, text) for place, text in pieces).warnings
    assert [part for part in said if part not in word(warning, "zh")] == []


def test_clear_evidence_is_not_doubted() -> None:
    pieces = [Evidence("title", "三元区城关街道年报"), Evidence("phone", "0598—8393319")]
    assert find_region(pieces).warnings == ()


def test_equals_have_in_common_what_is_above_them() -> None:
    found = find_region([Evidence("title", "山东省市中区年报")])
    assert [region.code for region in found.chain] == ["370000"]
    assert found.warnings[0].key == "region_uncertain"


_WORDS = st.sampled_from(
    ["三元区", "城关", "街道", "市", "铜川", "镇", "/", "\n", "0477-2292716", "国"]
)
_TEXTS = st.lists(_WORDS | st.text(max_size=3), max_size=6).map("".join)


@given(st.lists(st.tuples(st.sampled_from(get_args(Place)), _TEXTS), max_size=4))
def test_whatever_comes_the_answer_is_a_chain_of_the_tree(pieces: Pieces) -> None:
    found = find_region(Evidence(place, text) for place, text in pieces)
    if found.chain:
        codes = [region.code for region in found.chain]
        assert codes == [region.code for region in table().chain(codes[-1])]
    else:
        assert found.warnings


def test_area_codes_and_post_prefixes_name_known_regions() -> None:
    assert area_codes()["0477"] == ("150600",)
    assert area_codes()["0598"] == ("350400",)
    assert area_codes()["010"] == ("110000",)
    assert post_prefixes()["01"] == ("150000",)
    for codes in (*area_codes().values(), *post_prefixes().values()):
        assert all(table().get(code) for code in codes)
        assert {level_of(code) for code in codes} <= {"province", "city", "county"}


@pytest.mark.parametrize(
    ("name", "code", "shorts"),
    [
        ("内蒙古自治区", "150000", ("内蒙古", "内蒙")),
        ("福建省", "350000", ("福建",)),
        ("延边朝鲜族自治州", "222400", ("延边州", "延边")),
        ("克孜勒苏柯尔克孜自治州", "653000", ("克孜勒苏州", "克孜勒苏")),
        ("毕节地区", "522400", ("毕节",)),
        ("锡林郭勒盟", "152500", ("锡林郭勒",)),
        ("彭水苗族土家族自治县", "500243", ("彭水县", "彭水")),
        ("鄂伦春自治旗", "150723", ("鄂伦春旗", "鄂伦春")),
        ("科尔沁左翼中旗", "150521", ("科左中旗",)),
        ("三元区", "350404", ("三元",)),
        ("浦东新区", "310115", ("浦东",)),
        ("市中区", "370402", ()),
        ("赵县", "130133", ()),
        ("铜川镇", "150602108", ()),
    ],
)
def test_short_names(name: str, code: str, shorts: tuple[str, ...]) -> None:
    assert short_names(name, level_of(code)) == shorts
