"""Whatever waits to be sent is sent: each message until it arrived, none in the way of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.saved.database import Database
from search.saved.outbox import Waiting, claim_all, delivered, failed
from search.saved.searches import Kind
from web.alerts import mail, told, webhook
from web.alerts.errors import DeliveryError, UnreachableError
from web.alerts.secret import secret

ENOUGH = 3
"""How often nobody answers before the others are left for later."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was tried; `trouble`: why it did not arrive, None where it did."""

    waiting: Waiting
    trouble: Message | None


def deliver(database: Database, clock: Callable[[], float]) -> list[Sent]:
    """Try every message that is due, once; where nobody answered ENOUGH times, the others wait for the next call:
    each would take as long as one has patience. Raises SavedError."""
    silent: Counter[str] = Counter()
    sent: list[Sent] = []
    for waiting in claim_all(database, clock, lambda kind, to: silent[_server(kind, to)] >= ENOUGH):
        trouble = _tried(database, waiting, clock)
        silent[_server(waiting.kind, waiting.address)] += isinstance(trouble, UnreachableError)
        sent.append(Sent(waiting, trouble.message if trouble else None))
    return sent


def _server(kind: Kind, address: str) -> str:
    """Whom a message is handed to: all mails to one."""
    return kind if kind == "mail" else urlsplit(address).netloc


def _tried(database: Database, waiting: Waiting, clock: Callable[[], float]) -> GongkaiError | None:
    """Why it did not arrive."""
    now = int(clock())
    try:
        _send(waiting, now)
    except GongkaiError as error:
        failed(database, waiting, error.message, now)
        return error
    delivered(database, waiting)
    return None


def _send(waiting: Waiting, now: int) -> None:
    body = waiting.body
    if waiting.kind == "webhook":
        shape = told.shape(body, waiting.id, waiting.root)
        webhook.send(waiting.address, webhook_secret(), waiting.id, shape, now)
    else:
        subject, text = told.subject(body), told.text(body, waiting.root)
        mail.send(waiting.address, waiting.id, subject, text, now, mail.server())


def webhook_secret() -> str:
    """What webhooks are signed with. Raises DeliveryError."""
    found = secret(webhook.SECRET)
    if not found:
        raise DeliveryError(
            Message("webhook_secret"), hint=Message("webhook_secret_hint", name=webhook.SECRET)
        )
    return found
