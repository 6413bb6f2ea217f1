"""The command line: the only place that wires everything together."""

from __future__ import annotations

import contextlib
import os
import sys
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import click
from click.core import ParameterSource

from indexer.errors import (
    CorpusError,
    GongkaiError,
    LimitError,
    QueryError,
    RequestError,
    UnknownReportError,
)
from indexer.likeness.find import find_alike
from indexer.messages import Message
from indexer.pipeline.build import build
from indexer.pipeline.inspect import asked
from indexer.pipeline.inspect import inspect as inspect_file
from indexer.pipeline.tally import Summary
from indexer.pipeline.watch import INTERVAL
from indexer.pipeline.watch import watch as watch_corpus
from indexer.reading.decode import decode
from indexer.store.corpus_note import noted_corpus
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.local.live import LiveSource
from search.model import CHOICES, FACETS, SearchRequest
from search.quoted import find
from web.api.alike_json import likenesses_json
from web.api.json_shape import result_json
from web.app import create_app
from web.command import FilePath, Group
from web.report.copied import MAX_TEXT, read_copied
from web.terminal.alike import (
    asked_id,
    at_least,
    print_likenesses,
    print_pairs,
    print_pairs_csv,
    print_pairs_json,
)
from web.terminal.inspected import inspected, inspected_json, print_inspected
from web.terminal.labels import read_labels
from web.terminal.opened import found_json, link_of, print_found
from web.terminal.places import cache_folder, serves
from web.terminal.progress import progress_bar
from web.terminal.results import print_result
from web.terminal.say import print_error, print_json, print_warnings, say
from web.terminal.serving import run_server
from web.terminal.summary import print_summary, summary_json
from web.terminal.watching import Watching
from web.texts import t

SAMPLES = Path(__file__).parent / "corpus"
"""In a checkout and in an installed wheel alike."""
LOCAL = "127.0.0.1"
USAGE_ERRORS = (QueryError, RequestError, LimitError)

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _index_option(command: _Command) -> _Command:
    return click.option(
        "--index",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: Path(os.environ.get("GONGKAI_INDEX") or "gongkai-index"),
        show_default="$GONGKAI_INDEX, ./gongkai-index",
    )(command)


def _json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True)(command)


def _filter_options(command: _Command) -> _Command:
    """An option for the filter of each facet."""
    for name in reversed(FACETS):
        value = int if name == "year" else str
        read_typed = read_labels if name in CHOICES else None
        command = click.option(f"--{name}", multiple=True, type=value, callback=read_typed)(command)
    return command


def _port_option(command: _Command) -> _Command:
    port = click.IntRange(0, 65535)
    return click.option("--port", type=port, default=8000, show_default=True)(command)


class _Group(Group):
    """Turns our errors into a message, a hint and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except GongkaiError as error:
            print_error(error, as_json="--json" in sys.argv)
            sys.exit(2 if isinstance(error, USAGE_ERRORS) else 1)


@click.group("gongkai", cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", message="%(prog)s %(version)s")
def main() -> None:
    """What there is to say of each command stands in web/texts/command.py."""


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@_index_option
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1)
@click.option("--rebuild", is_flag=True)
@_json_option
def index(corpus: Path, folder: Path, jobs: int, rebuild: bool, as_json: bool) -> None:
    with progress_bar() as progress, _interrupted("command_interrupted"):
        summary = build(corpus, folder, jobs=jobs, rebuild=rebuild, progress=progress)
    if as_json:
        print_json(summary_json(summary))
    else:
        print_summary(summary, folder)


@contextlib.contextmanager
def _interrupted(key: str) -> Iterator[None]:
    """On Ctrl-C, the text of the key."""
    try:
        yield
    except KeyboardInterrupt:
        say(key, err=True)
        sys.exit(130)


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@_index_option
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1)
@click.option("--every", type=click.IntRange(1), default=INTERVAL, show_default=True)
def watch(corpus: Path, folder: Path, jobs: int, every: int) -> None:
    def run() -> Summary:
        with progress_bar() as progress:
            return build(corpus, folder, jobs=jobs, progress=progress)

    with _interrupted("command_watched"):
        watch_corpus(corpus, Watching(run, folder), interval=every)


@main.command(  # -词 is a query
    context_settings={"ignore_unknown_options": True, "show_default": True}
)
@click.argument("query")
@_index_option
@_filter_options
@click.option("--year-from", type=int)
@click.option("--year-to", type=int)
@click.option("--scope", default="report")
@click.option("--words", is_flag=True)
@click.option("--whole", is_flag=True)
@click.option("--literal", is_flag=True)
@click.option("--sort", default="relevance")
@click.option("--page", default=1)
@click.option("--size", default=20)
@click.option("--passages", default=3)
@_json_option
def search(query: str, folder: Path, as_json: bool, **options: Any) -> None:
    typed = query.encode("utf-8", "replace").decode()  # bytes that are no text come as surrogates
    request = SearchRequest(q=typed, **options)
    result = IndexEngine(folder).search(request)
    if as_json:
        print_json(result_json(result, request))
    else:
        typed_folder = (
            click.get_current_context().get_parameter_source("folder")
            is ParameterSource.COMMANDLINE
        )
        print_result(result, request, index=str(folder) if typed_folder else None)


@main.command()
@_index_option
@click.option("--host", default=LOCAL, show_default=True)
@_port_option
@click.option("--public-url")
@click.option("--proxy", "behind_proxy", is_flag=True)
@click.option("--corpus", type=click.Path(path_type=Path, file_okay=False, exists=True))
def serve(
    folder: Path,
    host: str,
    port: int,
    public_url: str | None,
    behind_proxy: bool,
    corpus: Path | None,
) -> None:
    _serve(folder, host, port, public_url=public_url, behind_proxy=behind_proxy, corpus=corpus)


@main.command("open")
@click.argument("link", nargs=-1, required=True)
@_index_option
@click.option("--browser", is_flag=True)
@_port_option
@_json_option
def open_(link: tuple[str, ...], folder: Path, browser: bool, port: int, as_json: bool) -> None:
    """Exit code 1 where the passage is not here, or no longer as it was quoted."""
    passages = read_copied(_standard_input() if link == ("-",) else " ".join(link))
    engine = IndexEngine(folder)
    found = find(engine, passages[0])
    if found is None:
        raise UnknownReportError(
            Message("passage_not_here", id=passages[0].id), hint=Message("passage_not_here_hint")
        )
    if as_json:
        print_json(found_json(found, passages[0]))
    else:
        if passages[1:]:
            print_warnings([Message("more_links", count=len(passages) - 1)])
        print_found(found, passages[0])
    if browser:
        _show(folder, port, engine.generation, link_of(found, passages[0]))
    if found.place.state == "changed":
        sys.exit(1)


@main.command()
@click.argument("report", required=False)
@_index_option
@_json_option
@click.option("--csv", "as_csv", is_flag=True)
@click.option("--least", type=click.IntRange(50, 100), default=50, show_default=True)
def similar(report: str | None, folder: Path, as_json: bool, as_csv: bool, least: int) -> None:
    """Looks for likenesses first, where that was not done since the index changed."""
    find_alike(folder)
    engine = IndexEngine(folder)
    if report is None:
        form = print_pairs_csv if as_csv else print_pairs_json if as_json else print_pairs
        form(at_least(least / 100, engine.every_alike()))
        return
    asked = engine.report(asked_id(report)).id
    found = engine.alike(asked)
    found = replace(found, pairs=tuple(at_least(least / 100, found.pairs)))
    if as_csv:
        print_pairs_csv(found.pairs)
    elif as_json:
        print_json(likenesses_json(asked, found))
    else:
        print_likenesses(found)


@main.command()
@click.argument("file", type=FilePath())
@click.option("--corpus", type=click.Path(path_type=Path))
@_json_option
def inspect(file: Path, corpus: Path | None, as_json: bool) -> None:
    wanted = asked(file, corpus)
    read = inspected(inspect_file(wanted), wanted.whole_source)
    if as_json:
        print_json(inspected_json(read))
    else:
        print_inspected(read)


@main.command()
@_index_option
def check(folder: Path) -> None:
    click.echo(t("command_sound", **asdict(verify(folder))))


def _samples_index() -> Path:
    """The index of the samples, which is nobody's own: it can be made again, and is out of the way."""
    try:
        return cache_folder() / "gongkai" / "samples-index"
    except RuntimeError as error:
        raise GongkaiError(Message("no_home"), hint=Message("no_home_hint")) from error


@main.command()
@click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=_samples_index,
)
@_port_option
@click.option("--browser/--no-browser", default=True)
def demo(folder: Path, port: int, browser: bool) -> None:
    if not SAMPLES.is_dir():
        raise CorpusError(
            Message("no_samples", folder=str(SAMPLES)), hint=Message("no_samples_hint")
        )
    build(SAMPLES, folder, jobs=1)
    _serve(folder, LOCAL, port, opens="/" if browser else None)


def _standard_input() -> str:
    """The text on standard input, in whichever encoding; of a long one the beginning."""
    return decode(sys.stdin.buffer.read(4 * MAX_TEXT)).text


def _show(folder: Path, port: int, generation: str, path: str) -> None:
    """Open a page in the browser: of the server that serves this index already, or of a new one."""
    address = f"http://{LOCAL}:{port}/"
    if serves(address, generation):
        webbrowser.open(urljoin(address, path))
    else:
        _serve(folder, LOCAL, port, opens=path)


def _serve(
    folder: Path,
    host: str,
    port: int,
    *,
    opens: str | None = None,
    public_url: str | None = None,
    behind_proxy: bool = False,
    corpus: Path | None = None,
) -> None:
    """Serve the pages of an index until interrupted; `opens`: the path to open in a browser. The original
    files are in `corpus`, or in that of the last run."""
    with LiveSource(folder) as source:
        app = create_app(
            source,
            public_url=public_url,
            behind_proxy=behind_proxy,
            corpus=lambda: corpus or noted_corpus(folder),
        )
        run_server(app, host, port, opens=opens, behind_proxy=behind_proxy)


if __name__ == "__main__":
    main()
