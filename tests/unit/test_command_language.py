"""The command line in two languages: the reader's locale decides, or --lang; click's texts too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.messages import Language
from tests.conftest import SAMPLES
from web.commands.alerts import alerts
from web.commands.findings import findings
from web.commands.language import language_of
from web.commands.program import COMMANDS

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
OF_GROUPS = [*alerts.commands, *findings.commands]
NAMES = [
    "",
    *COMMANDS,
    *(f"alerts {name}" for name in alerts.commands),
    *(f"findings {name}" for name in findings.commands),
]
KEPT = re.compile(
    rf"gongkai(?: (?:{'|'.join(COMMANDS)}))?(?: (?:{'|'.join(OF_GROUPS)}))?"
    rf"|^  (?:{'|'.join([*COMMANDS, *OF_GROUPS])})  "
    r"|--?[a-z][a-z-]*|'[^']*'|\[zh\|en\]|(?:\d+<=)?x[<>=]+\d+|GONGKAI_INDEX, ./gongkai-index"
    r"|report|section|overview|plan|disclosure|work_report|other|text|recognised|relevance|year|hits|region|changed"
    r"|CSV|Markdown|JSON Lines|FILE|trend|matrix|silent|csv|xlsx|Excel|jsonl|\bmd\b|left|right|keep|theirs|both|children|province|city|county|town|http"
    r"|metadata\.csv|127\.0\.0\.1|X-Forwarded",
    re.MULTILINE,
)
"""What is the same in every language: options, what was typed, names and values."""


def run(*arguments: str | Path, **environment: str) -> Result:
    names = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **environment}
    return CliRunner(env=names).invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, "zh"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "zh_CN", "LC_ALL": "C"}, "zh"),
        ([], {"LANG": "en_US", "LC_ALL": ""}, "en"),
        (["--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["--lang=zh", "search"], {"LANG": "en_US"}, "zh"),
        (["search", "x", "--lang", "en"], {}, "en"),
        (["--lang", "fr"], {}, "zh"),
        (["search", "--lang"], {}, "zh"),
    ],
)
def test_the_language_is_the_readers(
    arguments: list[str], environment: dict[str, str], expected: Language
) -> None:
    assert language_of(arguments, environment) == expected


@pytest.mark.parametrize("command", NAMES)
def test_help_is_in_one_language(command: str) -> None:
    arguments = [*command.split(), "--help"]
    chinese, english = run(*arguments), run("--lang", "en", *arguments)
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert not re.search("[a-z]{2,}", KEPT.sub("", chinese.stdout))
    assert not HAN.search(english.stdout)


@pytest.mark.parametrize("command", NAMES)
def test_every_option_has_its_help(command: str) -> None:
    for line in run(*command.split(), "--help").stdout.split("\n"):
        assert not line.startswith("  -") or HAN.search(line), line


WRONG = [
    ["search"],
    ["search", "甲", "乙"],
    ["search", "x", "--page", "two"],
    ["search", "x", "--page"],
    ["frobnicate"],
    ["sear"],
    ["--frobnicate"],
    ["serve", "--prt", "1"],
    ["serve", "--port", "99999"],
    ["demo", "--browser=1"],
    ["index", ".", "--jobs", "0"],
    ["index", ".", "--index", __file__],
    ["inspect", "none.txt"],
    ["inspect", "."],
    ["check", "--lang", "fr"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_told_in_one_language(arguments: list[str]) -> None:
    chinese, english = run(*arguments), run(*arguments, LANG="en_US.UTF-8")
    assert (chinese.exit_code, english.exit_code) == (2, 2)
    assert "错误：" in chinese.output
    assert not re.search("[a-z]{2,}", KEPT.sub("", chinese.output))
    assert "Error: " in english.output
    assert not HAN.search(KEPT.sub("", english.output).replace("乙", ""))


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["search", "(x"], "错误：括号 ( 没有配对", "Error: The bracket ( is not closed"),
        (["search", "(x"], "位置：第 1 个字", "At character 1"),
        (["search", "三务*"], "注意：开头或结尾的", 'Note: "*" at the beginning'),
        (["search", "“三务”公开"], "14 份报告，", "Reports: 14;"),
        (["search", "x", "--sort", "up"], "可用的值：relevance、", "Allowed values: relevance, "),
        (["check"], "索引完好：", "The index is sound."),
    ],
)
def test_what_is_found_and_what_is_wrong(
    arguments: list[str], chinese: str, english: str, samples_index: Path
) -> None:
    assert chinese in run(*arguments, "--index", samples_index).output
    assert english in run("--lang", "en", *arguments, "--index", samples_index).output


def test_indexing(tmp_path: Path) -> None:
    (tmp_path / "空.txt").touch()
    chinese = run("index", tmp_path, "--index", tmp_path / "ix")
    assert "文件夹是空的" in chinese.stdout
    assert "以下 1 项没有收入：\n  空.txt：文件是空的" in chinese.output
    english = run("index", tmp_path, "--index", tmp_path / "ix", LANG="en_US.UTF-8")
    assert "unchanged 1" in english.stdout
    assert "Not taken into the index: 1\n  空.txt: The file is empty" in english.output


def test_inspecting() -> None:
    file = next(SAMPLES.glob("记者来稿/a01.txt"))
    chinese, english = run("inspect", file), run("inspect", file, LANG="en_US.UTF-8")
    assert "年份：" in chinese.stdout
    assert "Year: " in english.stdout
    assert english.output.count("Note: ") == chinese.output.count("注意：") > 0


def test_json_has_the_language_and_what_the_message_is_made_of(
    samples_index: Path, tmp_path: Path
) -> None:
    """Keys and values are the same in both."""
    (tmp_path / "空.txt").touch()
    for language, message, reason in (
        ("zh", "开头或结尾的“*”不起作用，已忽略。", "文件是空的"),
        ("en", '"*" at the beginning or end means nothing and was ignored.', "The file is empty"),
    ):
        lang = ("--lang", language)
        found = json.loads(run("search", "三务*", "--json", "--index", samples_index, *lang).stdout)
        notice = {"message": message, "key": "star_ignored", "values": {}}
        assert found["query"]["warnings"] == [notice]
        built = json.loads(
            run("index", tmp_path, "--json", "--index", tmp_path / "ix", *lang).stdout
        )
        rejected = {"source": "空.txt", "reason": reason, "key": "empty_file", "values": {}}
        assert built["rejected"] == [rejected]
