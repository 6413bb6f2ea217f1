"""`gongkai search`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from search.model import SearchRequest
from web.api.json_shape import result_json
from web.commands.language import Command
from web.commands.options import cluster_option, filter_options, index_option, json_option
from web.commands.wiring import open_engine
from web.terminal.results import print_result
from web.terminal.say import print_json


@click.command(  # -词 is a query
    cls=Command, context_settings={"ignore_unknown_options": True, "show_default": True}
)
@click.argument("query")
@index_option
@cluster_option
@filter_options
@click.option("--sort", default="relevance")
@click.option("--page", default=1)
@click.option("--size", default=20)
@click.option("--passages", default=3)
@json_option
def search(query: str, folder: Path, as_json: bool, **options: Any) -> None:
    request = SearchRequest(q=typed(query), **options)
    result = open_engine(folder).search(request)
    if as_json:
        print_json(result_json(result, request))
    else:
        typed_folder = (
            click.get_current_context().get_parameter_source("folder")
            is ParameterSource.COMMANDLINE
        )
        print_result(result, request, index=str(folder) if typed_folder else None)


def typed(argument: str) -> str:
    """An argument as text: bytes that are none come as surrogates."""
    return argument.encode("utf-8", "replace").decode()
