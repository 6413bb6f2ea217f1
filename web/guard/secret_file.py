"""Files that only their owner may read."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from pathlib import Path

from indexer.messages import Message
from web.guard.errors import UsersError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MODE = stat.S_IRUSR | stat.S_IWUSR
_KEY_BYTES = 32


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
