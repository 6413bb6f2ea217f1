"""Start and stop a cluster of OpenSearch on this machine, for tests and for a first look.

    python -m tests.cluster.nodes start|stop|status [--nodes 3] [--port 9201] [--folder .cluster]

Node i listens at 127.0.0.1 alone: HTTP at port + i - 1, its peers 100 above. Its data, log and pid are in the
folder, apart for each number of nodes: a cluster of three cannot be one of one. No library of ours is needed: whoever
has cloned the project has all of it but Java and Maven.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cluster.tools import NoClusterError, check_tools, class_path, command_of

_PATIENCE = 180.0  # seconds until all nodes have joined
_ENDING = 30.0  # seconds that a node may take to close in order
_PEERS = 100  # how far above its HTTP port a node talks to its peers
_CLASS = "OpenSearchNode"
_STARTED: list[subprocess.Popen[bytes]] = []
"""Kept, so that Python does not complain of processes that outlive the objects that began them."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """`count` nodes of one cluster, of `heap` MB each, numbered from 1. `name`: of those that tests kill, apart from
    any that somebody looks at."""

    folder: Path
    count: int = 3
    port: int = 9201
    heap: int = 512
    name: str = ""

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(map(self.url, self._numbers))

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port + number - 1}"

    def start(self) -> None:
        """Start the nodes that do not run, and wait until all have joined. NoClusterError, with the end of
        a node's log where it did not come up."""
        check_tools()
        self._home.mkdir(parents=True, exist_ok=True)
        libraries = class_path(self.folder.absolute())
        for number in self._numbers:
            if self.pid(number) is None:
                self.begin(number, libraries)
        self.await_all()

    def begin(self, number: int, libraries: str | None = None) -> None:
        """Start one node, and do not wait for it."""
        libraries = libraries or class_path(self.folder.absolute())
        home = self._home.absolute() / f"n{number}"
        home.mkdir(exist_ok=True)
        self._check_free(number)
        with self.log(number).open("wb") as log:
            started = subprocess.Popen(
                [*self._java(libraries), *self._settings(number, home)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is none of theirs
            )
        _STARTED.append(started)
        self._pid_file(number).write_text(str(started.pid))

    def _java(self, libraries: str) -> list[str]:
        heap = (f"-Xms{self.heap}m", f"-Xmx{self.heap}m")
        nice = ("nice", "-n", "10") if os.name == "posix" else ()
        # without a file of settings nothing but errors would be logged
        settings = ("-XX:+UseSerialGC", "-Dlog4j2.level=INFO")
        return [*nice, "java", *heap, *settings, "-cp", libraries, _CLASS]

    def _settings(self, number: int, home: Path) -> list[str]:
        names = ",".join(f"n{each}" for each in self._numbers)
        peers = ",".join(f"127.0.0.1:{self.port + _PEERS + n - 1}" for n in self._numbers)
        return [
            "cluster.name=gongkai",
            f"node.name=n{number}",
            f"path.home={home}",
            "network.host=127.0.0.1",
            f"http.port={self.port + number - 1}",
            f"transport.port={self.port + _PEERS + number - 1}",
            f"discovery.seed_hosts={peers}",
            f"cluster.initial_cluster_manager_nodes={names}",
            "node.processors=2",
            # a laptop's disk is nearly full more often than not
            "cluster.routing.allocation.disk.threshold_enabled=false",
            # a small heap is always nearly full of garbage: what is really held decides
            "indices.breaker.total.use_real_memory=false",
        ]

    def _check_free(self, number: int) -> None:
        """NoClusterError where another program answers at the port."""
        try:
            urllib.request.urlopen(self.url(number), timeout=2).close()
        except urllib.error.HTTPError:
            pass  # an answer, if none of a node
        except OSError:
            return
        raise NoClusterError(
            f"Something listens at {self.url(number)} already; choose another port: "
            "make cluster CLUSTER_PORT=9301"
        )

    def await_all(self) -> None:
        """Wait until every node answers and sees all others."""
        until = time.monotonic() + _PATIENCE
        while not all(self.sees(number) == self.count for number in self._numbers):
            fallen = [n for n in self._numbers if self.pid(n) is None]
            if fallen or time.monotonic() > until:
                raise NoClusterError(self._told(fallen or list(self._numbers)))
            time.sleep(0.5)

    def sees(self, number: int) -> int:
        """How many nodes of the cluster a node sees; 0 where it does not answer."""
        try:
            return int(self.ask(number, "/_cluster/health?timeout=1s")["number_of_nodes"])
        except (OSError, ValueError, KeyError):
            return 0

    def ask(self, number: int, path: str) -> Any:
        """What a node answers. Raises OSError, as urllib does."""
        with urllib.request.urlopen(self.url(number) + path, timeout=5) as answer:
            return json.load(answer)

    def _told(self, numbers: list[int]) -> str:
        """The end of the log of each node that did not come up."""
        told = [f"No cluster: not all of {self.count} nodes came up."]
        for number in numbers:
            log = self.log(number)
            end = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            told.append(f"--- the end of {log}\n{end}")
        return "\n".join(told)

    def stop(self) -> None:
        """End the nodes that run, in order where they can."""
        running = [number for number in self._numbers if self.pid(number) is not None]
        for number in running:
            if pid := self.pid(number):
                os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + _ENDING
        while any(self.pid(number) for number in running) and time.monotonic() < until:
            time.sleep(0.2)
        for number in running:
            self.kill(number)

    def forget(self) -> None:
        """Stop the nodes, and remove what they hold."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def manager(self) -> int:
        """The number of the node that manages the cluster now."""
        for number in self._numbers:
            with contextlib.suppress(OSError, ValueError):
                return int(self.ask(number, "/_cat/cluster_manager?format=json")[0]["node"][1:])
        raise NoClusterError("no node knows a manager")

    def kill(self, number: int) -> None:
        """End a node at once (SIGKILL), if it runs."""
        pid = self.pid(number)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            while self.pid(number) is not None:
                time.sleep(0.02)
        self._pid_file(number).unlink(missing_ok=True)

    def pid(self, number: int) -> int | None:
        """The process of a node, None where it does not run. A pid that another program has by now is no node."""
        try:
            pid = int(self._pid_file(number).read_text())
        except (OSError, ValueError):
            return None
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # one that we started ourselves must not stay as a zombie
        return pid if _CLASS in command_of(pid) else None

    @property
    def _numbers(self) -> range:
        return range(1, self.count + 1)

    @property
    def _home(self) -> Path:
        return self.folder / (self.name or f"of-{self.count}")

    def _pid_file(self, number: int) -> Path:
        return self._home / f"n{number}.pid"

    def log(self, number: int) -> Path:
        return self._home / f"n{number}.log"


def stop_all(folder: Path) -> None:
    """Stop every cluster that was started in a folder, of however many nodes."""
    for home in sorted(folder.glob("of-*")):
        Nodes(folder, int(home.name[3:])).stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.cluster.nodes")
    parser.add_argument("what", choices=("start", "stop", "status"))
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--port", type=int, default=9201)
    parser.add_argument("--heap", type=int, default=512, help="MB a node")
    parser.add_argument("--folder", type=Path, default=Path(".cluster"))
    asked = parser.parse_args()
    nodes = Nodes(asked.folder, asked.nodes, asked.port, asked.heap)
    if asked.what == "start":
        try:
            nodes.start()
        except NoClusterError as error:
            sys.exit(str(error))
    elif asked.what == "stop":
        stop_all(asked.folder)
    if asked.what != "stop":
        for number in range(1, nodes.count + 1):
            print(f"{nodes.url(number)}  sees {nodes.sees(number)} nodes  log: {nodes.log(number)}")


if __name__ == "__main__":
    main()
