"""Options that several commands have."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from search.model import CHOICES, FACETS
from search.remote.address import address_of
from web.commands.wiring import CLUSTER
from web.terminal.labels import read_labels
from web.terminal.say import say

_CA = "gongkai.cluster-ca"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """--index as `folder`."""
    return click.option(
        "--index",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: Path(os.environ.get("GONGKAI_INDEX") or "gongkai-index"),
        show_default="$GONGKAI_INDEX, ./gongkai-index",
    )(command)


def cluster_option(command: _Command) -> _Command:
    """--cluster and --cluster-ca: the command's engine is that in the cluster (wiring.py), not that of `folder`."""
    for name, kind in (
        ("--cluster-ca", click.Path(path_type=Path, dir_okay=False)),
        ("--cluster", None),
    ):
        command = click.option(
            name, type=kind, expose_value=False, callback=_cluster, is_eager=name == "--cluster-ca"
        )(command)
    return command


def _cluster(context: click.Context, option: click.Parameter, value: str | Path | None) -> None:
    """Note the cluster in the context; the file of certificates, which is read first, until then."""
    if isinstance(value, Path):
        context.meta[_CA] = value
    elif value is not None:
        context.meta[CLUSTER] = address_of(value, os.environ, context.meta.get(_CA))


def json_option(command: _Command) -> _Command:
    """--json as `as_json`."""
    return click.option("--json", "as_json", is_flag=True)(command)


def port_option(command: _Command) -> _Command:
    port = click.IntRange(0, 65535)
    return click.option("--port", type=port, default=8000, show_default=True)(command)


def processes_option(command: _Command) -> _Command:
    """--processes: by default, as many as there are processors for, where processes share memory safely."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    option = click.option(
        "--processes",
        type=click.IntRange(1, 64),
        metavar="N",
        default=min(cores, 4),
        show_default=True,
    )
    return option(command)


def jobs_option(command: _Command) -> _Command:
    return click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1)(command)


def filter_options(command: _Command) -> _Command:
    """Options for all that narrows a search, named as in SearchRequest."""
    for name in ("literal", "whole", "words"):
        command = click.option(f"--{name}", is_flag=True)(command)
    command = click.option("--scope", default="report")(command)
    command = click.option("--since", default="", show_default=False)(command)
    for name in ("year-to", "year-from"):
        command = click.option(f"--{name}", type=int)(command)
    for name in reversed(FACETS):
        value = int if name == "year" else str
        read_typed = read_labels if name in CHOICES else None
        command = click.option(f"--{name}", multiple=True, type=value, callback=read_typed)(command)
    return command


@contextlib.contextmanager
def interrupted(key: str) -> Iterator[None]:
    """On Ctrl-C, the text of the key."""
    try:
        yield
    except KeyboardInterrupt:
        say(key, err=True)
        sys.exit(130)
