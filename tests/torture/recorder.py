"""Every operation on the files below a folder, as a program makes it: noted, and refused if so wished.

Python's own calls are replaced while `with` lasts: `open`, `mmap`, and those of `os` that look at files or
change them. What libraries written in C do by themselves (SQLite) is not seen.
"""

from __future__ import annotations

import builtins
import io
import mmap
import os
import pathlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.torture.disk import FOLDER, Cut, Disk, Names, Operation, Sync, SyncFolder, Write

LOOKS = ("open", "read", "map", "list", "stat")
"""Kinds of steps that change nothing."""
CHANGES = ("make", "write", "cut", "sync", "rename", "remove")

Refuse = Callable[[str, str], None]
"""Called before a step with its kind, one of LOOKS or CHANGES, and the name of the file; may raise OSError."""

_LOOKING = {"stat": "stat", "listdir": "list", "scandir": "list"}
_CHANGING = (
    "open",
    "write",
    "ftruncate",
    "fsync",
    "unlink",
    "remove",
    "mkdir",
    "rename",
    "replace",
)


def allow(kind: str, name: str) -> None:
    """Refuse nothing."""


class Recorder:
    """Notes in `operations` what changes below `root`, and in `steps` whatever is done there.

    `before`: what stood in `folders` of it when it began.
    """

    def __init__(self, root: Path, folders: tuple[str, ...], refuse: Refuse = allow) -> None:
        self._root = os.path.abspath(root)  # noqa: PTH100  (pathlib would ask the disk)
        self._refuse = refuse
        self.before = Disk.of(root, folders)
        self.operations: list[Operation] = []
        self.steps: list[tuple[str, str]] = []
        self._now = self.before.copy()
        self._opened: dict[int, tuple[str, int]] = {}
        self._replaced: list[tuple[Any, str, Any]] = []
        self._os = {name: getattr(os, name) for name in (*_LOOKING, *_CHANGING)}
        self._io_open = io.open

    def __enter__(self) -> Recorder:
        # a class of Python 3.10 with names of its own for what is in os
        accessor = getattr(pathlib, "_NormalAccessor", os)
        for holder in (os, accessor):
            for name, kind in _LOOKING.items():
                self._put(holder, name, self._looking(name, kind))
            for name in _CHANGING:
                if holder is os or (hasattr(holder, name) and name != "open"):
                    self._put(holder, name, getattr(self, f"_{name}"))
        for holder in (io, builtins, accessor if accessor is not os else io):
            self._put(holder, "open", self._open_file)
        self._put(mmap, "mmap", self._mapping())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        while self._replaced:
            holder, name, real = self._replaced.pop()
            setattr(holder, name, real)

    def _put(self, holder: Any, name: str, ours: Any) -> None:
        self._replaced.append((holder, name, getattr(holder, name)))
        setattr(holder, name, staticmethod(ours) if isinstance(holder, type) else ours)

    def _name(self, path: Any) -> str | None:
        """The name below the folder that is watched; None elsewhere."""
        if isinstance(path, int):
            return None
        whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
        below = f"{whole}{os.sep}".startswith(self._root + os.sep)
        return whole[len(self._root) + 1 :] if below else None

    def step(self, kind: str, name: str) -> None:
        """Something is to be done. Raises OSError where it is refused."""
        self.steps.append((kind, name))
        try:
            self._refuse(kind, name)
        except OSError as error:
            error.filename = f"{self._root}{os.sep}{name}"
            raise

    def done(self, operation: Operation) -> None:
        self.operations.append(operation)
        self._now.apply(operation)

    def _looking(self, call: str, kind: str) -> Callable[..., Any]:
        def look(path: Any = ".", *arguments: Any, **options: Any) -> Any:
            name = self._name(path)
            if name is not None:
                self.step(kind, name)
            return self._os[call](path, *arguments, **options)

        return look

    def _mapping(self) -> type[mmap.mmap]:
        recorder = self

        class Mapped(mmap.mmap):
            def __new__(cls, file: int, *arguments: Any, **options: Any) -> Mapped:
                if file in recorder._opened:
                    recorder.step("map", recorder._opened[file][0])
                return super().__new__(cls, file, *arguments, **options)

        return Mapped

    def begin(self, name: str, *, writes: bool, empties: bool) -> None:
        """A file is to be opened."""
        there = name in self._now.names
        self.step("make" if writes and not there else "cut" if empties else "open", name)

    def opened(self, name: str, handle: int, *, writes: bool, empties: bool) -> None:
        """It was."""
        if writes and name not in self._now.names:
            self.done(Names(((name, len(self._now.data)),)))
        file = self._now.names.get(name, FOLDER)
        self._opened[handle] = name, file
        if empties and self._now.data[file]:
            self.done(Cut(file, 0))

    def _open(self, path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        name = self._name(path)
        how = {"writes": bool(flags & os.O_CREAT), "empties": bool(flags & os.O_TRUNC)}
        if name is not None:
            self.begin(name, **how)
        handle: int = self._os["open"](path, flags, *arguments, **options)
        self._opened.pop(handle, None)
        if name is not None:
            self.opened(name, handle, **how)
        return handle

    def _open_file(self, file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        name = self._name(file)
        if name is None or "b" not in mode:
            assert name is None or "r" in mode, f"{file} is written as text"
            return self._io_open(file, mode, *arguments, **options)
        how = {"writes": "r" not in mode, "empties": "w" in mode}
        self.begin(name, **how)
        raw = RecordedFile(self, name, mode.replace("b", ""))
        self.opened(name, raw.fileno(), **how)
        return io.BufferedReader(raw) if mode == "rb" else io.BufferedWriter(raw)

    def _write(self, handle: int, data: Any) -> int:
        if handle not in self._opened:
            return int(self._os["write"](handle, data))
        at = os.lseek(handle, 0, os.SEEK_CUR)
        return self.written(handle, at, bytes(data), lambda part: self._os["write"](handle, part))

    def written(self, handle: int, at: int, data: bytes, write: Callable[[bytes], Any]) -> int:
        """Bytes are to be written; where that is refused, half of them are, as by a disk that fills up."""
        name, file = self._opened[handle]
        try:
            self.step("write", name)
        except OSError:
            half = data[: len(data) // 2]
            write(half)
            self.done(Write(file, at, half))
            raise
        write(data)
        self.done(Write(file, at, data))
        return len(data)

    def _ftruncate(self, handle: int, size: int) -> None:
        if handle in self._opened:
            name, file = self._opened[handle]
            self.step("cut", name)
            self.done(Cut(file, size))
        self._os["ftruncate"](handle, size)

    def _fsync(self, handle: int) -> None:
        if handle in self._opened:
            name, file = self._opened[handle]
            self.step("sync", name)
            self.done(SyncFolder(name) if file == FOLDER else Sync(file))

    def _unlink(self, path: Any, **options: Any) -> None:
        name = self._name(path)
        if name is not None:
            self.step("remove", name)
        self._os["unlink"](path, **options)
        if name is not None:
            self.done(Names(((name, None),)))

    _remove = _unlink

    def _mkdir(self, path: Any, *arguments: Any, **options: Any) -> None:
        name = self._name(path)
        if name is not None:
            self.step("make", name)
        self._os["mkdir"](path, *arguments, **options)
        if name is not None:
            self.done(Names(((name, FOLDER),)))

    def _replace(self, old: Any, new: Any, **options: Any) -> None:
        before, after = self._name(old), self._name(new)
        if before is None or after is None:
            assert before is after is None, f"{old} and {new} are not both watched"
        else:
            self.step("rename", after)
        self._os["replace"](old, new, **options)
        if before is not None and after is not None:
            self.done(Names(((after, self._now.names[before]), (before, None))))

    _rename = _replace


class RecordedFile(io.FileIO):
    """A file whose reads and writes are noted."""

    def __init__(self, recorder: Recorder, name: str, mode: str) -> None:
        super().__init__(f"{recorder._root}{os.sep}{name}", mode)
        self._recorder, self._known_as = recorder, name

    def write(self, data: Any, /) -> int:
        return self._recorder.written(self.fileno(), self.tell(), bytes(data), super().write)

    def readinto(self, buffer: Any, /) -> int | None:
        self._recorder.step("read", self._known_as)
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._recorder.step("read", self._known_as)
        return super().readall()
