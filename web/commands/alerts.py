"""`gongkai alerts`: saved searches, and being told what is new of them."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.model import SearchRequest
from search.saved import searches
from search.saved.database import Database, saved_path
from search.saved.looking import look
from web import public
from web.alerts import mail, webhook
from web.alerts.deliver import webhook_secret
from web.alerts.run import run as run_alerts
from web.commands.language import Group
from web.commands.options import filter_options, index_option, json_option
from web.commands.search import typed
from web.commands.wiring import open_engine
from web.terminal.alerts import print_list, print_round, round_json, saved_json
from web.terminal.say import print_json, print_warnings, say

_OF = "alerts"


@click.group("alerts", cls=Group)
def alerts() -> None:
    """What there is to say stands in web/texts/command.py."""


@alerts.command("run", of=_OF)
@index_option
@json_option
def run(folder: Path, as_json: bool) -> None:
    done = run_alerts(folder, open_engine, time.time)
    if as_json:
        print_json(round_json(done))
    else:
        print_round(done)
        if not done.sent and not done.troubled and not any(o.changes for o in done.outcomes):
            say("alerts_unchanged")
    if done.troubled:
        sys.exit(1)


@alerts.command("list", of=_OF)
@index_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    database = Database(saved_path(folder))
    every, targets = searches.every(database), searches.targets(database)
    if as_json:
        print_json({"searches": [saved_json(saved, targets) for saved in every]})
    else:
        print_list(every, targets)


@alerts.command("add", of=_OF, context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("query")
@index_option
@filter_options
def add(name: str, query: str, folder: Path, **options: Any) -> None:
    request = SearchRequest(q=typed(query), **options).validate()
    found = look(open_engine(folder), request)
    searches.add(Database(saved_path(folder)), typed(name), request, found, int(time.time()))
    say("alerts_added", name=name, reports=len(found.found))


@alerts.command("send", of=_OF)
@click.argument("name")
@index_option
@click.option("--webhook", "webhooks", multiple=True)
@click.option("--mail", "mails", multiple=True)
@click.option("--public-url")
def send(
    name: str,
    folder: Path,
    webhooks: tuple[str, ...],
    mails: tuple[str, ...],
    public_url: str | None,
) -> None:
    """Refuses what could not be sent: without a secret, or a mail server."""
    database = Database(saved_path(folder))
    number = searches.find(database, name).id
    root = "" if public_url is None else public.checked(public_url)
    places = [*map(webhook.checked, webhooks), *map(mail.checked, mails)]
    if webhooks:
        webhook_secret()
    if mails:
        mail.server()
    for place in places:
        kind: searches.Kind = "webhook" if place in webhooks else "mail"
        searches.add_target(database, number, kind, place, root)
    print_list([searches.find(database, name)], searches.targets(database))


@alerts.command("remove", of=_OF)
@click.argument("name")
@index_option
@click.option("--to")
def remove(name: str, folder: Path, to: str | None) -> None:
    database = Database(saved_path(folder))
    saved = searches.find(database, name)
    if to is None:
        searches.remove(database, saved.id)
        say("alerts_removed", name=saved.name)
    else:
        searches.remove_target(database, saved.id, to)
        print_list([searches.find(database, name)], searches.targets(database))


def tell_news(folder: Path) -> None:
    """After a run of the index: what is new of saved searches, on the standard error. What goes wrong there
    is told, and is no failure of the run."""
    try:
        print_round(run_alerts(folder, open_engine, time.time), err=True)
    except GongkaiError as error:
        print_warnings(
            [Message("saved_not_looked", error=error.message), Message("saved_not_looked_hint")]
        )
