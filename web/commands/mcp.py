"""`gongkai mcp`: tools for other programs, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from web.commands.language import Command
from web.commands.options import cluster_option, index_option
from web.commands.serve import LOCAL
from web.commands.wiring import open_live
from web.mcp import server
from web.mcp.tools import Tools
from web.public import checked


@click.command(cls=Command)
@index_option
@cluster_option
@click.option("--public-url", default=f"http://{LOCAL}:8000")
def mcp(folder: Path, public_url: str) -> None:
    """Nothing else may be written to standard output."""
    server.check_installed()
    with open_live(folder) as source:
        server.serve(Tools(source, checked(public_url).removesuffix("/")))
