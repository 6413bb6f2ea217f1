"""What `gongkai alerts` prints, and a run of the index of saved searches."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.saved.asked import request_of
from search.saved.news import Outcome
from search.saved.searches import Saved, Target
from web.alerts.run import Round
from web.alerts.told import counted
from web.api.json_shape import Shape, notice_json
from web.said import told
from web.show import utc
from web.terminal.say import say
from web.texts import t
from web.urls import search_url

_SHOWN = 10
"""Reports of a search that a run names."""


def print_round(done: Round, *, err: bool = False) -> None:
    """What is new, and what could not be compared or sent; nothing of searches that are as they were."""
    for outcome in done.outcomes:
        _print_outcome(outcome, err=err)
    arrived = sum(sent.trouble is None for sent in done.sent)
    if arrived:
        say("alerts_sent", count=arrived, err=err)
    for sent in done.sent:
        if sent.trouble is not None:
            place = sent.waiting.address
            say("alerts_unsent", address=place, trouble=told(sent.trouble), err=True)


def _print_outcome(outcome: Outcome, *, err: bool) -> None:
    name, changes = outcome.saved.name, outcome.changes
    if outcome.trouble is not None:
        say("alerts_outcome_trouble", name=name, trouble=told(outcome.trouble), err=True)
    if not changes:
        return
    say("alerts_outcome", name=name, changes=counted([{"what": c.what} for c in changes]), err=err)
    for change in changes[:_SHOWN]:
        say("alerts_report", what=t(f"what_{change.what}"), title=change.told["title"], err=err)
    if changes[_SHOWN:]:
        say("alerts_more", count=len(changes) - _SHOWN, err=err)


def print_list(every: Sequence[Saved], targets: Sequence[Target]) -> None:
    """Each with its address, and where it is sent."""
    if not every:
        say("alerts_none")
    for saved in every:
        say("alerts_item", id=saved.id, name=saved.name, reports=saved.reports, unread=saved.unread)
        say("alerts_asked", address=address_of(saved) or saved.asked)
        if saved.trouble is not None:
            say("alerts_trouble", trouble=told(saved.trouble))
        for target in targets:
            if target.search == saved.id:
                _print_target(target)


def _print_target(target: Target) -> None:
    say("alerts_target", address=target.address)
    if target.waiting:
        why = told(target.trouble) if target.trouble else t("alerts_not_tried")
        say("alerts_waiting", count=target.waiting, trouble=why)


def address_of(saved: Saved) -> str | None:
    """The page of a saved search; None where it no longer can be asked."""
    try:
        return search_url(request_of(saved.asked))
    except GongkaiError:
        return None


def saved_json(saved: Saved, targets: Sequence[Target]) -> Shape:
    """A saved search as JSON."""
    return {
        "id": saved.id,
        "name": saved.name,
        "url": address_of(saved),
        "made": utc(saved.made),
        "compared": utc(saved.looked),
        "reports": saved.reports,
        "unread": saved.unread,
        "trouble": _trouble(saved.trouble),
        "targets": [
            {
                "kind": target.kind,
                "address": target.address,
                "waiting": target.waiting,
                "trouble": _trouble(target.trouble),
            }
            for target in targets
            if target.search == saved.id
        ],
    }


def round_json(done: Round) -> Shape:
    """What a round did, as JSON."""
    return {
        "searches": [
            {
                "name": outcome.saved.name,
                "changes": [
                    {"what": c.what, "id": c.report, "title": c.told["title"]}
                    for c in outcome.changes
                ],
                "trouble": _trouble(outcome.trouble),
            }
            for outcome in done.outcomes
        ],
        "sent": [
            {"id": s.waiting.id, "address": s.waiting.address, "trouble": _trouble(s.trouble)}
            for s in done.sent
        ],
    }


def _trouble(trouble: Message | None) -> Shape | None:
    return None if trouble is None else notice_json(trouble)
