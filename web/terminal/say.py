"""Sentences, warnings, errors and JSON on a terminal or in a pipe, whatever its encoding holds."""

from __future__ import annotations

import codecs
import io
import json
import sys
import unicodedata
from collections.abc import Iterable

import click

from indexer.errors import GongkaiError, QueryError
from indexer.messages import Message
from web.api.json_shape import error_json
from web.said import told
from web.texts import t

_CHINESE = "公开"


def lenient_output(*, as_json: bool) -> None:
    """Have characters that the output's encoding has not become "?", instead of ending the program.

    A console of Windows takes all of Unicode; a pipe or file there has the code page's encoding, as
    cp936, which has most characters of Chinese, or cp1252, which has none: that is said, but for JSON,
    which can do without.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="replace")
    if not _holds(_CHINESE) and not as_json:
        say("command_no_chinese", err=True, encoding=sys.stdout.encoding)


def printable(text: str) -> str:
    """Text of a corpus without what could command a terminal or turn the line around it."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def say(key: str, *, err: bool = False, **values: object) -> None:
    """The sentence of a key, made printable."""
    click.echo(printable(t(key, **values)), err=err)


def print_json(shape: object, *, err: bool = False) -> None:
    """One line of JSON: UTF-8, and in any other encoding what all of them hold."""
    stream = sys.stderr if err else sys.stdout
    escaped = not (stream.encoding or "").lower().replace("-", "").startswith("utf")
    click.echo(json.dumps(shape, ensure_ascii=escaped), err=err)


def print_warnings(warnings: Iterable[Message]) -> None:
    """What is to be noted, beside the output proper."""
    for warning in warnings:
        say("command_warning", message=told(warning), err=True)


def print_error(error: GongkaiError, *, as_json: bool) -> None:
    """What is wrong, where, and what to do about it."""
    if as_json:
        print_json(error_json(error), err=True)
        return
    say("command_error", message=told(error.message), err=True)
    if isinstance(error, QueryError) and error.position is not None:
        say("command_position", number=error.position + 1, err=True)
    if error.hint:
        click.echo(printable(told(error.hint)), err=True)


def _holds(text: str) -> bool:
    """Whether the output's encoding has these characters; for ASCII click takes UTF-8."""
    try:
        encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
        text.encode("utf-8" if encoding == "ascii" else encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
