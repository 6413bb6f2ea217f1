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
from collections.abc import Callable, Iterator
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
from indexer.model import Report
from indexer.parsing.parse import parse
from indexer.pipeline.build import Progress, Summary, build
from indexer.pipeline.corpus import place_in
from indexer.reading.read import read
from indexer.store.verify import verify
from search.local.engine import IndexEngine
from search.local.live import LiveSource
from search.model import FACETS, SearchRequest, SearchResult
from web.api.json_shape import error_json, report_json, result_json
from web.app import create_app
from web.texts import TEXTS

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
        show_default="$GONGKAI_INDEX 或 ./gongkai-index",
        help="索引文件夹",
    )(command)


def _json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON")(command)


def _filter_options(command: _Command) -> _Command:
    """An option for the filter of each facet."""
    for name in reversed(FACETS):
        value, text = int if name == "year" else str, TEXTS[f"option_{name}"][0]
        command = click.option(f"--{name}", multiple=True, type=value, help=text)(command)
    return command


class _Group(click.Group):
    """Turns our errors into a message, a hint and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except GongkaiError as error:
            _print_error(error, as_json="--json" in sys.argv)
            sys.exit(2 if isinstance(error, USAGE_ERRORS) else 1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai")
def main() -> None:
    """公开：政府报告全文检索。"""


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@_index_option
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="读取文件的进程数"
)
@click.option("--rebuild", is_flag=True, help="全部重新读取并替换整个索引")
@_json_option
def index(corpus: Path, folder: Path, jobs: int, rebuild: bool, as_json: bool) -> None:
    """为 CORPUS 文件夹中的报告建立或更新索引。"""
    with _progress_bar() as progress:
        summary = build(corpus, folder, jobs=jobs, rebuild=rebuild, progress=progress)
    if as_json:
        click.echo(json.dumps(asdict(summary), ensure_ascii=False))
    else:
        _print_summary(summary, folder)


@main.command(context_settings={"ignore_unknown_options": True})  # -词 is a query
@click.argument("query")
@_index_option
@_filter_options
@click.option("--year-from", type=int)
@click.option("--year-to", type=int)
@click.option("--scope", default="report", help="report（整份报告）或 section（同一章节）")
@click.option("--words", is_flag=True, help="没有引号的文字按词查找，各词在同一章节里即可")
@click.option("--whole", is_flag=True, help="只要起止都在词的边界上的")
@click.option("--literal", is_flag=True, help="原文字符也须相同")
@click.option("--sort", default="relevance", help="relevance、year、-year、hits、region")
@click.option("--page", default=1)
@click.option("--size", default=20)
@click.option("--passages", default=3)
@_json_option
def search(query: str, folder: Path, as_json: bool, **options: Any) -> None:
    """在索引中搜索 QUERY。"""
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
    """在浏览器中检索：启动网页服务。"""
    _serve(folder, host, port, opens=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    help="资料文件夹：连同路径和 metadata.csv 一起看，与建索引时相同",
)
@_json_option
def inspect(file: Path, corpus: Path | None, as_json: bool) -> None:
    """显示程序怎样读 FILE 这一份报告：标题、年份、地区、章节和略去的内容。"""
    if not file.is_file():
        raise CorpusError(f"{file} 不是普通文件", hint="请指定一份 .txt、.md 或 .html 报告。")
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
    """逐字节核对索引是否完好。"""
    found = verify(folder)
    click.echo(
        f"索引完好：{found.files} 个文件，{found.bytes:,} 字节，{found.reports:,} 份报告，{found.sections:,} 个章节。"
    )


@main.command()
@_index_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--browser/--no-browser", default=True, help="是否打开浏览器")
def demo(folder: Path, port: int, browser: bool) -> None:
    """为自带的示例报告建立索引（如有必要），并打开检索页面。"""
    if not SAMPLES.is_dir():
        raise CorpusError(
            f"找不到示例资料 {SAMPLES}", hint="gongkai demo 需要完整的源代码文件夹，请在其中运行。"
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
                f"端口 {port} 打不开：{error.strerror or error}",
                hint=f"多半已有程序占用它；请换一个，如 --port {port + 1}。",
            ) from error
        address = f"http://{host}:{getattr(server, 'effective_port', port)}/"
        click.echo(f"检索页面：{address}（按 Ctrl+C 停止）")
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
        desc="读取",
        disable=not sys.stderr.isatty(),
        leave=False,
    ) as bar:

        def progress(total: int, done: int) -> None:
            bar.total = total
            bar.update(done)
            if bar.n >= total:
                bar.set_description("写入")

        yield progress


def _printable(text: str) -> str:
    """Text of a corpus without what could command a terminal or turn the line around it."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _print_error(error: GongkaiError, *, as_json: bool) -> None:
    position = error.position if isinstance(error, QueryError) else None
    if as_json:
        shape = error_json(error.code, error.message, position=position, hint=error.hint)
        click.echo(json.dumps(shape, ensure_ascii=False), err=True)
        return
    click.echo(_printable(f"错误：{error.message}"), err=True)
    if position is not None:
        click.echo(f"位置：第 {position + 1} 个字", err=True)
    if error.hint:
        click.echo(error.hint, err=True)


def _print_summary(summary: Summary, folder: Path) -> None:
    if summary.notice:
        click.echo(_printable(f"注意：{summary.notice}"), err=True)
    click.echo(
        f"索引 {folder}：{summary.reports:,} 份报告，{summary.sections:,} 个章节，{summary.characters:,} 字，"
        f"用时 {summary.seconds:.1f} 秒。"
    )
    changes = (
        ("新增", summary.added),
        ("更新", summary.updated),
        ("移动", summary.moved),
        ("移除", summary.removed),
        ("未变", summary.unchanged),
    )
    click.echo("，".join(f"{name} {count:,}" for name, count in changes if count) or "文件夹是空的")
    if summary.rejected:
        click.echo(f"以下 {len(summary.rejected)} 项没有收入：", err=True)
        for rejected in summary.rejected:
            click.echo(_printable(f"  {rejected.source}：{rejected.reason}"), err=True)


def _print_result(result: SearchResult) -> None:
    total = result.total
    for warning in result.warnings:
        click.echo(_printable(f"注意：{warning}"), err=True)
    whole = f"（其中整词 {total.whole:,} 处）" if total.hits else ""
    click.echo(f"{total.reports:,} 份报告，{total.sections:,} 个章节，{total.hits:,} 处{whole}")
    if result.by_words:
        click.echo(f"没有报告连着这样写；加 --words，各词可以分开：{result.by_words:,} 份报告")
    if result.did_you_mean:
        click.echo(_printable("您要找的是不是：" + "　".join(result.did_you_mean)))
    for hit in result.reports:
        region = " › ".join(region.name for region in hit.region)
        click.echo()
        click.echo(click.style(_printable(hit.title), bold=True))
        facts = (region or "地区不详", str(hit.year or "年份不详"), f"{hit.hits} 处", hit.source)
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
        ("地区", region),
        ("年份", report.year),
        ("体裁", report.genre),
        ("机构", report.issuer),
        ("发布", report.published),
        ("文号", report.number),
        ("网址", report.url),
        ("编号", report.id),
    ):
        click.echo(_printable(f"{name}：{value or '—'}"))
    for section in report.sections:
        indent = "  " * section.level
        title = _printable(section.title) or "（无标题）"
        click.echo(f"{indent}{title}  [{section.kind}] {len(section.lines)} 段")
    for dropped in report.dropped:
        click.echo(_printable(f"略去（{dropped.reason}）：{dropped.text}"))
    for warning in report.warnings:
        click.echo(_printable(f"注意：{warning}"), err=True)


if __name__ == "__main__":
    main()
