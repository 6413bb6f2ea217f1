"""Runs of the indexer that are killed at some moment; a process of its own, which has no threads.

Arguments: a folder that is empty, and how many kills. Prints how many runs came to their end first.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path
from random import Random

from indexer.arrays import gather
from tests.torture.scenes import SCENES, Box, Stage, check, set_stage


def killed(stage: Stage, box: Box, after: float) -> bool:
    """Whether the run was killed, so many seconds after it began."""
    child = os.fork()
    if not child:
        stage.scene.run(box)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), code
    return code != 0


def kill_often(root: Path, kills: int) -> int:
    """How many runs ended before the kill."""
    gather.RUN_CODE_UNITS = 200
    drawn = Random(kills)
    ended = 0
    for number, scene in enumerate(SCENES):
        stage = set_stage(scene, root / scene.named)
        started = time.monotonic()
        stage.scene.run(stage.copy(root / "whole"))
        seconds = time.monotonic() - started
        shutil.rmtree(root / "whole")
        for _ in range(number, kills, len(SCENES)):
            box = stage.copy(root / "killed")
            was_killed = killed(stage, box, drawn.uniform(0, 1.2 * seconds))
            ended += not was_killed
            check(stage, box, done=not was_killed)
            shutil.rmtree(box.root)
    return ended


if __name__ == "__main__":
    print(kill_often(Path(sys.argv[1]), int(sys.argv[2])))
