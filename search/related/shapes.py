"""Characters that look alike and are mistaken for one another in official texts.

Written for this project. Of the packages that offer such a table none serves: they are unkept, or
load pickled data, or measure likeness so loosely (four corners, components) that hundreds are alike.
Most of these confusions come from reading (a scan, handwriting) or from shape-based input methods;
those that also sound alike are found by `pinyin`, and only the classic ones are repeated here.
"""

from __future__ import annotations

_GROUPS = """
己已巳 未末 土士 干千于 日曰 人入 大太犬 天夭 王玉 目且 由甲申田 今令 刀力刁 免兔 乌鸟 戊戌戍 子孑 元无
既即 度渡 作做 账帐 像象 采彩 躁燥噪澡 撤撒散 拔拨 折拆析 候侯 辩辨辫 竞竟 遣遗 梁粱 赢羸嬴 治冶 准淮
沪泸 洒酒 没设投役 抓爪 待侍持特 住往 径经 倍陪培部 提堤题 圳训 练炼拣 密蜜 锋峰蜂 绩积 职识织帜 炽帜
税脱锐 贷货 贪贫 责贵 资货 赏偿 券卷 载栽裁戴截 历厉 仓仑 抢抡 伦论轮 汇江 各名 近迅 迁迂 讯训 读续
宣宜 官宫宦 管菅 营菅 察祭 规现 理埋 童章 郊效 郡群 级极 收牧 政攻改 致效 赛寨塞 县具 直真 植值 镇填慎
合舍 命令 会合 众丛 体休 木本术 村材林 杆杠 社杜 组祖租粗 思恩 息恩 志忘 情请清晴睛 责青 失矢夫 完宪
充克允 市布币 面而 自白百 道首 追退迫 开井升 享亨 季委李秀 科料 根银很限恨 良艮 却脚 节卫 巩恐筑 染梁
探深 究空 容客额 富副福幅 护扩 扑朴 抚扰优忧 拟以 批比此北 坚竖监 环坏杯怀 阳阴 阵陈 冻练 早旱 旦早
时对村付 任壬仕 底低抵 氏民 页贡 项顷顶 顺须 领颁 冒昌 晋普 亚业 督替 借措错惜 施拖 旅族旋 放防访 房户
庐炉 芦庐 宅宇 扶抚 晓烧浇绕 境镜 搞稿 储诸 险检验 暖缓援 盲育 肓盲 厅斤 斥斤 斩崭 暂崭 晰浙 淅浙 浙渐
协办 划刘 列例 烈列 侧测 拨泼 减咸 域城 诚城 成戍 威咸 综棕 踪综 灌罐 溉概 概慨 栗粟 票栗 漂标
"""
"""Groups of characters, parted by white space."""


def _alike(groups: str) -> dict[str, str]:
    """Character -> those it is mistaken for, in the order of the table."""
    alike: dict[str, str] = {}
    for group in groups.split():
        for character in group:
            others = alike.get(character, "") + group.replace(character, "")
            alike[character] = "".join(dict.fromkeys(others))
    return alike


SHAPE_ALIKE = _alike(_GROUPS)
