"""The lock files: every library that setup.cfg asks for, in a version that it allows, by hash."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

FOLDER = ROOT / "requirements"
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "darwin", "win32")
EXTRAS = {"demo": (), "test": ("test", "lint"), "ci": ("test", "lint", "ocr")}


class Pin(NamedTuple):
    """One version of a library, and where it is installed."""

    requirement: Requirement
    hashes: int

    def version(self) -> Version:
        [specifier] = self.requirement.specifier
        assert specifier.operator == "=="
        return Version(specifier.version)


@cache
def pins(name: str) -> tuple[Pin, ...]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines = re.sub(r"^ *#.*\n?", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return tuple(
        Pin(Requirement(line.partition("--hash")[0]), line.count("--hash=sha256:"))
        for line in lines
    )


def asked(name: str) -> Iterator[Requirement]:
    options = configparser.ConfigParser()
    options.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = options["options.extras_require"]
    for table in (
        options["options"]["install_requires"],
        *(extras[extra] for extra in EXTRAS[name]),
    ):
        for line in table.splitlines():
            if line.strip() and not line.strip().startswith("#"):
                yield Requirement(line)


def installed(name: str, python: str, system: str) -> dict[str, Version]:
    """What the file has a machine install."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "os_name": "nt" if system == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found: dict[str, Version] = {}
    for pin in pins(name):
        marker = pin.requirement.marker
        if marker is None or marker.evaluate(environment):
            key = canonicalize_name(pin.requirement.name)
            assert key not in found, f"{key} twice"
            found[key] = pin.version()
    return found


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", EXTRAS)
def test_what_setup_cfg_asks_for_is_locked(name: str, python: str, system: str) -> None:
    found = installed(name, python, system)
    for requirement in asked(name):
        version = found[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), (
            f"{requirement}, locked: {version}; make lock"
        )


@pytest.mark.parametrize("name", [*EXTRAS, "build", "supply"])
def test_every_library_has_its_hash(name: str) -> None:
    assert pins(name)
    assert [pin.requirement.name for pin in pins(name) if not pin.hashes] == []


@pytest.mark.parametrize(("smaller", "larger"), [("demo", "test"), ("test", "ci")])
def test_one_version_everywhere(smaller: str, larger: str) -> None:
    for python in PYTHONS:
        assert (
            installed(smaller, python, "linux").items()
            <= installed(larger, python, "linux").items()
        )
