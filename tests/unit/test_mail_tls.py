"""Mails by TLS and STARTTLS: to a server that proves who it is, and to no other."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

import pytest
import trustme

from tests.receivers import Receivers, receivers
from web.alerts import mail
from web.alerts.errors import DeliveryError
from web.said import told

Scheme = Literal["smtp", "smtps"]
WAYS: dict[Scheme, Literal["starttls", "smtps"]] = {"smtp": "starttls", "smtps": "smtps"}


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(issuer: trustme.CA, tmp_path: Path) -> Path:
    """The file of certificates that are trusted."""
    issuer.cert_pem.write_to_path(tmp_path / "ca.pem")
    return tmp_path / "ca.pem"


@pytest.fixture
def taken(issuer: trustme.CA) -> Iterator[Receivers]:
    """A server of localhost."""
    with receivers() as taken:
        issuer.issue_cert("localhost").configure_cert(taken.context)
        yield taken


def send(taken: Receivers, scheme: str, trusted: Path | str, host: str = "localhost") -> None:
    environment = {
        "GONGKAI_SMTP": f"{scheme}://reader@{host}:{taken.mail_port}",
        "GONGKAI_SMTP_PASSWORD": "word",
        "GONGKAI_SMTP_CA": str(trusted),
        "GONGKAI_MAIL_FROM": "a@b.example",
    }
    mail.send("c@d.example", "1", "标题", "正文", 1, mail.server(environment))


def refused(taken: Receivers, scheme: str, trusted: Path | str, host: str = "localhost") -> str:
    """The key of what is said; nothing was told to the server, no password above all."""
    with pytest.raises(DeliveryError) as error:
        send(taken, scheme, trusted, host)
    assert (taken.mails, taken.logins) == ([], [])
    said = told(error.value.message)
    assert "word" not in said.replace("password", "")
    return error.value.message.key


@pytest.mark.parametrize("scheme", WAYS)
def test_a_mail_by_tls(taken: Receivers, trusted: Path, scheme: Scheme) -> None:
    taken.encrypts = WAYS[scheme]
    send(taken, scheme, trusted)
    (sent,) = taken.mails
    assert sent["Subject"] == "标题"
    assert taken.logins == [b"\0reader\0word"]


@pytest.mark.parametrize("scheme", WAYS)
@pytest.mark.parametrize("trust", ["the system's", "another's"])
def test_a_certificate_that_nobody_vouches_for(
    taken: Receivers, tmp_path: Path, scheme: Scheme, trust: str
) -> None:
    taken.encrypts = WAYS[scheme]
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    path = "" if trust == "the system's" else other
    assert refused(taken, scheme, path) == "mail_certificate"


@pytest.mark.parametrize("scheme", WAYS)
def test_the_certificate_of_another_host(taken: Receivers, trusted: Path, scheme: Scheme) -> None:
    taken.encrypts = WAYS[scheme]
    assert refused(taken, scheme, trusted, host="127.0.0.1") == "mail_certificate"


def test_one_that_is_no_longer_good(taken: Receivers, issuer: trustme.CA, trusted: Path) -> None:
    taken.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime(2020, 1, 1, tzinfo=timezone.utc)
    issuer.issue_cert("localhost", not_after=past).configure_cert(taken.context)
    taken.encrypts = "smtps"
    with pytest.raises(DeliveryError) as error:
        send(taken, "smtps", trusted)
    message = error.value.message
    assert message.key == "mail_certificate"
    assert "expired" in told(message)
    assert "GONGKAI_SMTP_CA" in told(message)


@pytest.mark.parametrize(
    ("encrypts", "scheme", "key"),
    [
        ("", "smtp", "mail_no_starttls"),
        ("", "smtps", "mail_no_tls"),
        ("starttls", "smtps", "mail_no_tls"),
    ],
)
def test_a_server_that_speaks_otherwise(
    taken: Receivers,
    trusted: Path,
    encrypts: Literal["", "starttls"],
    scheme: Scheme,
    key: str,
) -> None:
    taken.encrypts = encrypts
    assert refused(taken, scheme, trusted) == key


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_of_no_certificates_is_told_at_once(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(DeliveryError) as error:
        mail.server({"GONGKAI_SMTP": "smtps://a.example", "GONGKAI_SMTP_CA": str(path)})
    assert error.value.message.key == "mail_trusted"
    assert str(path) in told(error.value.message)
