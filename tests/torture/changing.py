"""A corpus whose index changes: what each generation holds of some phrases."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from indexer.model import Report
from tests.torture.scanned import Answer, Scanned, reports_of

CHANGED = 10
"""Reports of a change, at most."""
_RUN = re.compile(r"[\u4e00-\u9fff]{8,}")


class Changing:
    """A corpus and its index, which change; what each generation holds of the phrases, and since when."""

    def __init__(self, corpus: Path, folder: Path, phrases: int, seed: int = 5) -> None:
        self._chooser = random.Random(seed)
        self.corpus, self.index = folder / "corpus", folder / "index"
        shutil.copytree(corpus, self.corpus)
        self._files = sorted(
            path for path in self.corpus.rglob("*") if path.suffix in (".md", ".txt", ".html")
        )
        self._aside: list[tuple[Path, bytes]] = []
        self._commit()
        self.phrases = drawn(list(reports_of(self.index)), phrases, self._chooser)
        self._scanned = Scanned(self.phrases)
        self.generations: list[tuple[float, list[Answer]]] = []
        self._note(0.0)

    def change(self) -> None:
        """Another generation, with more hits of every phrase."""
        said = "\n\n另外，" + "；".join(self.phrases) + "。\n"
        for path in self._chooser.sample(self._files, CHANGED):
            if path.exists():
                with path.open("a", encoding="utf-8") as file:
                    file.write(said)
        self._swap()
        began = time.monotonic()
        self._commit()
        self._note(began)

    def _swap(self) -> None:
        """The report that went comes back, another one goes."""
        for path, whole in self._aside:
            path.write_bytes(whole)
        gone = self._chooser.choice(self._files)
        self._aside = [(gone, gone.read_bytes())]
        gone.unlink()

    def _commit(self) -> None:
        command = [sys.executable, "-m", "gongkai", "index", self.corpus, "--index", self.index]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def _note(self, began: float) -> None:
        self.generations.append((began, self._scanned.answers(self.index)))


def drawn(reports: Sequence[Report], count: int, chooser: random.Random) -> list[str]:
    """Phrases of two to six characters, cut from the reports."""
    found: dict[str, None] = {}
    while len(found) < count:
        runs = _RUN.findall(chooser.choice(reports).text())
        if runs:
            run, length = chooser.choice(runs), chooser.randint(2, 6)
            start = chooser.randint(0, len(run) - length)
            found[run[start : start + length]] = None
    return list(found)
