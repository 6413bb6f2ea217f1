"""The program: all commands, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from indexer.errors import GongkaiError, LimitError, QueryError, RequestError
from web.commands.language import Command, Group
from web.commands.wiring import Wiring
from web.terminal.say import print_error

COMMANDS: Mapping[str, str] = {
    "index": "index.index",
    "watch": "index.watch",
    "search": "search.search",
    "export": "export.export",
    "batch": "batch.batch",
    "serve": "serve.serve",
    "users": "users.users",
    "open": "serve.open_",
    "similar": "similar.similar",
    "echoes": "echoes.echoes",
    "findings": "findings.findings",
    "verify": "verify.verify",
    "alerts": "alerts.alerts",
    "inspect": "inspect.inspect",
    "check": "index.check",
    "pack": "pack.pack_",
    "mcp": "mcp.mcp",
    "demo": "serve.demo",
}
"""Where each stands in this folder: a search need not wait for what an indexer loads."""
USAGE_ERRORS = (QueryError, RequestError, LimitError)


class _Group(Group):
    """Loads a command when it is asked for; turns our errors into a message, a hint and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            room, _, name = COMMANDS[cmd_name].partition(".")
            command: Command = getattr(import_module(f"web.commands.{room}"), name)
            command.tell(ctx)
            self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except GongkaiError as error:
            print_error(error, as_json="--json" in sys.argv)
            sys.exit(2 if isinstance(error, USAGE_ERRORS) else 1)


def program(wiring: Wiring) -> click.Group:
    """The commands, which get their engine from `wiring`."""

    @click.group(
        "gongkai",
        cls=_Group,
        context_settings={"help_option_names": ["-h", "--help"], "obj": wiring},
    )
    @click.version_option(package_name="gongkai", message="%(prog)s %(version)s")
    def main() -> None:
        """What there is to say of each command stands in web/texts/command.py."""

    return main
