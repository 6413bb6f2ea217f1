"""The program: all commands, and how they end."""

from __future__ import annotations

import sys
from typing import Any

import click

from indexer.errors import GongkaiError, LimitError, QueryError, RequestError
from web.commands.alerts import alerts
from web.commands.batch import batch
from web.commands.echoes import echoes
from web.commands.export import export
from web.commands.findings import findings
from web.commands.index import check, index, watch
from web.commands.inspect import inspect
from web.commands.language import Group
from web.commands.mcp import mcp
from web.commands.pack import pack_
from web.commands.search import search
from web.commands.serve import demo, open_, serve
from web.commands.similar import similar
from web.commands.users import users
from web.commands.verify import verify
from web.commands.wiring import Wiring
from web.terminal.say import print_error

COMMANDS = (
    index,
    watch,
    search,
    export,
    batch,
    serve,
    users,
    open_,
    similar,
    echoes,
    findings,
    verify,
    alerts,
    inspect,
    check,
    pack_,
    mcp,
    demo,
)
USAGE_ERRORS = (QueryError, RequestError, LimitError)


class _Group(Group):
    """Turns our errors into a message, a hint and an exit code."""

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

    for command in COMMANDS:
        main.add_command(command)
    return main
