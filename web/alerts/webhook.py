"""News as JSON to an address of the web: signed, with an id that is the same whenever the message is sent again.

Exactly once is the receiver's: we send until it answers 2xx. Where it took a message and we were killed before
we could note so, the same comes again under the same `Gongkai-Id`; who keeps the ids has each once.

`Gongkai-Signature` is `t=SECONDS,v1=HEX`: HMAC-SHA256, by the secret, of SECONDS, a full stop and the body's bytes.

The server that sends is asked to connect to whatever address was given, those of its own network included: only
the command line can give one, no page.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import SSLError
from urllib.parse import SplitResult, urlsplit

from indexer.messages import Message
from web.alerts.errors import DeliveryError, UnreachableError

TIMEOUT = 10.0
"""Seconds that connecting, and each wait for the other side, may take."""
SECRET = "GONGKAI_WEBHOOK_SECRET"
"""The variable with the secret, see secret.py."""


def checked(address: str) -> str:
    """An address that can be sent to. Raises DeliveryError."""
    _parts(address)
    return address


def send(address: str, secret: str, identity: str, body: Mapping[str, object], now: int) -> None:
    """Send a message and wait for the answer; `now` in seconds since 1970. Raises DeliveryError: redirects are
    not followed, for they may lead anywhere."""
    parts = _parts(address)
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "gongkai",
        "Gongkai-Id": identity,
        "Gongkai-Signature": signature(secret, data, now),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, data, headers)
        status = connection.getresponse().status
    except (SSLError, HTTPException, ValueError) as error:
        raise DeliveryError(Message("webhook_failed", error=_said(error))) from error
    except OSError as error:
        raise UnreachableError(Message("webhook_failed", error=_said(error))) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise DeliveryError(Message("webhook_refused", status=status))


def signature(secret: str, data: bytes, now: int) -> str:
    """What stands in the header of the signature."""
    digest = hmac.new(secret.encode(), b"%d.%b" % (now, data), hashlib.sha256).hexdigest()
    return f"t={now},v1={digest}"


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    plain = address.isascii() and address.isprintable() and " " not in address
    if not sound or not plain or parts.username is not None or parts.fragment:
        raise DeliveryError(
            Message("webhook_address", address=address), hint=Message("webhook_address_hint")
        )
    return parts


def _said(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
