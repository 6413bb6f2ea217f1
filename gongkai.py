"""The command line: the only place that wires everything together."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import sys
import unicodedata
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from tqdm import tqdm
from waitress.server import create_server

from indexer.errors import (
    CorpusError,
    GongkaiError,
    LimitError,
    QueryError,
    RequestError,
)
from indexer.messages import Message
from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.pipeline.build import Progress, Summary, build
from indexer.pipeline.corpus import place_in
from indexer.reading.read import read
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.local.live import LiveSource
from search.model import FACETS, SearchRequest, SearchResult
from web.api.json_shape import error_json, notice_json, reason_json, report_json, result_json
from web.app import create_app
from web.command import Group
from web.said import told
from web.texts import t

SAMPLES = Path(__file__).parent / "corpus"
WAITRESS: dict[str, Any] = {
    "ident": "Gongkai",
    "threads": 8,  # one makes a page, others wait for their turn (see web/http/turns.py) or send files
    "connection_limit": 400,  # a browser opens six; Windows can watch 512
    "max_request_body_size": 1 << 16,  # bytes; no request of ours has a body
}
"""How the server is set up; what is not named here is as waitress has it."""
SWITCH = 0.0005
"""Seconds that a thread may keep the others waiting: numpy lets go of the interpreter at every step,
and with the usual 5 ms a page gets it back far too late from threads that send pages or open an index."""
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
        command = click.option(f"--{name}", multiple=True, type=value)(command)
    return command


class _Group(Group):
    """Turns our errors into a message, a hint and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except GongkaiError as error:
            _print_error(error, as_json="--json" in sys.argv)
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
    with _progress_bar() as progress:
        summary = build(corpus, folder, jobs=jobs, rebuild=rebuild, progress=progress)
    if as_json:
        rejected = [{"source": r.source, **reason_json(r.reason)} for r in summary.rejected]
        notice = notice_json(summary.notice) if summary.notice else None
        shape = asdict(summary) | {"rejected": rejected, "notice": notice}
        click.echo(json.dumps(shape, ensure_ascii=False))
    else:
        _print_summary(summary, folder)


@main.command(context_settings={"ignore_unknown_options": True})  # -词 is a query
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
        click.echo(json.dumps(result_json(result, request), ensure_ascii=False))
    else:
        _print_result(result)


@main.command()
@_index_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(folder: Path, host: str, port: int) -> None:
    _serve(folder, host, port, opens=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--corpus", type=click.Path(path_type=Path))
@_json_option
def inspect(file: Path, corpus: Path | None, as_json: bool) -> None:
    if not file.is_file():
        raise CorpusError(
            Message("file_not_regular", file=str(file)), hint=Message("file_not_regular_hint")
        )
    source, override = file.name, None
    if corpus is not None:
        source, override = place_in(corpus, file)
    report = parse(source, read(file.name, file.read_bytes()), override)
    if as_json:
        click.echo(json.dumps(report_json(report), ensure_ascii=False))
    else:
        _print_report(report)


@main.command()
@_index_option
def check(folder: Path) -> None:
    click.echo(t("command_sound", **asdict(verify(folder))))


@main.command()
@_index_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--browser/--no-browser", default=True)
def demo(folder: Path, port: int, browser: bool) -> None:
    if not SAMPLES.is_dir():
        raise CorpusError(
            Message("no_samples", folder=str(SAMPLES)), hint=Message("no_samples_hint")
        )
    build(SAMPLES, folder, jobs=1)
    _serve(folder, "127.0.0.1", port, opens=browser)


def _serve(folder: Path, host: str, port: int, *, opens: bool) -> None:
    """Serve until interrupted; the address is said once the port is open."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no trouble
    sys.setswitchinterval(SWITCH)
    with LiveSource(folder) as source:
        try:
            server = create_server(create_app(source), host=host, port=port, **WAITRESS)
        except OSError as error:
            raise GongkaiError(
                Message("port_closed", port=port, error=error.strerror or str(error)),
                hint=Message("port_closed_hint", other=port + 1),
            ) from error
        address = f"http://{host}:{getattr(server, 'effective_port', port)}/"
        click.echo(t("command_serving", address=address))
        if opens:
            webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            server.run()


@contextlib.contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar with rate and time left on a terminal (of unknown size, too), nothing in a pipe."""
    size = shutil.get_terminal_size()
    with tqdm(
        total=0,
        ncols=size.columns,
        nrows=size.lines,
        unit="B",
        unit_scale=True,
        desc=t("command_reading"),
        disable=not sys.stderr.isatty(),
        leave=False,
    ) as bar:

        def progress(total: int, done: int) -> None:
            bar.total = total
            bar.update(done)
            if bar.n >= total:
                bar.set_description(t("command_writing"))

        yield progress


def _printable(text: str) -> str:
    """Text of a corpus without what could command a terminal or turn the line around it."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _say(key: str, *, err: bool = False, **values: object) -> None:
    click.echo(_printable(t(key, **values)), err=err)


def _print_error(error: GongkaiError, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(error_json(error), ensure_ascii=False), err=True)
        return
    _say("command_error", message=told(error.message), err=True)
    if isinstance(error, QueryError) and error.position is not None:
        _say("command_position", number=error.position + 1, err=True)
    if error.hint:
        click.echo(_printable(told(error.hint)), err=True)


def _print_summary(summary: Summary, folder: Path) -> None:
    if summary.notice:
        _print_warnings([summary.notice])
    _say("command_summary", folder=folder, **asdict(summary))
    names = ("added", "updated", "moved", "removed", "unchanged")
    counts = [(name, getattr(summary, name)) for name in names]
    changes = [t(f"change_{name}", count=count) for name, count in counts if count]
    click.echo(t("command_between").join(changes) or t("command_no_files"))
    if summary.rejected:
        _say("command_rejected", count=len(summary.rejected), err=True)
        for rejected in summary.rejected:
            reason = told(rejected.reason)
            _say("command_reason", source=rejected.source, reason=reason, err=True)


def _print_warnings(warnings: Iterable[Message]) -> None:
    for warning in warnings:
        _say("command_warning", message=told(warning), err=True)


def _print_result(result: SearchResult) -> None:
    _print_warnings(result.warnings)
    _say("command_totals", **asdict(result.total))
    if result.by_words:
        _say("command_by_words", reports=result.by_words)
    if result.did_you_mean:
        _say("command_did_you_mean", queries="　".join(result.did_you_mean))
    for hit in result.reports:
        region = " › ".join(region.name for region in hit.region)
        click.echo()
        click.echo(click.style(_printable(hit.title), bold=True))
        facts = (
            region or t("command_no_region"),
            str(hit.year or t("command_no_year")),
            t("command_hits", count=hit.hits),
            hit.source,
        )
        click.echo(_printable("  " + " · ".join(facts)))
        for passage in hit.passages:
            text = "".join(
                click.style(_printable(part.text), fg="red", bold=True)
                if part.hit
                else _printable(part.text)
                for part in passage.fragments
            )
            click.echo(f"    {text}")


def _print_report(report: Report) -> None:
    click.echo(click.style(_printable(report.title), bold=True))
    region = " › ".join(f"{region.name} {region.code}" for region in report.region)
    for name, value in (
        ("region", region),
        ("year", report.year),
        ("genre", report.genre),
        ("issuer", report.issuer),
        ("published", report.published),
        ("number", report.number),
        ("url", report.url),
        ("id", report.id),
    ):
        _say("command_fact", name=t(f"fact_{name}"), value=value or "—")
    for section in report.sections:
        indent = "  " * section.level
        title = _printable(section.title) or t("command_no_heading")
        lines = t("command_lines", count=len(section.lines))
        click.echo(f"{indent}{title}  [{section.kind}] {lines}")
    for dropped in report.dropped:
        _say("command_dropped", reason=told(dropped.reason), text=dropped.text)
    _print_warnings(report.warnings)


if __name__ == "__main__":
    main()
