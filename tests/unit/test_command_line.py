"""The command line: what it prints, in which shape, and how it ends."""

from __future__ import annotations

import functools
import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.errors import GongkaiError
from search.remote import wire
from tests.conftest import SAMPLES
from web.commands.program import COMMANDS


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run_json(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_index_json(tmp_path: Path) -> None:
    first = run_json("index", SAMPLES, "--index", tmp_path / "ix")
    again = run_json("index", SAMPLES, "--index", tmp_path / "ix")
    assert first["reports"] == first["added"] == 81
    assert again["unchanged"] == 81
    assert (first["rejected"], again["read"]) == ([], 0)
    contract = "reports sections characters added updated moved unchanged removed rejected seconds"
    assert set(contract.split()) <= first.keys()


def test_search_json_is_the_api_shape(samples_index: Path) -> None:
    found = run_json("search", "“三务”公开", "--index", samples_index, "--year-from", "2017")
    assert found["query"]["canonical"] == '"三务公开"'
    assert found["total"]["reports"] == len(found["reports"])
    assert set(found["facets"]) == {"region", "year", "section", "genre", "issuer", "origin"}
    assert all(report["year"] >= 2017 for report in found["reports"])


def test_search_prints_passages(samples_index: Path) -> None:
    result = run("search", "“三务”公开", "--index", samples_index, "--region", "甘肃")
    assert result.stdout.startswith("1 份报告，")
    assert "甘肃省 › 兰州市 › 榆中县 › 城关镇 · 2019" in result.stdout


def test_inspect_json() -> None:
    file = SAMPLES / "甘肃/兰州市/榆中县/城关镇/2019-政府信息公开年度报告.txt"
    report = run_json("inspect", file)
    assert report["year"] == 2019
    contract = (
        "id source title genre year published issuer number url region sections dropped warnings"
    )
    assert list(report) == contract.split()
    assert set(report["sections"][0]) == {"kind", "heading", "level", "path", "lines"}
    assert [region["level"] for region in report["region"]] == [
        "province",
        "city",
        "county",
        "town",
    ]


def test_inspect_in_its_corpus_reads_as_the_index_does(samples_index: Path) -> None:
    file = SAMPLES / "记者来稿/a01.txt"
    alone = run_json("inspect", file)
    placed = run_json("inspect", file, "--corpus", SAMPLES)
    found = run_json("search", "", "--index", samples_index, "--size", "100")["reports"]
    indexed = next(report for report in found if report["source"] == "记者来稿/a01.txt")
    assert placed["year"] == indexed["year"] != alone["year"]
    assert (placed["id"], placed["region"]) == (indexed["id"], indexed["region"])
    assert run("inspect", file, "--corpus", SAMPLES / "福建").exit_code == 1


def test_a_query_may_begin_with_a_hyphen(samples_index: Path) -> None:
    result = run_json("search", "-公开", "--index", samples_index)
    assert result["query"]["canonical"] == 'NOT "公开"'


def test_control_characters_do_not_reach_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "y\x1b[31mred\r.txt").write_text(
        "甲\u202e乙2018年报告\n公开。", encoding="utf-8"
    )
    assert run("index", tmp_path / "c", "--index", tmp_path / "ix").exit_code == 0
    for arguments in (
        ["search", "公开", "--index", tmp_path / "ix"],
        ["inspect", next((tmp_path / "c").iterdir())],
    ):
        result = CliRunner().invoke(main, [str(a) for a in arguments], color=True)
        assert result.exit_code == 0
        ours = "\x1b[31m\x1b[1m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
        bare = functools.reduce(lambda text, code: text.replace(code, ""), ours, result.output)
        assert not set(bare) & set("\x1b\r\u202e")


def test_inspect_prints_the_outline() -> None:
    file = next(SAMPLES.glob("内蒙古/鄂尔多斯市/东胜区/2012*"))
    result = run("inspect", file)
    assert result.exit_code == 0
    assert "年份：2012" in result.stdout


def test_check(samples_index: Path) -> None:
    result = run("check", "--index", samples_index)
    assert result.exit_code == 0
    assert result.stdout.startswith("索引完好：")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "x", "--index", "none"], 1, "里没有索引"),
        (["index", "none", "--index", "none-ix"], 1, "没有资料文件夹"),
        (["check", "--index", "none"], 1, "里没有索引"),
        (["serve", "--index", "none"], 1, "gongkai index"),
        (["search"], 2, "QUERY"),
        (["frobnicate"], 2, "frobnicate"),
        (["inspect", "none.txt"], 2, "none.txt"),
        (["index", ".", "--jobs", "0"], 2, "jobs"),
    ],
)
def test_trouble(
    arguments: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["(三务"], "第 1 个字"),
        (["三务", "--sort", "size"], "sort"),
        (["三务", "--region", "乌有之乡"], "乌有之乡"),
        (["三" * 2_000], "太长"),
    ],
)
def test_wrong_queries(arguments: list[str], said: str, samples_index: Path) -> None:
    result = run("search", *arguments, "--index", samples_index)
    assert result.exit_code == 2
    assert said in result.output


def test_error_as_json(samples_index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "search", "(三务", "--index", samples_index, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["position"]) == ("query", 0)


def test_no_progress_bar_in_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "index", SAMPLES, "--index", tmp_path / "ix"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""


def test_demo_serves_the_samples(tmp_path: Path) -> None:
    """The main job of the README: it says its address, and a search there finds the phrase."""
    command = [sys.executable, "-u", "-m", "gongkai", "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        [*command, "--index", tmp_path / "ix"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split("：")[1].split("（")[0]
            found = json.loads(
                fetch(
                    f"{address}api/search?q=%E2%80%9C%E4%B8%89%E5%8A%A1%E2%80%9D%E5%85%AC%E5%BC%80"
                )
            )
        finally:
            server.terminate()
    assert (found["total"]["reports"], found["total"]["hits"]) == (14, 24)


def fetch(url: str) -> bytes:
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                body: bytes = answer.read()
                return body
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_a_taken_port_is_said(samples_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(  # a process of its own: waitress leaves what it opened to its end
            [sys.executable, "-m", "gongkai", "serve", "--index", samples_index, "--port", port],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_search_loads_nothing_that_reads_files(samples_index: Path) -> None:
    script = (
        "import sys; from gongkai import main; main(sys.argv[1:], standalone_mode=False); "
        "print([name for name in sys.modules if name.startswith(('indexer.pipeline', 'indexer.reading'))])"
    )
    search = ("search", "三务公开", "--index", samples_index)
    done = subprocess.run(
        [sys.executable, "-c", script, *search], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_error_has_a_code() -> None:
    """Machines tell errors apart by their codes."""
    assert wire.NoAnswerError  # of a cluster, which no command loads before it is named
    for name in COMMANDS:
        assert main.get_command(click.Context(main), name)  # loaded, and all that it needs

    def below(root: type[GongkaiError]) -> list[type[GongkaiError]]:
        return [root, *(c for sub in root.__subclasses__() for c in below(sub))]

    classes = below(GongkaiError)
    codes = [error.code for error in classes]
    assert len(set(codes)) == len(codes)
