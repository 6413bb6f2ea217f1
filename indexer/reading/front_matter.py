"""YAML front matter: the facts that stand before a Markdown text."""

from __future__ import annotations

import re

import yaml

from indexer.messages import Message

_BLOCK = re.compile(
    r"---[ \t]*\n(.{0,20000}?)^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_NAMES = {
    "标题": "title",
    "题名": "title",
    "链接": "url",
    "原文": "url",
    "原文链接": "url",
    "原文地址": "url",
    "link": "url",
    "permalink": "url",
    "来源": "source",
    "date": "published",
    "pubdate": "published",
    "published_at": "published",
    "日期": "published",
    "发布日期": "published",
    "发布时间": "published",
    "author": "issuer",
    "publisher": "issuer",
    "作者": "issuer",
    "机构": "issuer",
    "发布机构": "issuer",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发布单位": "issuer",
    "网站": "site",
    "栏目": "column",
    "category": "column",
    "文号": "number",
    "发文字号": "number",
    "tags": "keywords",
    "关键词": "keywords",
    "主题词": "keywords",
}


def read_front_matter(text: str) -> tuple[dict[str, str], str, tuple[Message, ...]]:
    """The facts, the text after them, and what to warn of.

    Names are lower case, the common ones mapped to those of `Document.meta`; values are as they
    stand there, lists joined by "、". A block that is not YAML stays in the text.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text, ()
    try:
        facts = yaml.load(block[1], Loader=yaml.BaseLoader)  # builds nothing but str, list, dict
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text, (Message("front_matter_faulty"),)
    if not isinstance(facts, dict):
        return {}, text, ()
    return _meta(facts), text[block.end() :], ()


def _meta(facts: dict[object, object]) -> dict[str, str]:
    meta: dict[str, str] = {}
    for key, value in facts.items():
        parts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        words = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
        if isinstance(key, str) and words:
            name = _NAMES.get(key.strip().lower(), key.strip().lower())
            if name == "source" and words[0].startswith(("http://", "https://")):
                name = "url"
            meta.setdefault(name, words[0] if name == "url" else "、".join(words))
    return meta
