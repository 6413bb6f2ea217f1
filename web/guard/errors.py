"""What goes wrong at the door."""

from __future__ import annotations

from indexer.errors import GongkaiError


class UsersError(GongkaiError):
    """The file of users, or its key, cannot be used, or does not have what was asked of it."""

    code = "users"


class NotLetInError(GongkaiError):
    """The request is from nobody who may see the pages."""

    code = "unauthorized"
