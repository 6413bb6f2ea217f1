"""A disk as a list of operations: what it holds after each, and what a loss of power may leave of it.

Names are paths below a folder that is watched; a file is a number, whatever its name. What POSIX promises
is all that is taken for granted: bytes of a file are safe when it was synced, names when their folder was.
ext4 promises more (names change in order), so that both are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = -1
"""What a name stands for that is a folder's."""
_PAGE = 4096


class Names(NamedTuple):
    """Names that stand for another file at once; None: for no file any more."""

    changes: tuple[tuple[str, int | None], ...]


class Write(NamedTuple):
    """Bytes from a place in a file on."""

    file: int
    at: int
    data: bytes


class Cut(NamedTuple):
    """A file of another size."""

    file: int
    size: int


class Sync(NamedTuple):
    """The bytes of a file are safe."""

    file: int


class SyncFolder(NamedTuple):
    """The names in a folder are safe."""

    folder: str


Operation = Names | Write | Cut | Sync | SyncFolder


@dataclass(slots=True)
class Disk:
    """What a disk holds: names and the files that they stand for, each a number, and the bytes of these."""

    names: dict[str, int] = field(default_factory=dict)
    data: dict[int, bytearray] = field(default_factory=dict)

    @staticmethod
    def of(root: Path, folders: Iterable[str]) -> Disk:
        """What stands below `root` in these folders now."""
        disk = Disk()
        for folder in folders:
            for path in [root / folder, *(root / folder).rglob("*")]:
                if path.is_dir():
                    disk.names[path.relative_to(root).as_posix()] = FOLDER
                elif path.exists():
                    disk.names[path.relative_to(root).as_posix()] = len(disk.data)
                    disk.data[len(disk.data)] = bytearray(path.read_bytes())
        return disk

    def copy(self) -> Disk:
        return Disk(dict(self.names), {file: bytearray(data) for file, data in self.data.items()})

    def apply(self, operation: Operation) -> None:
        if isinstance(operation, Names):
            self.rename(operation)
        elif isinstance(operation, Write):
            data = self.data[operation.file]
            data.extend(b"\0" * (operation.at - len(data)))
            data[operation.at : operation.at + len(operation.data)] = operation.data
        elif isinstance(operation, Cut):
            data = self.data[operation.file]
            del data[operation.size :]
            data.extend(b"\0" * (operation.size - len(data)))

    def rename(self, names: Names) -> None:
        for name, file in names.changes:
            if file is None:
                self.names.pop(name, None)
            else:
                self.names[name] = file
                if file != FOLDER:
                    self.data.setdefault(file, bytearray())

    def put(self, root: Path) -> None:
        """Have it stand below `root`, which is empty. Names in folders that are none are lost with them."""
        for name, file in sorted(self.names.items()):
            path = root / name
            if file == FOLDER:
                path.mkdir()
            elif path.parent.is_dir():
                path.write_bytes(self.data[file])


def after(before: Disk, operations: Sequence[Operation], *, torn: Random | None = None) -> Disk:
    """What a kill leaves after these operations; `torn`: the last of them, a write, may be cut off."""
    disk = before.copy()
    for operation in operations[:-1]:
        disk.apply(operation)
    for operation in operations[-1:]:
        if torn and isinstance(operation, Write):
            operation = operation._replace(
                data=operation.data[: torn.randint(0, len(operation.data))]
            )
        disk.apply(operation)
    return disk


def without_power(
    before: Disk, operations: Sequence[Operation], drawn: Random, *, in_order: bool
) -> Disk:
    """What a loss of power may leave after these operations.

    `in_order`: names change in the order of the operations, as in ext4's journal; else any of those that
    are not safe may be lost.
    """
    disk = before.copy()
    for file in before.data:
        disk.data[file] = _bytes_left(before.data[file], file, operations, drawn)
    for file in {
        change[1] for one in operations if isinstance(one, Names) for change in one.changes
    }:
        if file not in (None, FOLDER) and file not in before.data:
            disk.data[file] = _bytes_left(bytearray(), file, operations, drawn)
    for names in _names_left(operations, drawn, in_order=in_order):
        disk.rename(names)
    return disk


def _names_left(
    operations: Sequence[Operation], drawn: Random, *, in_order: bool
) -> Iterator[Names]:
    """The changes of names that the disk kept."""
    safe = {
        folder: at
        for at, one in enumerate(operations)
        if isinstance(one, SyncFolder)
        for folder in [one.folder]
    }
    changes = [(at, one) for at, one in enumerate(operations) if isinstance(one, Names)]
    last_safe = max((at for at, one in changes if _is_safe(one, at, safe)), default=-1)
    until = drawn.randint(last_safe, len(operations)) if in_order else 0
    for at, one in changes:
        if _is_safe(one, at, safe) or (at <= until if in_order else drawn.random() < 0.5):
            yield one


def _is_safe(names: Names, at: int, safe: Mapping[str, int]) -> bool:
    return all(safe.get(name.rpartition("/")[0], -1) > at for name, _ in names.changes)


def _bytes_left(
    held: bytearray, file: int, operations: Sequence[Operation], drawn: Random
) -> bytearray:
    """The bytes of a file that the disk kept: those that were synced, and of the others what is drawn."""
    own = [one for one in operations if isinstance(one, (Write, Cut, Sync)) and one.file == file]
    synced = max((at + 1 for at, one in enumerate(own) if isinstance(one, Sync)), default=0)
    disk = Disk({}, {file: bytearray(held)})
    for one in own[:synced]:
        disk.apply(one)
    safe = bytes(disk.data[file])
    kept = drawn.choice(("none", "some", "pages", "all"))
    later = {"none": 0, "some": drawn.randint(0, len(own) - synced)}.get(kept, len(own))
    for one in own[synced:][:later]:
        disk.apply(one)
    data = disk.data[file]
    for at in range(
        0, len(data) if kept == "pages" else 0, _PAGE
    ):  # its size, but not all it holds
        if drawn.random() < 0.5:
            end = min(at + _PAGE, len(data))
            data[at:end] = safe[at:end].ljust(end - at, b"\0")
    return data
