"""What `gongkai index` prints: what the index holds now, what has changed, what was not taken."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from indexer.pipeline.tally import Summary
from search.remote.address import Address
from web.api.json_shape import Shape, notice_json, reason_json
from web.rejected import causes, mend_told
from web.said import told
from web.terminal.say import print_warnings, say
from web.texts import t

MOST_LISTED = 10
"""Files that a terminal names one by one; of more it says how many have which reason."""
_CHANGES = ("added", "updated", "moved", "removed", "unchanged")


def summary_json(summary: Summary) -> Shape:
    """The same for programs."""
    rejected = [{"source": r.source, **reason_json(r.reason)} for r in summary.rejected]
    notice = notice_json(summary.notice) if summary.notice else None
    return asdict(summary) | {"rejected": rejected, "notice": notice}


def print_summary(summary: Summary, folder: Path | Address) -> None:
    """What was done to the index in a folder, or in a cluster."""
    if summary.notice:
        print_warnings([summary.notice])
    say("command_summary", folder=folder, **asdict(summary))
    counts = [(name, getattr(summary, name)) for name in _CHANGES]
    changes = [t(f"change_{name}", count=count) for name, count in counts if count]
    click.echo(t("command_between").join(changes) or t("command_no_files"))
    if summary.copies:
        say("command_copies", count=summary.copies)
    if summary.rejected:
        say("command_rejected", count=len(summary.rejected), err=True)
        if len(summary.rejected) > MOST_LISTED and sys.stderr.isatty():
            _print_causes(summary)
        else:
            _print_rejected(summary)


def _print_rejected(summary: Summary) -> None:
    for rejected in summary.rejected:
        say("command_reason", source=rejected.source, reason=told(rejected.reason), err=True)


def _print_causes(summary: Summary) -> None:
    """What a screen has room for: each reason once, with what to do."""
    for cause in causes((rejected.source, rejected.reason) for rejected in summary.rejected):
        say("command_cause", count=cause.files, reason=told(cause.reason), err=True)
        say("command_cause_example", source=cause.example, err=True)
        if cause.mend:
            say("command_cause_mend", mend=mend_told(cause), err=True)
    say("command_causes_all", err=True)
