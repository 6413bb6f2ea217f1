"""Findings as Markdown: an entry each, the quote as a block quote; and back from it, character for character.

Marks are escaped, so that a text is shown as it is; line ends are hard breaks, and what Markdown would drop
(spaces at the ends of a line, empty lines, controls) is written as its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.saved.finding import Finding
from web.findings.fields import FIELDS, Fields, field_of, note_on_links, told_fields
from web.texts import t
from web.urls import web_address

_MARKS = re.compile("(?m)[\\\\`*_\\[\\]<>&~|$]|^[#+=-]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]")
"""What would begin a mark, a list or a heading."""
_NUMBERED = re.compile("(?m)[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]|^\\s|\\s$|\\n(?=\\n)|\\n\\Z")
_ESCAPED = re.compile("\\\\\n|\\\\([!-/:-@\\[-`{-~])|&#([0-9]{1,7});")
_ENTRY = re.compile("(?m)^## ")
_FIELD = re.compile("- \\*\\*(.+?)\\*\\*[:：] ?(.*)", re.DOTALL)
_BREAK = "\\\n"
_TOP = ("title",)
_QUOTE = "quote"


def markdown(findings: Sequence[Finding], root: str) -> Iterator[str]:
    """The file, in pieces; `root` begins links. It ends with the number of entries."""
    yield f"# {t('findings')}\n"
    if findings and (note := note_on_links(root)):
        yield f"\n{_escaped(note)}\n"
    count = 0
    for finding in findings:
        count += 1
        yield "".join(_entry(count, told_fields(finding, root)))
    yield f"\n---\n\n{t('findings_complete', count=count)}\n"


def _entry(number: int, fields: Fields) -> Iterator[str]:
    yield f"\n## {number}\\. {_escaped(str(fields['title'] or '')).replace(_BREAK, ' ')}\n\n"
    yield "> " + _escaped(str(fields[_QUOTE])).replace("\n", "\n> ") + "\n\n"
    for name in FIELDS:
        value = fields[name]
        if value not in ("", None) and name not in (*_TOP, _QUOTE):
            plain = name == "link" or (name == "original" and web_address(str(value)) == value)
            told = str(value) if plain else _escaped(str(value)).replace("\n", "\n  ")
            yield f"- **{t(f'column_{name}')}**: {told}\n"


def read_markdown(text: str) -> Iterator[Fields]:
    """The fields of each entry of such a file, in either language; what else stands there is passed over."""
    for entry in _ENTRY.split(text.replace("\r\n", "\n"))[1:]:
        head, _, body = entry.partition("\n")
        quote = [line for line in body.split("\n") if line.startswith(">")]
        fields: dict[str, str | int | None] = {
            "title": _unescaped(re.sub("^[0-9]+\\\\?\\. ?", "", head)),
            _QUOTE: _unescaped("\n".join(re.sub("^> ?", "", line) for line in quote)),
        }
        for item in re.split("\n(?=- )", body.partition("\n---\n")[0]):
            found = _FIELD.fullmatch(item.strip("\n"))
            name = field_of(found[1]) if found else None
            if found and name:
                fields[name] = _unescaped(found[2].replace("\n  ", "\n"))
        yield fields


def _escaped(text: str) -> str:
    numbered = _NUMBERED.sub(lambda found: f"\0{ord(found[0])};", _MARKS.sub(r"\\\g<0>", text))
    return numbered.replace("\n", _BREAK).replace("\0", "&#")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return chr(int(found[2])) if found[2] and int(found[2]) < 0x110000 else "\n"
