"""News by e-mail, through the server that GONGKAI_SMTP names.

SMTP knows no exactly once. A server that took a message may be killed, or we, before that is noted; then the same
comes again, under the same Message-ID, by which most mailboxes keep one of the two.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from indexer.messages import Message
from web.alerts.errors import DeliveryError, UnreachableError
from web.alerts.secret import secret

TIMEOUT = 20.0
"""Seconds that connecting, and each wait for the server, may take."""
SERVER, SENDER, PASSWORD = "GONGKAI_SMTP", "GONGKAI_MAIL_FROM", "GONGKAI_SMTP_PASSWORD"
TRUSTED = "GONGKAI_SMTP_CA"
"""Names a file of certificates (PEM): they are trusted instead of the system's."""
_ADDRESS = re.compile(r"[!-;=?A-~]+@[0-9A-Za-z.-]+")
_ID = "<{}@gongkai.invalid>"
_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class Server:
    """`scheme`: smtps speaks TLS from the first byte, smtp by STARTTLS or not at all; smtp+plain, for a server
    of this machine, speaks none. `trusted`: see TRUSTED, "" for the system's certificates."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str
    trusted: str = ""


def checked(address: str) -> str:
    """A mailbox that can be sent to. Raises DeliveryError."""
    if not _ADDRESS.fullmatch(address):
        raise DeliveryError(Message("mail_address", address=address))
    return address


def server(environment: Mapping[str, str] = os.environ) -> Server:
    """The server that the environment names: smtp://user@host:587. Raises DeliveryError."""
    given = environment.get(SERVER, "")
    try:
        parts = urlsplit(given)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname:
        raise DeliveryError(Message("mail_server", name=SERVER), hint=Message("mail_server_hint"))
    if parts.password is not None:
        raise DeliveryError(Message("mail_password", name=PASSWORD))
    user, password = unquote(parts.username or ""), secret(PASSWORD, environment) or ""
    sender = environment.get(SENDER) or (user if "@" in user else f"gongkai@{parts.hostname}")
    trusted = environment.get(TRUSTED, "")
    _context(trusted)
    return Server(parts.scheme, parts.hostname, port, user, password, checked(sender), trusted)


def send(to: str, identity: str, subject: str, text: str, now: int, by: Server) -> None:
    """Send a message of plain text. Raises DeliveryError."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = by.sender, to, subject
    message["Date"] = format_datetime(datetime.fromtimestamp(now, timezone.utc))
    message["Message-ID"] = _ID.format(identity)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    try:
        with _connected(by) as connection:
            if by.user:
                connection.login(by.user, by.password)
            connection.send_message(message)
    except (smtplib.SMTPException, ssl.SSLError, ValueError) as error:
        raise DeliveryError(_why(error, by)) from error
    except OSError as error:
        raise UnreachableError(_why(error, by)) from error


def _why(error: Exception, by: Server) -> Message:
    """What kept a mail from being sent, and what to do."""
    said = str(error) or type(error).__name__
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or said
        return Message("mail_certificate", host=by.host, error=why, name=TRUSTED)
    if isinstance(error, ssl.SSLError):
        return Message("mail_no_tls", host=by.host, port=by.port, error=error.reason or said)
    if isinstance(error, smtplib.SMTPNotSupportedError) and by.scheme == "smtp":
        return Message("mail_no_starttls", host=by.host, port=by.port)
    return Message("mail_failed", error=said)


def _context(trusted: str) -> ssl.SSLContext:
    """How a server has to prove that it is the one: always. Raises DeliveryError."""
    try:
        return ssl.create_default_context(cafile=trusted or None)
    except OSError as error:  # an SSLError is one, too
        said = error.strerror or str(error)
        raise DeliveryError(Message("mail_trusted", path=trusted, error=said)) from error


def _connected(by: Server) -> smtplib.SMTP:
    context = _context(by.trusted)
    if by.scheme == "smtps":
        return smtplib.SMTP_SSL(by.host, by.port, timeout=TIMEOUT, context=context)
    connection = smtplib.SMTP(by.host, by.port, timeout=TIMEOUT)
    if by.scheme == "smtp":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection
