"""No cut of the parser hides a hit: what stands in one line of a file stays one line of its report,
unless a sentence, a cell or a heading of its own ends there.

For every place where a file's line became two, the characters on either side of it, two to six, are
a phrase that the file has and the report has not. Each such place must have its reason.
"""

from __future__ import annotations

import importlib.util
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.parsing.parse import parse
from indexer.reading import read
from indexer.reading.decode import decode
from indexer.reading.formats import BY_NAME, LIGHT
from indexer.reading.left_out import is_report
from tests.conftest import SAMPLES

pytestmark = pytest.mark.real

Fold = Callable[[str], str]

DRAWN = 400  # work reports
JOINTS = ("", " ", ".", "。")  # what may stand for separators between two kept characters
UNPRINTED = re.compile(r"\A---\n.*?^---\n|<!--.*?-->", re.DOTALL | re.MULTILINE)
AROUND = 8  # folded characters on either side that tell what stands between
BLOCK = re.compile(
    r"<(?:/?(?:p|div|h\d|li|ul|tr|td|th|table|title|body)|br)\b[^<>]*>", re.IGNORECASE
)
NUMBER = (
    r"(?:第?[一二三四五六七八九十]+(?:、|[部章节])|[(（][一二三四五六七八九十\d]+[)）]|\d+[.．、])"
)
STATUTORY = re.compile(
    rf"{NUMBER}?\s*(?:概\s*述|附表|统计表|引言|前言|.*(?:情况|概况|问题|措施|事项|打算|回顾|安排|形式|类别|数量))"
)
CALL = re.compile(
    rf"{NUMBER}\s*(?:.*，)?\s*(?:进一步|继续|切实|大力|努力|全面|全力|统筹|加[强快大]|强化|健全|完善|推[进动]|促进|突出|调整|营造|抓好|坚\s?持|以).*"
    rf"|{NUMBER}.*(?:增强|发展)"
)
OPENING = re.compile(
    r"(?:19|20)\d\d年|今年|去年|根据|按照|为[充进]|一[是要]|除|虽然|坚持|把|进一步.|我[省市县]|[市县]本级|[市县]政府|各[级乡镇]"
)


@dataclass(frozen=True)
class Cut:
    """A place where one line of a file became two lines of its report."""

    source: str
    before: str
    after: str
    heads: bool  # what stands before it is a section's heading
    headed: bool  # what stands after it is
    joint: str
    gap: str  # what is printed between the two

    def reason(self) -> str:
        """Why it hides no hit, "" where it does."""
        if self.joint == "。":
            return "sentence"
        if "\t" in self.gap or "|" in self.gap:
            return "cell"
        if enclosed(self.before, self.after):
            return ""
        if (self.headed or self.heads) and re.match(NUMBER, self.after):
            return "list"
        if self.headed and re.match("附[件表]", self.after):
            return "annex"
        if not self.heads:
            return ""
        if "*" in self.gap or "<" in self.gap:
            return "bold heading"
        if self.gap.strip() != self.gap or self.gap.isspace():
            return "spaced heading"
        return self._glued()

    def _glued(self) -> str:
        if self.before[-1] in "：:" or STATUTORY.fullmatch(self.before):
            return "statutory heading"
        if re.search("[。；]", self.before):
            return ""
        if CALL.fullmatch(self.before) and OPENING.match(self.after):
            return "glued heading"
        return ""


def enclosed(before: str, after: str) -> bool:
    """Whether a bracket or quote that `before` leaves open is closed by `after`."""
    pairs = ("“”", "《》", "（）", "()", "【】")
    return any(
        before.count(left) > before.count(right)
        and right in after
        and left not in after[: after.index(right)]
        for left, right in pairs
    )


@pytest.fixture(scope="module")
def fold(shared: Path) -> Fold:
    """The folding of the shared definition, a line's."""
    spec = importlib.util.spec_from_file_location("exact", shared / "reference/exact_match.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda line: str(module.fold(line)[0])


def lines_of_file(path: Path) -> list[str]:
    """The lines that a file prints, without front matter and comments: of HTML, its blocks."""
    text = UNPRINTED.sub("", decode(path.read_bytes(), declares=True).text)
    if path.suffix == ".html":
        parts = BLOCK.split(re.sub(r"\s*\n\s*", "", text))
        return [unescape(re.sub(r"</?(?:b|strong)>", "", part)) for part in parts]
    return text.splitlines()


def cuts(path: Path, folder: Path, fold: Fold, draw: random.Random) -> Iterator[Cut]:
    source = path.relative_to(folder).as_posix()
    report = parse(source, read(path.name, path.read_bytes()))
    left_out = {piece.text for piece in report.dropped}
    printed = [line for line in lines_of_file(path) if line.strip() not in left_out]
    raw = "\n".join(map(fold, printed))
    headings = {section.heading.start for section in report.sections if section.heading}
    lines = list(report.lines())
    folded = {line.start: fold(line.text) for line in lines}
    kept = "\n".join(folded.values())
    for before, after in pairwise(lines):
        size = draw.randint(2, 6)
        left, right = folded[before.start], folded[after.start]
        for joint in JOINTS if min(len(left), len(right)) > 1 else ():
            phrase = left[-size:] + joint + right[:size]
            cut = left[-AROUND:] + joint + right[:AROUND] in raw
            if cut and raw.count(phrase) > kept.count(phrase):
                heads, headed = before.start in headings, after.start in headings
                gap = printed_gap(before.text, after.text, printed)
                yield Cut(source, before.text, after.text, heads, headed, joint, gap)


def printed_gap(before: str, after: str, printed: list[str]) -> str:
    """What the file has between the two pieces, mark-up included."""
    between = re.compile(re.escape(before[-4:]) + r"([\s*_|<>/a-z]*)" + re.escape(after[:4]))
    found = next(filter(None, map(between.search, printed)), None)
    return found[1] if found else ""


def files(folder: Path) -> list[Path]:
    """The files of text and pages: of others there is no print to compare with."""
    return sorted(
        path
        for path in folder.rglob("*")
        if BY_NAME.get(path.suffix) in LIGHT and is_report(path.name)
    )


def check(paths: list[Path], folder: Path, fold: Fold) -> Counter[str]:
    draw = random.Random(14)
    found = [cut for path in paths for cut in cuts(path, folder, fold, draw)]
    reasons = Counter(cut.reason() for cut in found)
    print(f"{folder.name}: {len(paths)} files, {len(found)} cuts: {dict(reasons.most_common())}")
    hidden = [f"{c.source}: {c.before[-40:]} | {c.after[:20]}" for c in found if not c.reason()]
    assert not hidden, "\n".join(hidden)
    return reasons


def test_work_reports(work_reports: Path, fold: Fold) -> None:
    drawn = random.Random(14).sample(files(work_reports), DRAWN)
    reasons = check(drawn, work_reports, fold)
    assert reasons["sentence"] > 1_000


@pytest.mark.parametrize("name", ["corpora/seeds", "corpora/annual-reports", "golden/shapes"])
def test_disclosure_reports(shared: Path, name: str, fold: Fold) -> None:
    folder = shared / name
    assert check(files(folder), folder, fold).total() > 0


def test_samples(shared: Path, fold: Fold) -> None:
    assert check(files(SAMPLES), SAMPLES, fold).total() > 0


WRAPPED = ["1976-五五计划摘要.md", "1981-六五计划摘要.md", "1991-八五计划纲要.md"]


@pytest.mark.parametrize("name", WRAPPED)
def test_no_break_of_a_wrapped_page_hides_a_hit(work_reports: Path, name: str, fold: Fold) -> None:
    path = next(work_reports.rglob(name))
    report = parse(name, read(name, path.read_bytes()))
    kept = "\n".join(fold(line.text) for line in report.lines())
    broken = [
        (above, below)
        for above, below in pairwise(path.read_text("utf-8").splitlines())
        if len(above) >= 22 and below and not re.search(r"[。！？；：][”）]?$", above)
    ]
    running = [(a, b) for a, b in broken if not re.match(r"[#|>\s-]", a + b)]
    hidden = [a + "|" + b for a, b in running if fold(a[-4:] + b)[:8] not in kept]
    print(f"{name}: {len(running)} breaks in mid-sentence, {len(hidden)} hide a hit")
    assert len(running) > 300
    assert not hidden, "\n".join(hidden)
