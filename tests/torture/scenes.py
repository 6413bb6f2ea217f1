"""The runs that are disturbed, and what has to hold of an index whatever disturbed them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.echoes.find import find_echoes
from indexer.errors import MissingIndexError
from indexer.pipeline.build import build
from indexer.pipeline.tally import Summary
from indexer.store.echo_file import echo_name
from indexer.store.manifest import read_manifest
from indexer.store.verify import verify
from search.engine import Engine
from search.local.engine import IndexEngine
from search.model import SearchRequest
from tests.oracle.scan_engine import ScanEngine
from tests.three_reports import expected_names, names, touch, write

TEXT = """{place}2018年政府信息公开年度报告
一、概述
推进“三务”公开，主动公开信息{count}条。全年共收到依申请公开{count}件，均按期答复。
二、存在的问题
“三务”公开的内容还不够全面，工作人员的业务水平有待进一步提高。
"""
ASKED = ("“三务”公开", "公开", "信息 AND 不够", "依申请公开*件", "镇")

Answers = tuple[object, ...]


def answers(engine: Engine) -> Answers:
    """What an engine finds, and where."""
    told: list[object] = []
    for text in ASKED:
        result = engine.search(SearchRequest(q=text, sort="region", size=100))
        told.append((text, result.total, [(hit.source, hit.hits) for hit in result.reports]))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Box:
    """A folder with a corpus, its index, and what readers keep beside that."""

    root: Path

    @property
    def corpus(self) -> Path:
        return self.root / "corpus"

    @property
    def index(self) -> Path:
        return self.root / "index"

    def report(self, place: str, count: int = 1) -> None:
        """A report, or another text of it."""
        path = self.corpus / f"{place}/2018.txt"
        known = path.stat() if path.exists() else None
        write(path, TEXT.format(place=place, count=count))
        if known:
            touch(path)

    def index_it(self) -> Summary:
        return build(self.corpus, self.index, jobs=1)

    def rebuild(self) -> Summary:
        return build(self.corpus, self.index, jobs=1, rebuild=True)

    def index_with_echoes(self) -> Summary:
        summary = self.index_it()
        find_echoes(self.index)
        return summary

    def answers(self) -> Answers | None:
        """What the index answers now; None where there is none yet."""
        try:
            return answers(IndexEngine(self.index))
        except MissingIndexError:
            return None

    def scanned(self) -> Answers:
        """What the scan finds in the corpus."""
        aside = Box(self.root.with_name(f"{self.root.name}-aside"))
        build(self.corpus, aside.index, jobs=1)
        found = answers(ScanEngine.of_index(aside.index))
        shutil.rmtree(aside.root)
        return found


@dataclass(frozen=True, slots=True)
class Scene:
    """A run: what is there before it, and what it does. `named`: shown by the tests."""

    named: str
    begin: Callable[[Box], None]
    change: Callable[[Box], None]
    run: Callable[[Box], Summary]


def _corpus(box: Box) -> None:
    for number, place in enumerate(("东胜区", "三元区", "昆山市", "甲镇", "乙镇")):
        box.report(place, number)
    write(box.corpus / "空.txt", "")


def _indexed(box: Box) -> None:
    _corpus(box)
    box.index_it()
    box.report("丙镇", 7)  # a second segment
    box.index_it()


def _with_echoes(box: Box) -> None:
    _indexed(box)
    box.index_with_echoes()


def _nothing(box: Box) -> None:
    """The corpus stays what it is."""


def _edited(box: Box) -> None:
    """One is new, one another, one gone, one elsewhere."""
    box.report("榆中县", 9)
    box.report("甲镇", 10)
    (box.corpus / "乙镇/2018.txt").unlink()
    (box.corpus / "昆山市").rename(box.corpus / "昆山")


SCENES = (
    Scene("first", _corpus, _nothing, Box.index_it),
    Scene("incremental", _indexed, _edited, Box.index_it),
    Scene("rebuild", _indexed, _edited, Box.rebuild),
    Scene("echoes", _with_echoes, _edited, Box.index_with_echoes),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene that is set: its box before the run, what is answered before, and what after."""

    scene: Scene
    box: Box
    before: Answers | None
    after: Answers

    def copy(self, root: Path) -> Box:
        """The box once more, for a run of its own."""
        shutil.copytree(self.box.root, root)
        return Box(root)


def set_stage(scene: Scene, root: Path) -> Stage:
    box = Box(root)
    scene.begin(box)
    before = box.answers()
    assert before is None or before == box.scanned()
    scene.change(box)
    return Stage(scene, box, before, box.scanned())


def check(stage: Stage, box: Box, *, done: bool, told: bool = False) -> None:
    """The last good generation answers, the next run mends what is left and goes on.

    `done`: the run had said that it was done, so that nothing may be lost. `told`: it had told of files
    that it could not read.
    """
    empty = answers(ScanEngine([]))
    allowed = [stage.after] if done else [stage.before, stage.after]
    found = box.answers()
    assert told or found in allowed or (stage.before is None and found in (None, empty)), found
    if found is not None:
        verify(box.index)
    box.index_it()
    assert box.answers() == stage.after
    verify(box.index)
    echoes = echo_name(read_manifest(box.index).name)
    assert names(box.index) - {echoes} == expected_names(box.index), names(box.index)
