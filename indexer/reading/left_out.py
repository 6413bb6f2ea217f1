"""Files that are no reports by their names: hidden ones, notes on a folder, parts of saved pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

FACTS = "metadata.csv"
"""In which the owner of a folder states facts of the reports in it."""
_PARTS = ("_files", ".files")
"""How folders end in which browsers keep the parts of a saved page, in lower case."""
_IGNORED = frozenset({"thumbs.db", "desktop.ini", FACTS})
_FOLDERS = frozenset({"__macosx"})
"""What systems put into archives beside the files, in lower case."""


def is_report(path: str) -> bool:
    """Whether a file may be a report, by its name and those of the folders that it lies in."""
    *folders, name = path.replace("\\", "/").split("/")
    if any(_is_hidden(folder) or folder.lower() in _FOLDERS for folder in folders):
        return False
    lowered = name.lower()
    return bool(
        name
        and not _is_hidden(lowered)
        and lowered not in _IGNORED
        and lowered.partition(".")[0] != "readme"
    )


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) and name not in (".", "..")


def page_names(names: Sequence[str]) -> frozenset[str]:
    """What folders of parts may be called after, of the files of one folder."""
    return frozenset((name.rpartition(".")[0] or name).casefold() for name in names)


def is_of_page(folder: str, pages: Collection[str]) -> bool:
    """Whether a browser put the parts of a page there: one of the files beside it is called as the folder."""
    name = folder.casefold()
    return any(name.endswith(end) and name.removesuffix(end) in pages for end in _PARTS)


def parts_of_pages(paths: Sequence[str]) -> frozenset[int]:
    """Which of the files of an archive, by number, are parts of saved pages in it."""
    split = [path.replace("\\", "/").split("/") for path in paths]
    suspects = [
        at
        for at, (*folders, _) in enumerate(split)
        if any(folder.casefold().endswith(_PARTS) for folder in folders)
    ]
    if not suspects:
        return frozenset()
    beside: dict[tuple[str, ...], list[str]] = {}
    for *folders, name in split:
        beside.setdefault(tuple(folders), []).append(name)
    pages = {folder: page_names(names) for folder, names in beside.items()}
    return frozenset(at for at in suspects if _in_parts(split[at][:-1], pages))


def _in_parts(folders: Sequence[str], pages: dict[tuple[str, ...], frozenset[str]]) -> bool:
    return any(
        is_of_page(folder, pages.get(tuple(folders[:depth]), ()))
        for depth, folder in enumerate(folders)
    )
