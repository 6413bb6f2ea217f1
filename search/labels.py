"""What the values of facets are called whose values are fixed, in Chinese and English.

A "/" in a Chinese label stands between names of one kind; each of them is understood in a query, and
so are codes and English labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.text.fold import fold

GENRE_LABELS: dict[str, str] = {
    "disclosure": "政府信息公开年度报告",
    "work_report": "政府工作报告",
    "other": "其他",
}

GENRE_LABELS_EN: dict[str, str] = {
    "disclosure": "Annual disclosure report",
    "work_report": "Government work report",
    "other": "Other",
}

KIND_LABELS: dict[str, str] = {
    "intro": "引言",
    "overview": "概述/总体情况",
    "proactive": "主动公开",
    "on_request": "依申请公开",
    "fees": "收费及减免",
    "litigation": "复议诉讼投诉",
    "staffing": "机构人员经费",
    "problems": "问题与改进",
    "review": "工作回顾",
    "plan": "目标/任务/安排",
    "governance": "政府自身建设",
    "other": "其他/附表",
}

KIND_LABELS_EN: dict[str, str] = {
    "intro": "Introduction",
    "overview": "Overview",
    "proactive": "Proactive disclosure",
    "on_request": "Disclosure on request",
    "fees": "Fees and waivers",
    "litigation": "Reviews, lawsuits and complaints",
    "staffing": "Organization, staff and funding",
    "problems": "Problems and improvements",
    "review": "Review of past work",
    "plan": "Goals and tasks",
    "governance": "Government self-improvement",
    "other": "Other, annexes",
}

ORIGIN_LABELS: dict[str, str] = {"text": "原文", "recognised": "识别"}

ORIGIN_LABELS_EN: dict[str, str] = {"text": "Text of the file", "recognised": "Recognised (OCR)"}

FACET_LABELS: dict[str, dict[str, str]] = {
    "section": KIND_LABELS,
    "genre": GENRE_LABELS,
    "origin": ORIGIN_LABELS,
}
FACET_LABELS_EN: dict[str, dict[str, str]] = {
    "section": KIND_LABELS_EN,
    "genre": GENRE_LABELS_EN,
    "origin": ORIGIN_LABELS_EN,
}
"""By facet: what its values are called."""


def value_of(facet: str, typed: str) -> str | None:
    """The value that is called so, by its code or by a label of either language; None where none is."""
    wanted = fold(typed)
    for value, labels in _names(facet):
        if wanted in {fold(name) for name in (value, *labels)}:
            return value
    return None


def names_of(facet: str) -> tuple[str, ...]:
    """Everything that `value_of` understands."""
    return tuple(name for value, labels in _names(facet) for name in (value, *labels))


def _names(facet: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each value with its labels: the Chinese as it is shown, its parts, the English."""
    for value, label in FACET_LABELS[facet].items():
        yield value, (label, *label.split("/"), FACET_LABELS_EN[facet][value])
