"""Whatever happens to the disk or the machine, no commit is lost and none is seen in part."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from indexer.arrays import gather
from indexer.errors import GongkaiError, IndexUnusableError
from indexer.pipeline.corpus import Rejected
from indexer.store.verify import verify
from tests.torture.disk import Disk, Names, Operation, SyncFolder, after, without_power
from tests.torture.recorder import CHANGES, LOOKS, Recorder, Refuse
from tests.torture.scenes import SCENES, Box, Scene, Stage, check, set_stage

ALL = bool(os.environ.get("GONGKAI_TORTURE"))
"""Every operation, and all that is drawn (`make torture`)."""


@pytest.fixture(scope="module", autouse=True)
def every_file_a_run() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gather, "RUN_CODE_UNITS", 200)
        yield


@pytest.fixture(scope="module", params=SCENES, ids=[scene.named for scene in SCENES])
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, every_file_a_run: None
) -> Stage:
    scene: Scene = request.param
    return set_stage(scene, tmp_path_factory.mktemp(scene.named) / "box")


@pytest.fixture(scope="module")
def recorder(stage: Stage) -> Recorder:
    """The run, undisturbed, in a box beside that of the stage."""
    box = stage.copy(stage.box.root.with_name("run"))
    with Recorder(box.root, ("index",)) as recorder:
        stage.scene.run(box)
    assert box.answers() == stage.after
    return recorder


def done_at(operations: list[Operation]) -> int:
    """How many operations there are until the last commit is on the disk."""
    published = max(
        at
        for at, one in enumerate(operations)
        if isinstance(one, Names) and one.changes[0][0] == "index/gongkai.json"
    )
    return next(
        at + 1 for at, one in enumerate(operations) if at > published and one == SyncFolder("index")
    )


def placed(stage: Stage, disk: Disk, root: Path) -> Box:
    """The corpus with an index as the disk has it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(stage.box.corpus, root / "corpus")
    disk.put(root)
    return Box(root)


def drawn(whole: int, few: int, random: Random) -> list[int]:
    return list(range(whole)) if ALL else sorted(random.sample(range(whole), min(whole, few)))


def test_the_recorder_sees_all(stage: Stage, recorder: Recorder, tmp_path: Path) -> None:
    """What it noted gives the index that the run left, byte by byte."""
    changed = {name for kind, name in recorder.steps if kind in CHANGES and kind != "sync"}
    assert all(name.partition("/")[0] == "index" for name in changed), (
        "what readers keep stands beside it"
    )
    root = placed(stage, after(recorder.before, recorder.operations), tmp_path / "again").root
    there, again = (
        {p.relative_to(r): p.read_bytes() for p in (r / "index").iterdir()}
        for r in (stage.box.root.with_name("run"), root)
    )
    assert there == again


def test_a_folder_that_may_not_be_written(stage: Stage, tmp_path: Path) -> None:
    """Whoever only reads needs no right to write; who would write is told, and nothing has changed."""

    def refuse(kind: str, name: str) -> None:
        if kind in CHANGES:
            raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

    box = stage.copy(tmp_path / "read-only")
    with Recorder(box.root, ("index",), refuse) as recorder:
        with pytest.raises(IndexUnusableError) as raised:
            stage.scene.run(box)
        assert raised.value.hint
        assert box.answers() == stage.before
        if stage.before is not None:
            verify(box.index)
    assert not recorder.operations
    check(stage, box, done=False)


def test_a_reader_of_a_disk_that_fails(stage: Stage) -> None:
    """Opening and verifying an index: what cannot be read is told, once it can nothing is amiss."""
    if stage.before is None:
        return
    with Recorder(stage.box.root, ("index",)) as recorder:
        assert stage.box.answers() == stage.before
        verify(stage.box.index)
    for at in drawn(len(recorder.steps), 10, Random(7)):
        refuse = refusing(at, errno.EIO, LOOKS, lasting=False)
        with contextlib.suppress(IndexUnusableError), Recorder(stage.box.root, (), refuse):
            assert stage.box.answers() == stage.before
            verify(stage.box.index)
    assert stage.box.answers() == stage.before


def test_a_kill_at_any_operation(stage: Stage, recorder: Recorder, tmp_path: Path) -> None:
    random = Random(18)
    done = done_at(recorder.operations)
    for at in drawn(len(recorder.operations) + 1, 3, random):
        disk = after(recorder.before, recorder.operations[:at], torn=random)
        check(stage, placed(stage, disk, tmp_path / "box2"), done=at >= done)


@pytest.mark.parametrize("in_order", [True, False])
def test_a_loss_of_power_at_any_time(
    stage: Stage, recorder: Recorder, tmp_path: Path, in_order: bool
) -> None:
    done = done_at(recorder.operations)
    random = Random(60)
    for _ in range(50 if ALL else 2):
        at = random.choice([random.randint(0, len(recorder.operations)), len(recorder.operations)])
        disk = without_power(recorder.before, recorder.operations[:at], random, in_order=in_order)
        check(stage, placed(stage, disk, tmp_path / "box2"), done=at >= done)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("lasting", [False, True])
def test_a_disk_that_fails(
    stage: Stage, recorder: Recorder, tmp_path: Path, code: int, lasting: bool
) -> None:
    """Once, or from some operation on."""
    steps = recorder.steps
    kinds = (*LOOKS, *CHANGES) if code == errno.EIO else ("make", "write")
    failing = [at for at, (kind, _) in enumerate(steps) if kind in kinds]
    faults = []
    for number in drawn(len(failing), 2, Random(code + lasting)):
        box = stage.copy(tmp_path / f"box{number}")
        failing_disk = Recorder(
            box.root, ("index",), refusing(failing[number], code, kinds, lasting=lasting)
        )
        rejected: list[Rejected] = []
        try:
            with contextlib.suppress(GongkaiError), failing_disk:
                rejected = stage.scene.run(box).rejected
            told = any(r.reason.key in ("cannot_open", "closed_folder") for r in rejected)
            check(stage, box, done=False, told=told)
        except Exception as error:  # all of them are told
            faults.append((failing_disk.steps[failing[number]], repr(error)[:300]))
        shutil.rmtree(box.root)
    assert not faults, "\n".join(map(str, faults))


def refusing(at: int, code: int, kinds: tuple[str, ...], *, lasting: bool) -> Refuse:
    """An error at that step, or at every step of these kinds from there on."""
    steps = itertools.count()

    def refuse(kind: str, name: str) -> None:
        step = next(steps)
        if kind in kinds and (step >= at if lasting else step == at):
            raise OSError(code, os.strerror(code))

    return refuse


@pytest.mark.slow
def test_a_kill_at_any_moment(tmp_path: Path) -> None:
    """A process that is killed indeed, not a disk as it would be left."""
    kills = 1_000 if ALL else 4
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.random_kills", tmp_path, str(kills)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < kills, "it was never killed"
