"""A report, or a passage of it, as a citation: GB/T 7714-2015, a plain text, BibTeX.

Pure functions: addresses and the day of access are given. What reports say is hostile; each form
holds one line of text a field, without controls, and BibTeX nothing that could end a field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote as percent_encoded

from indexer.model import NO_PLACE, Place, Report
from search.model import ConcordanceLine, ReportHit
from web.printed import page_numbers
from web.report.local_note import Note
from web.show import plain
from web.urls import web_address

MAX_QUOTED = 500
"""Most code points of a passage that a citation repeats."""

CUT = "……"
"""What ends a quote that goes on in the report."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# BibTeX counts braces even after a backslash, so they are named instead.
_NAMED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX = str.maketrans(_NAMED | {c: "\\" + c for c in "%&#_$"})
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited; `published` is an ISO date, `address` that of the original or else ours.

    Of a passage, `quoted` is its text, `passage` our link to it and `place` where it is printed. `note`: lines to add where an address
    of ours is given, see `local_note.py`.
    """

    id: str
    title: str
    genre: str
    issuer: str
    published: str | None
    number: str
    address: str
    accessed: date
    quoted: str = ""
    passage: str = ""
    note: Note = ()
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True)
class Citations:
    """One citation in three forms."""

    gbt: str
    plain: str
    bibtex: str


def cited(
    report: Report,
    address: str,
    accessed: date,
    *,
    quoted: str = "",
    passage: str = "",
    note: Note = (),
    place: Place = NO_PLACE,
) -> Cited:
    """The report to cite; `address` is ours, used where the original has none."""
    original = web_address(report.url)
    return Cited(
        id=report.id,
        title=plain(report.title),
        genre=report.genre,
        issuer=plain(report.issuer or ""),
        published=_iso(report.published),
        number=plain(report.number or ""),
        address=_sound_url(original or address),
        accessed=accessed,
        quoted=shortened(quoted),
        passage=passage,
        note=note if passage or not original else (),
        place=place,
    )


def citations(source: Cited) -> Citations:
    """All forms."""
    return Citations(gbt(source), plain_text(source), bibtex(source))


def reference(report: ConcordanceLine | ReportHit, address: str, accessed: date) -> str:
    """A report in GB/T 7714, as far as an answer knows it; `address` is ours, used where the original has
    none."""
    return gbt(
        Cited(
            id="",
            title=plain(report.title),
            genre=report.genre,
            issuer=plain(report.issuer or ""),
            published=_iso(report.published),
            number="",
            address=_sound_url(web_address(report.original) or address),
            accessed=accessed,
        )
    )


def passage_of(reference: str, pages: str, link: str) -> str:
    """A passage of a report in one line: the report's citation, the pages as numbers, our link."""
    return f"{reference} 引文{f'（第{pages}页）' if pages else ''}：{link}"


def gbt(source: Cited) -> str:
    """GB/T 7714-2015, 8.8: responsible body. title[type/OL]. (date)[accessed]. address."""
    form = "[EB/OL]" if source.genre == "other" else "[R/OL]"
    published = f"({source.published})" if source.published else ""
    head = [source.issuer] if source.issuer else []
    head += [source.title + form, f"{published}[{source.accessed.isoformat()}]", source.address]
    text = ". ".join(head) + "."
    passage = [f"引文：{_passage(source, _chinese_pages(source))}"] if source.passage else []
    return "\n".join((text, *passage, *source.note))


def plain_text(source: Cited) -> str:
    """As the Chicago manual has it: Body. “Title.” Date. Accessed date. Address."""
    parts = [source.issuer] if source.issuer else []
    parts.append(f"“{source.title}.”")
    text = " ".join(part if part.endswith("”") else part + "." for part in parts)
    if source.published:
        text += f" {_long_date(source.published)}."
    text += f" Accessed {_long_date(source.accessed.isoformat())}. {source.address}."
    text = f"{text} {_passage(source, _english_pages(source))}" if source.passage else text
    return "\n".join((text, *source.note))


def bibtex(source: Cited) -> str:
    """One @misc entry; names and titles in double braces keep their words and capitals."""
    fields = [("author", f"{{{_tex(source.issuer)}}}" if source.issuer else "")]
    fields.append(("title", f"{{{_tex(source.title)}}}"))
    if source.published:
        year, month, day = source.published.split("-")
        fields += [("year", year), ("month", str(int(month))), ("day", str(int(day)))]
    fields += [
        ("number", _tex(source.number)),
        ("pages", page_numbers(source.place).replace("–", "--")),
        ("url", source.address),
        ("urldate", source.accessed.isoformat()),
    ]
    notes = [f"“{_tex(source.quoted)}” \\url{{{source.passage}}}"] if source.passage else []
    fields.append(("note", " ".join((*notes, *map(_tex, source.note)))))
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@misc{{gongkai-{source.id},", *lines, "}"])


def quotation(source: Cited) -> str:
    """A passage to paste into a text: the quote, then where it stands."""
    report = gbt(replace(source, passage="", note=()))
    quoted = f"“{source.quoted}”{_chinese_pages(source)}"
    return "\n".join((quoted, report, source.passage, *source.note))


def _passage(source: Cited, pages: str) -> str:
    """The quote with its pages and its link, which is not said twice."""
    quoted = f"“{source.quoted}”{pages}"
    return quoted if source.passage == source.address else f"{quoted} {source.passage}"


def _chinese_pages(source: Cited) -> str:
    return f"（第{page_numbers(source.place)}页）" if source.place.page else ""


def _english_pages(source: Cited) -> str:
    if not source.place.page:
        return ""
    several = source.place.last_page > source.place.page
    return f" ({'pp.' if several else 'p.'} {page_numbers(source.place)})"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def untex(text: str) -> str:
    """The text of a BibTeX field as it was before; of any other text, about the same."""
    text = re.sub(r"\\([%&#_$])", r"\1", text)
    for character, name in reversed(_NAMED.items()):
        text = text.replace(name, character)
    return text


def _iso(published: str | None) -> str | None:
    """The day, where it is written as one."""
    return published if _ISO.fullmatch(published or "") else None


def _sound_url(address: str) -> str:
    """The address without characters that no URL has, braces and backslashes among them."""
    return percent_encoded(address, safe=_URL_SAFE, errors="replace")


def shortened(text: str) -> str:
    """A passage as citations repeat it: one line, of a long one the beginning."""
    return plain(text[:MAX_QUOTED]) + (CUT if len(text) > MAX_QUOTED else "")


def _long_date(iso: str) -> str:
    year, month, day = iso.split("-")
    name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    return f"{name} {int(day)}, {year}"
