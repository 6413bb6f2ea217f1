"""A web server and a mail server of the tests' own: they take what is sent to them, or refuse some of it."""

from __future__ import annotations

import contextlib
import json
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, cast

Behaviour = str
"""ok; refuse: an error, nothing taken; drop: taken, and the connection cut without a word; redirect."""


@dataclass
class Receivers:
    """Both servers. What was taken: `posts` (headers, body) and `mails`, in the order of their coming, and
    `logins`, of the mail server, which `encrypts` by `context`."""

    behave: Callable[[], Behaviour] = lambda: "ok"
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    encrypts: Literal["", "starttls", "smtps"] = ""
    context: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    web_port: int = 0
    mail_port: int = 0

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.web_port}/news"

    @property
    def environment(self) -> dict[str, str]:
        """What the program must know to send here."""
        return {
            "GONGKAI_WEBHOOK_SECRET": "秘密",
            "GONGKAI_SMTP": f"smtp+plain://127.0.0.1:{self.mail_port}",
            "GONGKAI_MAIL_FROM": "gongkai@example.org",
        }

    def bodies(self) -> list[dict[str, Any]]:
        """The posts as JSON, each id once."""
        return list({h["Gongkai-Id"]: json.loads(body) for h, body in self.posts}.values())

    def texts(self) -> list[tuple[str, str]]:
        """To whom, and the text of each mail, each Message-ID once."""
        every = {str(mail["Message-ID"]): mail for mail in self.mails}.values()
        return [(str(mail["To"]), cast(str, mail.get_content())) for mail in every]


@contextlib.contextmanager
def receivers(behave: Callable[[], Behaviour] = lambda: "ok") -> Iterator[Receivers]:
    """Servers on free ports of this machine, until `with` ends."""
    taken = Receivers(behave)
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), _web(taken)) as web,
        _MailServer(("127.0.0.1", 0), _mail(taken)) as mail,
    ):
        taken.web_port, taken.mail_port = web.server_address[1], mail.server_address[1]
        threads = [threading.Thread(target=s.serve_forever, args=(0.01,)) for s in (web, mail)]
        for thread in threads:
            thread.start()
        try:
            yield taken
        finally:
            web.shutdown()
            mail.shutdown()
            for thread in threads:
                thread.join()


class _MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed has hung up."""


def _web(taken: Receivers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) < size:  # the sender was killed
                return
            how = taken.behave()
            if how in ("ok", "drop"):
                taken.posts.append((dict(self.headers), body))
            if how == "drop":
                return
            self.send_response({"ok": 204, "refuse": 500, "redirect": 302}[how])
            if how == "redirect":
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            taken.posts.append(({"Gongkai-Id": "a redirect was followed"}, b"{}"))

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

    return Handler


def _mail(taken: Receivers) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if taken.encrypts == "smtps":
                self.request = taken.context.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            self._say(b"220 tests")
            while line := self.rfile.readline():
                word = line.split(b" ")[0].strip().upper()
                if word == b"DATA":
                    if not self._data():
                        return
                elif word == b"QUIT":
                    self._say(b"221 bye")
                    return
                elif word == b"EHLO":
                    self._say(b"250-tests")
                    self._say(b"250 " + self._offer())
                elif word == b"STARTTLS":
                    self._say(b"220 go on")
                    self.request = taken.context.wrap_socket(self.request, server_side=True)
                    super().setup()
                elif word == b"AUTH":
                    taken.logins.append(b64decode(line.split()[-1]))
                    self._say(b"235 welcome")
                else:
                    self._say(b"250 ok")

        def finish(self) -> None:
            """Of a socket that was wrapped, the server knows nothing."""
            super().finish()
            self.request.close()

        def _offer(self) -> bytes:
            if taken.encrypts == "starttls" and not isinstance(self.request, ssl.SSLSocket):
                return b"STARTTLS"
            return b"AUTH PLAIN"

        def _data(self) -> bool:
            self._say(b"354 go on")
            lines: list[bytes] = []
            for line in self.rfile:
                if line == b".\r\n":
                    break
                lines.append(line.removeprefix(b"."))
            else:
                return False  # the sender was killed
            how = taken.behave()
            if how in ("ok", "drop"):
                mail = message_from_bytes(b"".join(lines), policy=policy.default)
                taken.mails.append(cast(EmailMessage, mail))
            if how != "drop":
                self._say(b"250 taken" if how == "ok" else b"451 later")
            return how != "drop"

        def _say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

    return Handler
