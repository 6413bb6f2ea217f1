"""`gongkai users`: who may sign in to a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.commands.language import Group
from web.commands.options import json_option
from web.guard.users import name_of, read_users, remove, set_password
from web.terminal.say import print_json, say
from web.texts import t

_OF = "users"
_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group("users", cls=Group)
def users() -> None:
    """What there is to say stands in web/texts/guard.py."""


@users.command("add", of=_OF)
@_FILE
@click.argument("name")
def add(file: Path, name: str) -> None:
    name = name_of(name)
    new = set_password(file, name, _password())
    say("users_added" if new else "users_changed", name=name)


@users.command("remove", of=_OF)
@_FILE
@click.argument("name")
def remove_(file: Path, name: str) -> None:
    remove(file, name)
    say("users_removed", name=name_of(name))


@users.command("list", of=_OF)
@_FILE
@json_option
def list_(file: Path, as_json: bool) -> None:
    names = list(read_users(file))
    if as_json:
        print_json({"users": names})
    else:
        for name in names:
            click.echo(name)


def _password() -> str:
    """What is typed twice, unseen; else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt(
            t("users_password"), hide_input=True, confirmation_prompt=t("users_password_again")
        )
        return typed
    return sys.stdin.readline().rstrip("\r\n")
