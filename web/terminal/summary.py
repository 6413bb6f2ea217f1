"""What `gongkai index` prints: what the index holds now, what has changed, what was not taken."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.pipeline.build import Summary
from web.api.json_shape import Shape, notice_json, reason_json
from web.said import told
from web.terminal.say import print_warnings, say
from web.texts import t

_CHANGES = ("added", "updated", "moved", "removed", "unchanged")


def summary_json(summary: Summary) -> Shape:
    """The same for programs."""
    rejected = [{"source": r.source, **reason_json(r.reason)} for r in summary.rejected]
    notice = notice_json(summary.notice) if summary.notice else None
    return asdict(summary) | {"rejected": rejected, "notice": notice}


def print_summary(summary: Summary, folder: Path) -> None:
    """What was done to the index in `folder`."""
    if summary.notice:
        print_warnings([summary.notice])
    say("command_summary", folder=folder, **asdict(summary))
    counts = [(name, getattr(summary, name)) for name in _CHANGES]
    changes = [t(f"change_{name}", count=count) for name, count in counts if count]
    click.echo(t("command_between").join(changes) or t("command_no_files"))
    if summary.rejected:
        say("command_rejected", count=len(summary.rejected), err=True)
        for rejected in summary.rejected:
            reason = told(rejected.reason)
            say("command_reason", source=rejected.source, reason=reason, err=True)
