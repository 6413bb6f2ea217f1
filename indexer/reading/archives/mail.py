"""Mails: the text of one as a document, its attachments as files; and mailboxes of them."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from typing import IO

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.archives.limits import MEMBER, Stream
from indexer.reading.archives.paths import decoded

_FROM = re.compile(rb"^From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]*\n", re.MULTILINE)
_TEXTS = ("text/html", "text/plain")
_FAULTS = (ValueError, LookupError, HeaderParseError, RecursionError, AttributeError, TypeError)
"""What the library raises of headers and parts that are none."""


class Attachments:
    """A `Container`: the files that hang on a mail. A mail in a mail is one of them."""

    fault = None

    def __init__(self, data: bytes) -> None:
        self._parts = list(_files(_mail(data)))
        self.paths = [_name(part, number) for number, part in enumerate(self._parts, start=1)]

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        yield io.BytesIO(_content(self._parts[number]))


class Mailbox:
    """A `Container`: the mails of a mailbox, by their numbers."""

    fault = None

    def __init__(self, opened: IO[bytes]) -> None:
        self._data = opened.read(MEMBER + 1)
        if len(self._data) > MEMBER:
            raise UnreadableError(Message("member_too_big", most=MEMBER >> 20))
        found = list(_FROM.finditer(self._data))
        self._starts = [match.end() for match in found]
        self._ends = [*(match.start() for match in found[1:]), len(self._data)]
        self.paths = [f"{number}.eml" for number in range(1, len(found) + 1)]

    @contextlib.contextmanager
    def open(self, number: int) -> Iterator[Stream]:
        yield io.BytesIO(self._data[self._starts[number] : self._ends[number]])


def mail_text(data: bytes) -> tuple[bytes, bool, str]:
    """The text of a mail as it was encoded, whether it is HTML, and the mail's subject.

    Of a text in two forms it is the page. UnreadableError where there is none.
    """
    mail = _mail(data)
    texts = [part for part in _walk(mail) if _is_text(part)]
    kinds = [part.get_content_type() for part in texts]
    for kind in _TEXTS:
        if kind in kinds:
            part = texts[kinds.index(kind)]
            return _content(part), kind == "text/html", _header(mail, "Subject")
    raise UnreadableError(Message("no_text"))


def _mail(data: bytes) -> Mail:
    try:
        mail = message_from_bytes(data)
        _mend(mail)
        return mail
    except _FAULTS as error:
        raise UnreadableError(Message("broken_archive", error=str(error)[:200])) from None


def _walk(mail: Mail) -> Iterator[Mail]:
    """The parts of a mail that are none of another mail in it, but that mail itself."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [each for each in part.get_payload() if isinstance(each, Mail)]
        else:
            _mend(part)
            yield part


def _mend(part: Mail) -> None:
    """Headers whose bytes say nothing of their encoding, as mail programs here wrote them, as text."""
    for name, value in list(part.raw_items()):
        raw = str(value).encode("utf-8", "surrogateescape")
        if not raw.isascii():
            del part[name]
            part[name] = decoded([raw])[0]


def _is_text(part: Mail) -> bool:
    return part.get_content_type() in _TEXTS and not _is_file(part)


def _is_file(part: Mail) -> bool:
    """Whether a part is a file of its own. Pictures that stand in the text are none."""
    if part.get_content_type() == "message/rfc822":
        return True
    disposition = str(part.get("Content-Disposition", "")).lower()
    if disposition.startswith("attachment"):
        return True
    return bool(_file_name(part)) and "Content-ID" not in part


def _files(mail: Mail) -> Iterator[Mail]:
    return (part for part in _walk(mail) if _is_file(part))


def _content(part: Mail) -> bytes:
    """The bytes of a part; a mail in a mail as it stands."""
    try:
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            return b"".join(each.as_bytes() for each in payload if isinstance(each, Mail))
        content = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return content if isinstance(content, bytes) else b""


def _name(part: Mail, number: int) -> str:
    """What an attachment is called; its number where it has no name."""
    name = _file_name(part).replace("/", "_").replace("\\", "_")
    if part.get_content_type() == "message/rfc822":
        return name if name.lower().endswith(".eml") else f"{name or number}.eml"
    return name or str(number)


def _file_name(part: Mail) -> str:
    try:
        return _plain(part.get_filename() or "")
    except _FAULTS:
        return ""


def _header(mail: Mail, name: str) -> str:
    try:
        return " ".join(_plain(str(mail.get(name, ""))).split())
    except _FAULTS:
        return ""


def _plain(written: str) -> str:
    """A header's text: words that say their encoding, and bytes that do not."""
    parts = decode_header(written)
    texts: list[str] = []
    for content, codec in parts:
        if isinstance(content, str):
            texts.append(content)
        elif codec and codec.lower() not in ("unknown-8bit", "us-ascii"):
            texts.append(content.decode("gb18030" if "gb" in codec.lower() else codec, "replace"))
        else:
            texts.append(decoded([content])[0])
    return "".join(texts)
