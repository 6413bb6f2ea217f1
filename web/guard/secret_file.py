"""Files that only their owner may read."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.messages import Message
from indexer.store.lock import lock
from web.guard.errors import UsersError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MODE = stat.S_IRUSR | stat.S_IWUSR
_KEY_BYTES = 32
_PATIENCE = 3.0
"""Seconds."""


def read_secret(path: Path) -> str:
    """The text of a file. UsersError where it cannot be read, or others can, too; Windows has no such modes."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if sys.platform != "win32" and mode & _OTHERS:
                raise UsersError(
                    Message("users_readable", path=str(path)),
                    hint=Message("users_readable_hint", path=str(path)),
                )
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error


def write_secret(path: Path, text: str) -> None:
    """Write a file whole, or leave the one that was there. UsersError."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(beside, text)
        beside.replace(path)
    except OSError as error:
        raise _unusable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def add_secret(path: Path, line: str) -> None:
    """Add a line to a file, which is made where there is none. UsersError."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _MODE), "wb") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unusable(path, error) from error


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Another one whenever the file is another; None where it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else changes the file inside: what is read there is still so when it is written. UsersError where
    somebody does for longer than _PATIENCE."""
    beside = path.with_name(f"{path.name}.lock")
    try:
        file = os.open(beside, os.O_RDWR | os.O_CREAT, _MODE)
    except OSError as error:
        raise _unusable(beside, error) from error
    try:
        end = time.monotonic() + _PATIENCE
        while not lock(file):
            if time.monotonic() > end:
                raise UsersError(
                    Message("users_busy", path=str(path)), hint=Message("users_busy_hint")
                )
            time.sleep(0.01)
        yield
    finally:
        os.close(file)


def key_of(path: Path) -> str:
    """The key in a file, which is made where there is none: of two who make one, the first. UsersError."""
    if not path.exists():
        try:
            _write_new(path, secrets.token_hex(_KEY_BYTES))
        except FileExistsError:
            pass
        except OSError as error:
            raise _unusable(path, error) from error
    key = read_secret(path).strip()
    if len(key) < 2 * _KEY_BYTES:
        raise UsersError(
            Message("users_key_short", path=str(path)),
            hint=Message("users_key_short_hint", path=str(path)),
        )
    return key


def _write_new(path: Path, text: str) -> None:
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _unusable(path: Path, error: Exception) -> UsersError:
    why = (isinstance(error, OSError) and error.strerror) or str(error)
    return UsersError(
        Message("users_unusable", path=str(path), error=why), hint=Message("users_unusable_hint")
    )
