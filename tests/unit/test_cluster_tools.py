"""What `make cluster` says where something is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster import tools
from tests.cluster.nodes import Nodes
from tests.cluster.tools import NoClusterError, check_tools, java_version


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK', 17),
        ('java version "1.8.0_391"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("command not found", 0),
    ],
)
def test_versions_of_java(said: str, version: int) -> None:
    assert java_version(said) == version


def test_all_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools.shutil, "which", lambda name: None)
    with pytest.raises(NoClusterError) as caught:
        check_tools()
    said = str(caught.value)
    assert "java, javac, mvn" in said
    assert "apt-get install openjdk-17-jdk-headless maven" in said


def test_an_older_java_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    old = subprocess.CompletedProcess([], 0, "", 'openjdk version "11.0.2"')
    monkeypatch.setattr(tools.shutil, "which", lambda name: name)
    monkeypatch.setattr(tools.subprocess, "run", lambda *_, **__: old)
    with pytest.raises(NoClusterError, match=r"11\.0\.2"):
        check_tools()


def test_a_pid_that_is_another_programs_is_no_node(tmp_path: Path) -> None:
    nodes = Nodes(tmp_path, 1)
    (tmp_path / "of-1").mkdir()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (tmp_path / "of-1" / "n1.pid").write_text(str(other.pid))
        assert nodes.pid(1) is None
        nodes.stop()
        assert other.poll() is None
        other.communicate(b"\n")


def test_the_log_of_a_node_that_fell_is_told(tmp_path: Path) -> None:
    nodes = Nodes(tmp_path, 1, port=1)
    (tmp_path / "of-1").mkdir()
    nodes.log(1).write_text("bind: address already in use")
    with pytest.raises(NoClusterError, match="address already in use"):
        nodes.await_all()
