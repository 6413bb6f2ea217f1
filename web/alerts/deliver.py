"""Whatever waits to be sent is sent: each message until it arrived, none in the way of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.saved.database import Database
from search.saved.outbox import Waiting, claim_all, delivered, failed
from web.alerts import mail, told, webhook
from web.alerts.errors import DeliveryError
from web.alerts.secret import secret


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was tried; `trouble`: why it did not arrive, None where it did."""

    waiting: Waiting
    trouble: Message | None


def deliver(database: Database, clock: Callable[[], float]) -> list[Sent]:
    """Try every message that is due, once. Raises SavedError."""
    return [_tried(database, waiting, clock) for waiting in claim_all(database, clock)]


def _tried(database: Database, waiting: Waiting, clock: Callable[[], float]) -> Sent:
    now = int(clock())
    try:
        _send(waiting, now)
    except GongkaiError as error:
        failed(database, waiting, error.message, now)
        return Sent(waiting, error.message)
    delivered(database, waiting)
    return Sent(waiting, None)


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
