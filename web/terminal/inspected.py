"""What `gongkai inspect` says of a file: how it is read, and what lies in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.model import Report
from indexer.pipeline.inspect import Inspected
from web.api.json_shape import Shape, reason_json, regions_of, report_json
from web.said import told
from web.terminal.outline import print_report
from web.terminal.say import printable, say
from web.texts import t


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the one that was asked for: the facts of its report, or why there is none."""

    source: str
    what: Shape | Message


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was asked for: its report, if it is one, and what lies in it."""

    source: str
    report: Report | None
    members: tuple[Member, ...]


def inspected(found: Iterable[Inspected], source: str) -> Read:
    """All that was found of a file; of reports that lie in it the facts alone are kept.

    Raises UnreadableError where it is no report, and nothing lies in it.
    """
    report: Report | None = None
    reason: Message | None = None
    members: list[Member] = []
    for each in found:
        if each.source != source:
            members.append(Member(each.source, _facts(each.what)))
        elif isinstance(each.what, Message):
            reason = each.what
        else:
            report = each.what
    if reason and not members:
        raise UnreadableError(reason)
    if reason and reason.key != "no_text":
        members.append(Member(source, reason))
    return Read(source, report, tuple(members))


def _facts(what: Report | Message) -> Shape | Message:
    if isinstance(what, Message):
        return what
    facts: Shape = {"id": what.id, "title": what.title, "year": what.year}
    return facts | {"region": regions_of(what.region)}


def inspected_json(read: Read) -> Shape:
    """A report as it is; of a file in which others lie also those, as `members`."""
    shape: Shape = report_json(read.report) if read.report else {"source": read.source}
    if read.members or not read.report:
        shape["members"] = [
            {"source": m.source} | (reason_json(m.what) if isinstance(m.what, Message) else m.what)
            for m in read.members
        ]
    return shape


def print_inspected(read: Read) -> None:
    """The same on a terminal."""
    if read.report:
        print_report(read.report)
    if read.members:
        say("command_members", count=len(read.members))
    for member in read.members:
        click.echo(f"  {printable(member.source)}")
        click.echo(f"    {printable(_line(member.what))}")


def _line(what: Shape | Message) -> str:
    """Title, region and year; or why there is no report."""
    if isinstance(what, Message):
        return t("command_no_report", reason=told(what))
    region = what["region"]
    names = [str(r["name"]) for r in region] if isinstance(region, list) else []
    parts = (str(what["title"]), " › ".join(names) or "—", str(what["year"] or "—"))
    return " · ".join(parts)
