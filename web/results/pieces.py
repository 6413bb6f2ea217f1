"""What a result page has by the dozen, as HTML in one piece: passages, values of facets, bars of years.

A template would call and escape cell by cell, hundreds of times a page. All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from search.model import Passage, SearchRequest
from web.results.facets import Choice
from web.results.years import Bar, YearChart
from web.show import kind_label, number
from web.texts import t
from web.urls import marked_passage_url


def passage(shown: Passage, report_id: str, asked: SearchRequest) -> Markup:
    """The section a passage stands in, as a link to it, and its words, the hits marked."""
    kind = shown.section.kind
    label = t("title_line") if kind == "title" else kind_label(kind)
    steps = '<span class="step"> › </span>'.join(
        [f" <bdi>{escape(step)}</bdi>" for step in _place(shown)]
    )
    parts = [(escape(part.text), part.hit) for part in shown.fragments]
    words = "".join([f"<mark>{text}</mark>" if hit else text for text, hit in parts])
    return Markup(
        f'<div class="passage">\n'
        f'<p class="place"><a href="{escape(marked_passage_url(report_id, shown, asked))}">'
        f'<span class="kind">{escape(label)}</span>{steps}</a></p>\n'
        f'<p class="words">{words}</p>\n</div>'
    )


def _place(shown: Passage) -> tuple[str, ...]:
    """The headings above a passage, the outermost first."""
    headings = shown.section.headings
    text = "".join([part.text for part in shown.fragments])
    return headings[:-1] if headings and text.startswith(headings[-1]) else headings


def choices(values: Iterable[Choice]) -> Markup:
    """Values of a facet, each a link that chooses it or takes it back."""
    return Markup("<ul>\n{}\n</ul>").format(Markup("\n".join([_choice(value) for value in values])))


def _choice(value: Choice) -> str:
    current = ' aria-current="true"' if value.selected else ""
    zero = "" if value.count else ' class="zero"'
    return (
        f'<li><a href="{escape(value.href)}"{current}{zero}><bdi>{escape(value.label)}</bdi>'
        f' <span class="count">{number(value.count)}</span></a></li>'
    )


def bars(chart: YearChart) -> Markup:
    """The bars of a chart as SVG, each a link that chooses its year or takes it back."""
    return Markup("\n".join([_bar(bar, chart) for bar in chart.bars]))


def _bar(bar: Bar, chart: YearChart) -> str:
    count = number(bar.count)
    told = escape(t("year_bar", year=bar.year, count=count))
    current = ' aria-current="true"' if bar.selected else ""
    wide = "" if chart.counts_narrow else " wide"
    text = (
        f'<text class="count{wide}" x="{bar.middle}%" y="{bar.top - 4}">{count}</text>'
        if chart.counts
        else f'<text class="told" x="{bar.told_at}%" y="11" aria-hidden="true">{told}</text>'
    )
    return (
        f'<a href="{escape(bar.href)}" data-year="{bar.year}"{current}><title>{told}</title>'
        f'<rect class="slot" x="{bar.left}%" width="{bar.width}%" height="{chart.height}"/>'
        f'<rect class="bar" x="{bar.bar_left}%" y="{bar.top}" width="{bar.bar_width}%"'
        f' height="{bar.height}"/>{text}</a>'
    )
