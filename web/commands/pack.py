"""`gongkai pack`: corpus, index and findings as one file."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.messages import Message
from indexer.pipeline.corpus import Rejected
from indexer.store.corpus_note import noted_corpus
from search.handover.errors import PackError
from search.handover.kept import SUFFIX
from search.handover.pack import Packed, pack
from web.commands.language import Command
from web.commands.options import index_option, interrupted, json_option
from web.said import told
from web.terminal.progress import progress_bar
from web.terminal.say import print_json, print_warnings, say


@click.command("pack", cls=Command)
@index_option
@click.option("--corpus", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def pack_(folder: Path, corpus: Path | None, output: Path | None, as_json: bool) -> None:
    root = corpus or noted_corpus(folder)
    if root is None:
        raise PackError(
            Message("pack_no_corpus", folder=str(folder)), hint=Message("pack_no_corpus_hint")
        )
    target = output or Path(f"{folder.resolve().name}{SUFFIX}")
    with progress_bar("command_packing") as progress, interrupted("command_pack_interrupted"):
        packed = pack(folder, root, target, progress)
    if as_json:
        print_json(_json(packed))
    else:
        _print(packed)


def _print(packed: Packed) -> None:
    contents = packed.contents
    say(
        "command_packed",
        path=packed.path,
        reports=contents.reports,
        files=contents.of_corpus,
        findings=contents.findings,
        bytes=packed.bytes,
    )
    say("command_pack_digest", digest=packed.digest)
    say("command_pack_open", path=packed.path)
    if contents.changed:
        print_warnings([Message("pack_changed", count=contents.changed)])
    print_warnings(map(_left_out, packed.left_out))


def _left_out(rejected: Rejected) -> Message:
    return Message("pack_left_out", source=rejected.source, reason=rejected.reason)


def _json(packed: Packed) -> dict[str, object]:
    contents = packed.contents
    return {
        "path": str(packed.path),
        "bytes": packed.bytes,
        "digest": packed.digest,
        "generation": contents.generation,
        "reports": contents.reports,
        "files": contents.of_corpus,
        "findings": contents.findings,
        "changed": contents.changed,
        "left_out": [
            {"source": each.source, "reason": told(each.reason)} for each in packed.left_out
        ],
    }
