"""Small corpora in which reports have text of each other: drawn by a seed, as people copy."""

from __future__ import annotations

from pathlib import Path
from random import Random

_WORDS = [
    "公开",
    "信息",
    "政务",
    "群众",
    "办理",
    "申请",
    "建设",
    "发展",
    "水利",
    "教育",
    "医疗",
    "农村",
    "工程",
    "资金",
    "监督",
    "会议",
    "服务",
    "平台",
    "年度",
    "全面",
]


def sentence(draw: Random) -> str:
    """Of 8 to 40 characters, hardly ever drawn twice."""
    return "".join(draw.choices(_WORDS, k=draw.randint(3, 18))) + f"{draw.randint(1, 9999)}项。"


def edited(lines: list[str], share: float, draw: Random) -> list[str]:
    """The lines with about this share of them replaced, left out, moved or with another one after it."""
    found: list[str] = []
    for line in lines:
        how = draw.choice(("replace", "leave", "move", "insert")) if draw.random() < share else ""
        if how == "move":
            found.insert(draw.randint(0, len(found)), line)
        elif how != "leave":
            found.append(sentence(draw) if how == "replace" else line)
        if how == "insert":
            found.append(sentence(draw))
    return found


def drawn_reports(seed: int, longest: int = 30) -> dict[str, list[str]]:
    """Lines by name: some reports of their own, some copied from an earlier one, some that are a part of
    one, some with a line in common."""
    draw = Random(seed)
    reports: dict[str, list[str]] = {}
    for number in range(draw.randint(4, 12)):
        lines = [sentence(draw) for _ in range(draw.randint(1, longest))]
        earlier = draw.choice(list(reports.values())) if reports else []
        how = draw.choice(("own", "copied", "part", "line")) if earlier else "own"
        if how == "copied":
            lines = edited(earlier, draw.choice((0.0, 0.05, 0.2, 0.4, 0.6)), draw)
        elif how == "part":
            lines += earlier[: draw.randint(1, len(earlier))]
        elif how == "line":
            lines.append(draw.choice(earlier))
        reports[f"{number}.txt"] = [f"第{number}号年度报告", *lines]
    return reports


def write_reports(folder: Path, reports: dict[str, list[str]]) -> Path:
    """A corpus of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in reports.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder
