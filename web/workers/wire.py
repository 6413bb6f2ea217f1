"""What goes between front, keeper and workers: JSON, beside it bytes.

A lane is a stream between front and worker that has one request at a time; a channel, between front and
keeper, has whole messages, and sockets with them.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

Head = dict[str, Any]

_SIZES = struct.Struct("!II")
"""Bytes of the head and of the body, which follow."""
_MESSAGE = 1 << 16
"""Bytes that a message of a channel has at most."""


class LostError(Exception):
    """The other side is gone."""


def lane() -> tuple[socket.socket, socket.socket]:
    """Both ends of a lane."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)


def channel() -> tuple[socket.socket, socket.socket]:
    """Both ends of a channel."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(to: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send along a lane. LostError."""
    packed = json.dumps(head, separators=(",", ":")).encode()
    try:
        to.sendall(b"".join((_SIZES.pack(len(packed), len(body)), packed, body)))
    except OSError as error:
        raise LostError from error


def receive(source: socket.socket) -> tuple[Head, bytes]:
    """What comes along a lane next. LostError, TimeoutError where the socket has a limit of time."""
    head, body = _SIZES.unpack(_exactly(source, _SIZES.size))
    return json.loads(_exactly(source, head)), _exactly(source, body)


def _exactly(source: socket.socket, size: int) -> bytes:
    filled = bytearray(size)
    view, there = memoryview(filled), 0
    while there < size:
        try:
            came = source.recv_into(view[there:])
        except TimeoutError:
            raise
        except OSError as error:
            raise LostError from error
        if not came:
            raise LostError
        there += came
    return bytes(filled)


def tell(to: socket.socket, message: Head, *sockets: socket.socket) -> None:
    """Send along a channel. The sockets stay open here, too. LostError."""
    try:
        socket.send_fds(to, [json.dumps(message).encode()], [each.fileno() for each in sockets])
    except OSError as error:
        raise LostError from error


def told(source: socket.socket, sockets: int = 0) -> tuple[Head, list[socket.socket]]:
    """What comes along a channel next, with at most so many sockets. LostError."""
    try:
        message, numbers, _, _ = socket.recv_fds(source, _MESSAGE, sockets)
    except OSError as error:
        raise LostError from error
    if not message:
        raise LostError
    return json.loads(message), [socket.socket(fileno=number) for number in numbers]
