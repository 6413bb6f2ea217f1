"""`gongkai open`, the links and pages of `search`, labels as values, and what a terminal can show."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai import main
from search.labels import FACET_LABELS, FACET_LABELS_EN
from search.links import checksum
from search.local.engine import IndexEngine
from search.model import SearchRequest
from web.commands.program import COMMANDS
from web.terminal import places, say
from web.terminal.places import cache_folder, serves
from web.terminal.results import print_result
from web.terminal.wrap import columns, wrapped


def run(*arguments: str | Path, **more: str | bytes) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)  # type: ignore[arg-type]


@pytest.fixture
def link(samples: IndexEngine) -> str:
    """A link to a passage of the samples, made on another machine."""
    hit = samples.search(SearchRequest(q="三务公开", size=1)).reports[0]
    passage = hit.passages[0]
    return (
        f"https://other.example/reports/{hit.id}/{passage.start}-{passage.end}/{passage.check}?q=1"
    )


def test_a_link_of_another_host_is_opened_here(link: str, samples_index: Path) -> None:
    result = run("open", link, "--index", samples_index)
    assert result.exit_code == 0
    assert "引文未变，还在原处" in result.stdout
    assert result.stdout.rstrip().endswith(link.partition("example")[2].partition("?")[0])
    english = run("open", link, "--index", samples_index, "--lang", "en")
    assert "unchanged" in english.stdout


def test_a_link_as_json(link: str, samples_index: Path, samples: IndexEngine) -> None:
    result = run("open", "-", "--json", "--index", samples_index, input=f"见 {link}".encode())
    found = json.loads(result.stdout)
    assert (found["state"], found["found_by"]) == ("exact", "id")
    report = samples.report(found["report"]["id"])
    assert report.text()[found["start"] : found["end"]] == found["text"]
    assert found["url"] in link
    assert found["headings"][0] in [section.title for section in report.sections]


def test_a_link_that_moved_or_changed(samples: IndexEngine, samples_index: Path) -> None:
    report = samples.report(samples.search(SearchRequest(size=1)).reports[0].id)
    text = report.text()
    moved = f"/reports/{report.id}/0-9/{checksum(text[20:29])}"
    changed = f"/reports/{report.id}/0-9/00000000"
    for link, code, state in ((moved, 0, "moved"), (changed, 1, "changed")):
        result = run("open", link, "--index", samples_index, "--json")
        assert (result.exit_code, json.loads(result.stdout)["state"]) == (code, state)
        assert run("open", link, "--index", samples_index).exit_code == code
    assert json.loads(result.stdout)["url"] == changed


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("三务公开", 2, "没有段落链接"),
        ("/reports/000000000000/1-5/00000000", 1, "没有编号为 000000000000"),
    ],
)
def test_links_that_lead_nowhere(text: str, code: int, said: str, samples_index: Path) -> None:
    result = run("open", text, "--index", samples_index)
    assert (result.exit_code, said in result.output) == (code, True)


def test_of_several_links_the_first_is_opened(link: str, samples_index: Path) -> None:
    result = run("open", link, "/reports/000000000000/1-5/00000000", "--index", samples_index)
    assert result.exit_code == 0
    assert "还有 1 个链接" in result.stderr


def test_a_browser_is_sent_to_the_server_that_runs(
    link: str, samples_index: Path, samples: IndexEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(
        "web.commands.serve.serves", lambda address, generation: generation == samples.generation
    )
    monkeypatch.setattr(
        "web.commands.serve.run_server", lambda *_, **more: opened.append(more["opens"])
    )
    path = link.partition("example")[2].partition("?")[0]
    run("open", link, "--index", samples_index, "--browser", "--port", "8123")
    monkeypatch.setattr("web.commands.serve.serves", lambda address, generation: False)
    run("open", link, "--index", samples_index, "--browser", "--port", "8123")
    assert opened == [f"http://127.0.0.1:8123{path}", path]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "http://127.0.0.1:{port}/"),
        (("--proxy",), "https://reports.example.org/"),
        (("--public-url", "https://public.example"), "https://public.example/"),
        (("--proxy", "--public-url", "https://public.example"), "https://public.example/"),
    ],
)
def test_links_of_a_real_server(
    options: tuple[str, ...], expected: str, samples_index: Path
) -> None:
    """The server clears headers of proxies that nobody vouches for."""
    serve = ["serve", "--index", str(samples_index), "--port", "0", "--processes", "1", *options]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "gongkai", *serve], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split("：")[1].split("（")[0]
            request = Request(f"{address}opensearch.xml")
            request.add_header("X-Forwarded-Host", "reports.example.org")
            request.add_header("X-Forwarded-Proto", "https")
            with urlopen(request, timeout=30) as answer:
                xml = answer.read().decode()
        finally:
            server.terminate()
    port = address.rstrip("/").rpartition(":")[2]
    assert f'template="{expected.format(port=port)}?q=' in xml


class _Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode() if self.path != "/healthz" else b'{"generation": "7"}')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def other_server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Health) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_server_of_the_same_index_is_recognized(other_server: str) -> None:
    assert serves(other_server, "7")
    assert not serves(other_server, "8")
    assert not serves(f"{other_server}no-json/", "7")
    assert not serves("http://127.0.0.1:9/", "7")


@pytest.mark.parametrize("facet", FACET_LABELS)
def test_every_label_is_a_value(facet: str, samples_index: Path) -> None:
    """As the page words it, in both languages; its code as before."""
    for code, label in FACET_LABELS[facet].items():
        counts = set()
        for typed in (code, label, *label.split("/"), FACET_LABELS_EN[facet][code], code.upper()):
            arguments = (f"--{facet}", typed, "--index", samples_index, "--json", "--size", "1")
            result = run("search", "", *arguments)
            assert result.exit_code == 0, typed
            counts.add(json.loads(result.stdout)["total"]["reports"])
        assert len(counts) == 1


@pytest.mark.parametrize(
    ("facet", "typed", "near"),
    [
        ("section", "工作回故", "“工作回顾”"),
        ("section", "plann", "“plan”"),
        ("genre", "工作报告", "“政府工作报告”"),
        ("genre", "Gov work report", "“work_report”"),
    ],
)
def test_the_nearest_label_is_suggested(
    facet: str, typed: str, near: str, samples_index: Path
) -> None:
    result = run("search", "x", f"--{facet}", typed, "--index", samples_index)
    assert result.exit_code == 2
    assert f"是不是{near}？" in result.output
    far = run("search", "x", f"--{facet}", "ωωω", "--index", samples_index)
    assert "是不是" not in far.output
    assert "可用的值：" in far.output


def test_passages_have_links_and_pages_a_next_one(samples_index: Path) -> None:
    first = ("search", "“三务” 公开", "--index", str(samples_index), "--size", "3", "--whole")
    result = run(*first, "--sort=-year", "--section", "总体情况", "--passages", "1")
    links = re.findall(r"^    (/reports/.*)$", result.stdout, re.MULTILINE)
    assert len(links) == 3
    assert all(run("open", link, "--index", samples_index).exit_code == 0 for link in links)
    page, command = result.stdout.splitlines()[-2:]
    assert page == "第 1 页，共 2 页"
    name, *arguments = shlex.split(command.removeprefix("下一页："))
    assert name == "gongkai"
    second = run(*arguments)
    assert second.stdout.splitlines()[-1] == "第 2 页，共 2 页"
    assert not set(links) & set(re.findall(r"/reports/\S+", second.stdout))


def test_the_next_page_of_a_query_that_begins_with_a_hyphen(samples_index: Path) -> None:
    result = run("search", "-三务", "--index", samples_index)
    _, *arguments = shlex.split(result.stdout.splitlines()[-1].removeprefix("下一页："))
    assert run(*arguments).stdout.splitlines()[-2].startswith("第 2 页")
    assert "第 1 页" not in run("search", "龘龘龘", "--index", samples_index).stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal_and_tells_every_option(command: str, lang: str) -> None:
    result = run(*filter(None, [command]), "--help", "--lang", lang)
    for line in result.stdout.splitlines():
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
        assert len(line) + wide <= 80, line
    for option in re.findall(r"^  (-.*?)(?=\n  -|\Z)", result.stdout, re.MULTILINE | re.DOTALL):
        assert len(re.split(r"\s{2,}", option.strip(), maxsplit=1)) == 2, option


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("三务公开评星办法", ["三务公开评", "星办法"]),
        ("三务公开评，星", ["三务公开", "评，星"]),
        ("三务公开“评星”", ["三务公开", "“评星”"]),
        ("三务公2018年", ["三务公2018", "年"]),
        ("三务公开2018年", ["三务公开", "2018年"]),
        ("abcdefghijklmn", ["abcdefghij", "klmn"]),
        ("一，，，，，，，", ["一，，，，", "，，，"]),
        ("", [""]),
    ],
)
def test_lines_of_ten_columns(text: str, lines: list[str]) -> None:
    assert ["".join(part for part, _ in line) for line in wrapped([(text, False)], 10)] == lines


@given(
    st.lists(st.tuples(st.text(st.sampled_from("三务，“”a1 \u0301"), max_size=9), st.booleans())),
    st.integers(2, 12),
)
@example([("1111三1\u0301三，", False)], 3)
def test_nothing_is_lost_between_lines(pieces: list[tuple[str, bool]], width: int) -> None:
    lines = [[*line] for line in wrapped(pieces, width)]
    cells = [(c, marked) for text, marked in pieces for c in text]
    assert [(c, marked) for line in lines for text, marked in line for c in text] == cells
    assert all(columns("".join(text for text, _ in line)) <= width for line in lines)
    (whole,) = wrapped(pieces, None)
    assert "".join(text for text, _ in whole) == "".join(text for text, _ in pieces)


def test_a_terminal_is_not_overrun(
    samples: IndexEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = SearchRequest(q="三务公开", size=5)
    result = samples.search(request)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_result(result, request, index=None)
    shown = re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out)
    passages = re.findall(r"^    (?!/).*$", shown, re.MULTILINE)
    assert len(passages) > 15
    assert max(map(columns, passages)) in (59, 60)


def in_encoding(encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program with its output in a pipe, as Windows has it."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "utf-8"])
def test_any_code_page_will_do(encoding: str, samples_index: Path) -> None:
    search = ("search", "三务公开", "--index", str(samples_index), "--size", "1")
    text, as_json = in_encoding(encoding, *search), in_encoding(encoding, *search, "--json")
    assert (text.returncode, as_json.returncode, as_json.stderr) == (0, 0, b"")
    assert json.loads(as_json.stdout.decode(encoding))["query"]["text"] == "三务公开"
    assert ("三务" in text.stdout.decode(encoding)) is (encoding in ("cp936", "utf-8"))
    assert (b"PYTHONUTF8" in text.stderr) is (encoding == "cp1252")
    wrong = in_encoding(encoding, "search", "(", "--index", str(samples_index))
    assert wrong.returncode == 2
    assert b"Traceback" not in wrong.stderr


def test_a_console_of_windows_keeps_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding="cp936"))
    say.lenient_output(as_json=False)
    print("公开 › 龘")
    sys.stdout.flush()
    assert held.getvalue().decode("cp936").startswith("公开 ? ")


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/甲/.cache"),
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/甲/.cache"),
        ("darwin", {"XDG_CACHE_HOME": "/elsewhere"}, "/home/甲/Library/Caches"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local"),
        ("win32", {}, "/home/甲/AppData/Local"),
    ],
)
def test_the_users_cache_folder(
    platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/甲"))
    assert cache_folder(environment) == Path(expected)
