"""What a node needs: Java, its compiler, Maven, and the libraries that Maven fetches once; which program a process is."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import time
from pathlib import Path

OURS = Path(__file__).parent / "node"
_INSTALL = """\
On Debian or Ubuntu: apt-get install openjdk-17-jdk-headless maven
On a Mac:            brew install openjdk@17 maven
Elsewhere:           a JDK of version 17 or newer, and Apache Maven"""
_OLDEST_JAVA = 17


class NoClusterError(Exception):
    """There can be no cluster here; the text says why, and what to do."""


def check_tools() -> None:
    """NoClusterError, which names all that is missing and how to install it."""
    missing = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    if missing:
        raise NoClusterError(f"A cluster needs {', '.join(missing)}, not found here.\n{_INSTALL}")
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = java_version(said)
    if version < _OLDEST_JAVA:
        raise NoClusterError(
            f"A cluster needs Java {_OLDEST_JAVA} or newer; `java -version` says:\n{said}{_INSTALL}"
        )


def java_version(said: str) -> int:
    """The major version that `java -version` told, 0 where it told none; 1.8 is 8."""
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else 0


def class_path(folder: Path) -> str:
    """The libraries and our class in `folder`, fetched and compiled where they are not there yet."""
    libraries = folder / f"lib-{_digest('pom.xml')}"
    classes = folder / f"classes-{_digest('pom.xml', 'OpenSearchNode.java')}"
    if not libraries.exists():
        print("Fetching OpenSearch (46 MB, once)...", flush=True)
        fetch = ("mvn", "-B", "-q", "-f", str(OURS / "pom.xml"), "dependency:copy-dependencies")
        _make(libraries, *fetch, "-DoutputDirectory={}")
    if not classes.exists():
        source = str(OURS / "OpenSearchNode.java")
        _make(classes, "javac", "-cp", f"{libraries}/*", "-d", "{}", source)
    return f"{classes}:{libraries}/*"


def _digest(*names: str) -> str:
    content = b"".join((OURS / name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()[:8]


def _make(target: Path, *command: str) -> None:
    """Run a command that fills a folder, {} in it; the folder is there only when it has succeeded."""
    begun = target.with_name(f"{target.name}.new").absolute()
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    filled = [part.replace("{}", str(begun)) for part in command]
    done = subprocess.run(
        filled, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise NoClusterError(
            f"{command[0]} failed (code {done.returncode}):\n{done.stdout[-4000:]}"
        )
    begun.rename(target)


def command_of(pid: int) -> str:
    """The command line of a process, "" where there is none."""
    if Path("/proc/self").exists():
        proc = Path(f"/proc/{pid}/cmdline")
        for _ in range(20):
            try:
                told = proc.read_bytes()
            except OSError:
                return ""
            if told:
                return told.replace(b"\0", b" ").decode(errors="replace")
            time.sleep(
                0.01
            )  # while it becomes another program it tells nothing; a dead one never does
        return ""
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout
