"""What a wheel installs works without the checkout: the samples are in it, and so is all else.

From the checkout a source distribution is made, from that a wheel, and that alone is installed. The
libraries are those of the environment that runs the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.test_command_line import fetch

pytestmark = pytest.mark.slow

PARTS = ("indexer", "search", "web", "corpus")
FILES = ("gongkai.py", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
Q = "%E2%80%9C%E4%B8%89%E5%8A%A1%E2%80%9D%E5%85%AC%E5%BC%80"  # “三务”公开


def pip(
    *arguments: str | Path, python: str | Path = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with the setuptools that pyproject.toml asks for."""
    folder = tmp_path_factory.mktemp("builder")
    fetched = pip("install", "--target", folder, "setuptools>=70.1")
    if fetched.returncode:
        pytest.skip(f"setuptools cannot be fetched: {fetched.stderr.strip()[-200:]}")
    return {"PYTHONPATH": str(folder), "LC_ALL": "C"}  # names in Chinese, no locale for them


@pytest.fixture(scope="module")
def source(builder: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution."""
    checkout = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        shutil.copytree(ROOT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, checkout / file)
    subprocess.run(
        [sys.executable, "-c", "from setuptools import build_meta as b; b.build_sdist('dist')"],
        cwd=checkout,
        check=True,
        capture_output=True,
        env={**os.environ, **builder},
    )
    return next((checkout / "dist").glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(source: Path, builder: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is made of it."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    built = pip("wheel", source, *options, **builder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment in which nothing of ours but the wheel is."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    place = next(folder.rglob("site-packages"))
    # a path alone: what is installed as editable here is not followed
    (place / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    installed = pip("install", "--no-deps", wheel, python=scripts / "python")
    assert installed.returncode == 0, installed.stderr
    return scripts / "gongkai"


def test_the_wheel_holds_every_file_of_ours(wheel: Path, source: Path) -> None:
    kept = {
        path.relative_to(ROOT).as_posix()
        for part in PARTS
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    notes = {name for name in kept if name.endswith(".md") and not name.startswith("corpus/")}
    with zipfile.ZipFile(wheel) as archive:
        assert kept - notes <= set(archive.namelist())
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert kept - notes <= names


def test_the_demo_answers_without_the_checkout(program: Path, tmp_path: Path) -> None:
    """From an empty folder, in which it leaves nothing."""
    here, cache = tmp_path / "here", tmp_path / "cache"
    here.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LOCALAPPDATA": str(cache)}
    environment |= {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    command = [program, "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        command, cwd=here, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split("：")[1].split("（")[0]
            found = json.loads(fetch(f"{address}api/search?q={Q}"))
            page = fetch(address).decode()
        finally:
            server.terminate()
    assert (found["total"]["reports"], found["total"]["hits"]) == (14, 24)
    assert "<form" in page
    assert not any(here.iterdir())
    assert next(cache.rglob("samples-index/gongkai.json"))
