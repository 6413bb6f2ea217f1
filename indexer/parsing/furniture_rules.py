"""The tables of page furniture: keys that pages print, and lines that are never a report's own.

All are in Simplified characters; texts are simplified before they are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from indexer.messages import Message

Rules = tuple[tuple[Message, str], ...]
"""Why a line is dropped, and the pattern of the whole line."""

S = r"[ \t\u3000\xa0]*"
"""Space as it stands inside printed keys, for patterns."""


def any_of(keys: Iterable[str]) -> str:
    """A pattern of the keys, spaced out or not, the longest first: what they begin with alike stands once."""
    rests: dict[str, list[str]] = {}
    for key in keys:
        rests.setdefault(key[0], []).append(key[1:])
    return "(?:" + "|".join(_branch(*item) for item in rests.items()) + ")"


def _branch(first: str, rests: list[str]) -> str:
    """The pattern of the keys that begin with one character."""
    longer = [rest for rest in rests if rest]
    if not longer:
        return re.escape(first)
    return f"{re.escape(first)}(?:{S}{any_of(longer)})" + ("?" if "" in rests else "")


_KEYS = {
    "": """索引号 信息索引 索引码 分类 体裁 时效 组配分类 主题分类 信息分类 体裁分类 服务对象 公开方式 公开形式 公开范围
        公开时限 有效性 是否有效 效力状态 生效日期 失效日期 废止日期 关键词 主题词 信息名称 内容概述 内容分类
        信息类别 浏览次数 浏览量 浏览 点击数 点击量 点击率 阅读次数 阅读量 访问量 作者 编辑 责任编辑 审核 责编
        校对 初审 复审 终审 点击 点击次数 阅读 访问次数 浏览人数 查看次数 人气 发布人 发布者 录入人 审核人 签发人
        公开类型 公开类别 公开属性 文件类型 文种 载体类型 视力保护色 字体 字号 字型 打印 保存 分享 分享到 收藏 主办 主办单位 承办 承办单位 协办单位 技术支持
        版权所有 网站标识码""",
    "title": "标题 名称 文件名称",
    "number": "文号 发文字号 备注/文号 文件编号 公文编号 发文文号",
    "issuer": """发布机构 发布单位 发布机关 发文机关 发文单位 公开机构 公开责任部门 信息提供单位 制作单位
        发文机构 公开单位 公开主体 发布部门 公开部门 编制单位 编制机关""",
    "origin": "来源 发布来源 信息来源 资料来源 文章来源 稿件来源 稿源 文章出处 供稿",
    "published": """发布日期 发布时间 时间 日期 发表时间 公开日期 公开时间 更新时间 更新日期 发文日期 发文时间 公布日期
        公布时间 发稿时间 发稿日期 信息时间 信息日期 录入时间 上传时间 添加时间 创建时间""",
    "written": "公文生成日期 生成日期 成文日期 成文时间 印发日期",
    "url": "原文链接 原文地址 链接 url",
    "breadcrumb": """栏目 当前位置 目前位置 您当前的位置 您的位置 您现在的位置 你的位置 当前的位置 所在位置
        您所在的位置 现在位置 位置 您当前位置 您的当前位置 您所在位置 您当前所在位置 你现在的位置 您现在位置
        您目前的位置 当前所在位置 您现在所在的位置 当前栏目""",
}
FACT_KEYS: Mapping[str, str] = {key: name for name, keys in _KEYS.items() for key in keys.split()}
"""What a key printed on a page is a fact of; "" where it is dropped for good."""

DATES = frozenset(("published", "written"))
"""Names whose values must be a day: 时间：2011年 may well be the report's own."""

_BUTTON = (
    "打印|列印|保存|储存|关闭|收藏|分享|转发|返回|本页|本文|页面|窗口|视窗|此页|到|微信|微博|朋友圈|QQ|空间|默认|超大|特大"
    "|正文|文章|朗读|语音播报|我要打印|设为首页|加入收藏|收藏本站|网站地图|无障碍阅读|无障碍浏览|无障碍"
    "|繁体|简体|字体|字号|字型|复制链接|我要纠错|大|中|小|特|繁|简"
)
_GAP = r"[\s/|丨【】\[\]（）():：·]"
ALWAYS: Rules = (
    (
        Message("dropped_buttons"),
        rf"(?:{_GAP}*(?:字{S}[号体型]|打{S}印|保{S}存|关{S}闭|分{S}享(?:{S}到)?|收{S}藏){S}[:：]|[【\[]{S}(?:{_BUTTON}))"
        rf"(?:{_GAP}|{_BUTTON})*",
    ),
    (
        Message("dropped_scan"),
        r"扫一扫[,，]?(?:在|用)?手机(?:上|端)?(?:查看|打开|浏览|阅读|分享)?.{0,10}|(?:请)?(?:微信)?扫描?(?:下方)?二维码.{0,12}"
        r"|用手机(?:打开|浏览|查看)(?:当前|本|此)页面?",
    ),
    (
        Message("dropped_licence"),
        r"[^。；]{0,30}ICP[备证][^。；]{0,60}|[^。，；]{0,12}(?:公网安备|公安备案)[^。；]{0,40}",
    ),
    (Message("dropped_editor"), rf"[【\[（(]?{S}(?:责任编辑|责{S}编){S}[:：][^。]{{0,40}}"),
    (
        Message("dropped_breadcrumb"),
        rf"您?(?:现在|当前|目前)?(?:所在)?的?位置{S}[:：][^。]{{0,20}}[>＞»›→][^。]{{0,120}}"
        rf"|(?:首页)?(?:{S}[>＞»›→]{S}[^>＞»›→。，；]{{1,30}}){{2,}}"
        rf"|(?:网站)?首页(?:{S}/{S}[^/。，；]{{1,30}}){{2,}}",
    ),
)
"""Lines that are furniture wherever they stand; a table row never is."""

HEAD_OR_TAIL: Rules = (
    (Message("dropped_buttons"), rf"(?:{_GAP}|{_BUTTON}|(?<=[\s】\]])A[+-]?)+"),
    (Message("dropped_scan"), r"扫一扫[^。，；]{0,16}|[^。，；]{0,12}二维码[^。，；]{0,12}"),
    (Message("dropped_site"), r"(?:https?://)?www\.[\w.-]+/?|https?://\S+"),
    (
        Message("dropped_columns"),
        r"(?:(?:附件下载|相关附件|政策解读|相关解读)[:：]?|[上下]一[篇条页][:：]?.{0,60}"
        r"|返回(?:顶部|首页|列表)|关闭窗口|网站地图|联系我们|关于我们|无障碍(?:阅读|浏览)?|长者模式|帮助|首页|版权所有.{0,60}"
        r"|网站声明|隐私声明|版权声明|免责声明|法律声明|隐私政策|站点地图|返回上一[页级]|网站纠错|设为首页|加入收藏|我要纠错)(?:\s*[|丨]\s*\S{2,8})*",
    ),
    (Message("dropped_host"), r"[^，。；：]{2,40}(?:开办|主办|承办|协办|版权所有)"),
    (Message("dropped_copyright"), r"(?:copyright|©|版权)[^。]{0,80}"),
    (Message("dropped_site_id"), r"(?:政府)?网站标识码[^。]{0,60}"),
    (
        Message("dropped_tools"),
        r"(?:建议|推荐)(?:您)?使用[^。；]{0,40}(?:分辨率|浏览器?)[^。；]{0,30}|您是(?:本站)?第\s*\d+\s*位[^。；]{0,12}"
        r"|Produced\s*By[^。；]{0,60}",
    ),
)
"""Lines that are furniture at either end of a page."""

HOSTS: Rules = (
    (
        Message("dropped_host"),
        rf"(?:{S}(?:主{S}办|承{S}办|协{S}办|责任)(?:{S}单{S}位)?{S}[:：](?:(?!次数|点击|浏览|ICP|备案|标识码).)*)+"
        r"|[^，。；：]{2,40}(?:开办|主办|承办|协办)",
    ),
)
"""Lines of HEAD_OR_TAIL that a report may have as its own: they go only with others."""

BEFORE_TITLE: Rules = (
    (
        Message("dropped_tools"),
        r"(?:今天是)?.{0,20}星期[一二三四五六日天].{0,20}|今天是.{0,40}|请输入.{0,12}|热[门搜]词?[:：].{0,60}"
        r"|[^。，；]{0,40}(?:登录|注册|退出|搜索|检索|无障碍|长者|长辈|适老|关怀版|简体|繁体|English|手机版|移动版|客户端|RSS|邮箱)"
        r"[^。，；]{0,40}",
    ),
    (
        Message("dropped_site_or_column"),
        r"[^，。；：、]{2,20}(?:网|网站|门户|在线|之窗)|[\u4e00-\u9fff]{2,6}"
        r"|[^，。；：]{2,20}(?:政府|办事处|委员会|办公室|[局厅院署])"
        r"|(?:[^\s|丨，。；]{2,20}\s+)?(?:[^\s|丨，。；]{2,8}\s*[|丨·]\s*)+[^\s|丨，。；]{2,8}"
        r"|(?:[^\s|丨，。；]{2,20}\s+)?(?:[^\s|丨，。；]{2,8}\s+){2,}[^\s|丨，。；]{2,8}"
        r"|(?:法定)?(?:主动公开内容|(?:政府)?信息公开(?:年报|年度报告|指南|目录|制度|专栏)?)",
    ),
)
"""Lines that are the site's where they stand before the title."""

RELATED = (
    r"(?:相关|推荐|延伸|热门|热点|更多)(?:阅读|链接|信息|文章|新闻|推荐|内容|稿件|报道|资讯)[:：]?"
)
"""The line that opens a list of other pages at the end of one."""
