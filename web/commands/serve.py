"""`gongkai serve`, `demo`, `open`: what ends in pages in a browser."""

from __future__ import annotations

import sys
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urljoin

import click
from click.core import ParameterSource

from indexer.arrays.array_file import free_at_once
from indexer.echoes.find import find_echoes
from indexer.errors import CorpusError, GongkaiError, RequestError, UnknownReportError
from indexer.messages import Message
from indexer.pipeline.build import build
from indexer.reading.decode import decode
from indexer.store.corpus_note import noted_corpus
from search.budget import SECONDS, Limits
from search.handover.kept import open_pack, packs_folder
from search.quoted import find
from search.saved.database import Database, saved_path
from web.app import create_app
from web.commands.language import Command
from web.commands.options import (
    cluster_option,
    index_option,
    interrupted,
    json_option,
    port_option,
    processes_option,
)
from web.commands.wiring import (
    cluster_named,
    clusters,
    open_engine,
    open_live,
    warmed_opener,
)
from web.guard.guard import install
from web.http.cors import ANY
from web.http.quota import A_MINUTE
from web.public import is_of_this_machine
from web.report.copied import MAX_TEXT, read_copied
from web.terminal.opened import found_json, link_of, print_found
from web.terminal.places import cache_folder, serves
from web.terminal.progress import progress_bar
from web.terminal.say import print_json, print_warnings, say
from web.terminal.serving import run_server
from web.workers import POSSIBLE
from web.workers.crew import Crew
from web.workers.following import Following
from web.workers.setup import setup_of

SAMPLES = Path(__file__).parents[2] / "corpus"
"""In a checkout and in an installed wheel alike."""
LOCAL = "127.0.0.1"


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@index_option
@cluster_option
@click.option("--host", default=LOCAL, show_default=True)
@port_option
@click.option("--public-url")
@click.option("--proxy", "behind_proxy", is_flag=True)
@click.option("--corpus", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--cors", multiple=True)
@click.option("--users", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--public", "is_public", is_flag=True)
@click.option("--rate", type=click.IntRange(0), default=A_MINUTE, show_default=True)
@click.option("--budget", type=click.FloatRange(min=0.1), default=SECONDS, show_default=True)
@processes_option
def serve(
    file: Path | None,
    folder: Path,
    host: str,
    port: int,
    public_url: str | None,
    behind_proxy: bool,
    corpus: Path | None,
    cors: tuple[str, ...],
    users: Path | None,
    is_public: bool,
    rate: int,
    budget: float,
    processes: int,
) -> None:
    check_who(host, users, is_public)
    if users is not None and public_url is not None and not behind_proxy:
        print_warnings([Message("users_one_address")])
    if behind_proxy and not is_of_this_machine(host):
        print_warnings([Message("proxy_open", host=host)])
    if file is not None:
        folder = unpacked(file)
    if ANY in cors:
        print_warnings([Message("cors_any")])
    _serve(
        folder,
        host,
        port,
        public_url=public_url,
        behind_proxy=behind_proxy,
        corpus=corpus,
        cors=cors,
        users=users,
        is_public=is_public,
        rate=rate,
        budget=budget,
        processes=processes,
    )


def check_who(host: str, users: Path | None, is_public: bool) -> None:
    """RequestError where other machines could open the pages, and nobody has said who may."""
    if users is not None and is_public:
        raise RequestError(
            Message("users_and_public"), parameter="public", hint=Message("host_open_hint")
        )
    if users is None and not is_public and not is_of_this_machine(host):
        raise RequestError(
            Message("host_open", host=host), parameter="host", hint=Message("host_open_hint")
        )


def unpacked(file: Path) -> Path:
    """The index of a pack. RequestError where another index was named, too."""
    if click.get_current_context().get_parameter_source("folder") is ParameterSource.COMMANDLINE:
        raise RequestError(
            Message("pack_and_index"), parameter="index", hint=Message("pack_and_index_hint")
        )
    with progress_bar("command_verifying") as progress, interrupted("command_pack_interrupted"):
        opened = open_pack(file, packs_folder(), progress)
    key = "command_unpacked" if opened.anew else "command_pack_verified"
    say(key, folder=opened.folder, index=opened.index)
    return opened.index


@click.command("open", cls=Command)
@click.argument("link", nargs=-1, required=True)
@index_option
@cluster_option
@click.option("--browser", is_flag=True)
@port_option
@json_option
def open_(link: tuple[str, ...], folder: Path, browser: bool, port: int, as_json: bool) -> None:
    """Exit code 1 where the passage is not here, or no longer as it was quoted."""
    passages = read_copied(_standard_input() if link == ("-",) else " ".join(link))
    engine = open_engine(folder)
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


def _samples_index() -> Path:
    """The index of the samples, which is nobody's own: it can be made again, and is out of the way."""
    try:
        return cache_folder() / "gongkai" / "samples-index"
    except RuntimeError as error:
        raise GongkaiError(Message("no_home"), hint=Message("no_home_hint")) from error


@click.command(cls=Command)
@click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=_samples_index,
)
@cluster_option
@port_option
@click.option("--browser/--no-browser", default=True)
def demo(folder: Path, port: int, browser: bool) -> None:
    if not SAMPLES.is_dir():
        raise CorpusError(
            Message("no_samples", folder=str(SAMPLES)), hint=Message("no_samples_hint")
        )
    address = cluster_named()
    if address is None:
        build(SAMPLES, folder, jobs=1)
        find_echoes(folder)
    else:
        clusters().build(SAMPLES, address, jobs=1)
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
    cors: tuple[str, ...] = (),
    users: Path | None = None,
    is_public: bool = False,
    rate: int = A_MINUTE,
    budget: float = SECONDS,
    processes: int = 1,
) -> None:
    """Serve the pages of an index until interrupted; `opens`: the path to open in a browser. The original
    files are in `corpus`, or in that of the last run. To everybody nothing is kept: each could delete it."""
    free_at_once()
    local = cluster_named() is None
    with open_live(folder) as source:
        app = create_app(
            source,
            public_url=public_url,
            behind_proxy=behind_proxy,
            corpus=lambda: corpus or (noted_corpus(folder) if local else None),
            cors=cors,
            saved=None if is_public else Database(saved_path(folder)),
            limits=Limits(seconds=budget),
        )
        app.quota.set_rate(rate)
        if users is not None:
            install(app, users)
        with ExitStack() as stack:
            if processes > 1 and POSSIBLE and local:
                setup = setup_of(app, warmed_opener(), folder, corpus)
                following = Following(source, lambda state: Crew(setup, state, processes))
                app.forwarding.workers = stack.enter_context(following)
            run_server(
                app, host, port, opens=opens, behind_proxy=behind_proxy, workers=processes - 1
            )
