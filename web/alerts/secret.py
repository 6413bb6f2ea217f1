"""Secrets, which come from the environment or a file that nobody else may read, never from an address."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from indexer.messages import Message
from web.alerts.errors import DeliveryError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """The value of the variable `name`, or the first line of the file that `name`_FILE names; None where neither
    is set. Raises DeliveryError for a file that others may read, or that cannot be read."""
    if environment.get(name):
        return environment[name]
    path = environment.get(f"{name}_FILE")
    return _first_line(Path(path)) if path else None


def _first_line(path: Path) -> str:
    try:
        if sys.platform != "win32" and path.stat().st_mode & _OTHERS:
            raise DeliveryError(Message("secret_readable", path=str(path)))
        return path.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        raise DeliveryError(Message("secret_unreadable", path=str(path), error=why)) from error
