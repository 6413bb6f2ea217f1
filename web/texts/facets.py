"""The facets: their names on pages, and what their filters are for to API and command line."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "facet_region": ("地区", "Region"),
    "facet_year": ("年份", "Year"),
    "facet_section": ("栏目", "Section"),
    "facet_section_silent": ("在该栏里没有说的报告", "reports that do not say it there"),
    "facet_genre": ("体裁", "Genre"),
    "facet_issuer": ("机构", "Issuer"),
    "facet_origin": ("文字来源", "Source of the text"),
    "api_region": (
        "地区名称或代码，含其下级。",
        "Name or code of a region; those below it are included.",
    ),
    "api_year": ("报告年度。", "Year of the report."),
    "api_section": ("栏目。", "Kind of section."),
    "api_genre": ("体裁。", "Genre."),
    "api_origin": (
        "文字来源：文件里的原文，或识别（OCR）。",
        "Where the text is from: the file itself, or its recognition (OCR).",
    ),
    "api_issuer": ("发布机构全名。", "Full name of the issuing body."),
    "option_region": ("地区名称或代码，含其下级", "Name or code of a region, with those below it."),
    "option_year": ("报告年度", "Year of the report."),
    "option_section": (
        "栏目：名称或代码，如 工作回顾、plan",
        "Kind of section, by name or code, such as plan, Review of past work.",
    ),
    "option_genre": (
        "体裁：名称或代码，如 政府工作报告、disclosure",
        "Genre, by name or code, such as disclosure, Government work report.",
    ),
    "option_origin": (
        "文字来源：名称或代码，如 识别、text",
        "Where the text is from, by name or code: text, recognised.",
    ),
    "option_issuer": ("发布机构", "Issuing body."),
}
