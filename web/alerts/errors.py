"""What keeps news from being sent."""

from __future__ import annotations

from indexer.errors import GongkaiError


class DeliveryError(GongkaiError):
    """A message was not sent, or a place cannot be sent to."""

    code = "delivery"


class UnreachableError(DeliveryError):
    """Nobody answered there."""

    code = "unreachable"
