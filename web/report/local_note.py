"""What is said beside an address that opens on this machine only, wherever it is copied or cited.

Together with a passage link and the quote it is all that another copy of the corpus needs to find the
passage: `gongkai open` reads it (see `web/report/copied.py`).
"""

from __future__ import annotations

from indexer.model import Report
from web.public import reaches_others
from web.show import plain
from web.texts import t

Note = tuple[str, ...]
"""Its lines; none where the address opens elsewhere, too."""


def local_note(report: Report, *, passage: bool) -> Note:
    """The note on an address of a report, or of a passage of it; the last line names the file."""
    if reaches_others():
        return ()
    said = t("here_only_passage" if passage else "here_only")
    return said, t("here_file", source=plain(report.source))


def to_copy(link: str, quoted: str, note: Note) -> str:
    """A passage link to paste elsewhere: with its note, where there is one, and then with the quote."""
    return "\n".join((link, f"“{quoted}”", *note)) if note else link
