"""What a result page has by the dozen, as HTML in one piece: values of facets, regions, bars of years.

A template would call and escape cell by cell, hundreds of times a page. All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from markupsafe import Markup

from web import language
from web.results.facets import Choice
from web.results.regions import RegionChoice
from web.results.years import Bar, YearChart
from web.show import number
from web.texts import in_language


def choices(values: Iterable[Choice]) -> Markup:
    """Values of a facet, each a link that chooses it or takes it back."""
    return Markup(f"<ul>\n{''.join([_choice(value) for value in values])}</ul>")


def _choice(value: Choice) -> str:
    return f"<li>{_link(value)}</li>\n"


def _link(value: Choice | RegionChoice) -> str:
    current = ' aria-current="true"' if value.selected else ""
    zero = "" if value.reports else ' class="zero"'
    return (
        f'<a href="{escape(value.href)}"{current}{zero}><bdi>{escape(value.label)}</bdi>'
        f' <span class="count">{number(value.reports)}</span></a>'
    )


def tree(regions: Iterable[RegionChoice]) -> Markup:
    """The regions with what is on the page of their parts, each as in `choices`."""
    told = in_language(language.current())
    return Markup(f'<ul class="tree">\n{_regions(regions, told)}</ul>')


def _regions(regions: Iterable[RegionChoice], told: Callable[..., str]) -> str:
    return "".join(
        [
            f'<li id="region-{escape(region.code)}">{_link(region)}{_parts(region, told)}</li>\n'
            for region in regions
        ]
    )


def _parts(region: RegionChoice, told: Callable[..., str]) -> str:
    """The parts of a region, folded away or not, or the link that brings them."""
    if region.open_href is None and not region.parts:
        return ""
    name = f'aria-label="{escape(told("parts_of", name=region.label))}"'
    if region.open_href is not None:
        return f'<a class="unfold" href="{escape(region.open_href)}" {name}></a>'
    return (
        f"<details{' open' if region.open else ''}><summary {name}></summary>"
        f"<ul>\n{_regions(region.parts, told)}</ul></details>"
    )


def bars(chart: YearChart) -> Markup:
    """The bars of a chart as SVG, each a link that chooses its year or takes it back."""
    told = in_language(language.current())
    return Markup("\n".join([_bar(bar, chart, told) for bar in chart.bars]))


def _bar(bar: Bar, chart: YearChart, told: Callable[..., str]) -> str:
    count = number(bar.reports)
    name = escape(told("year_bar", year=bar.year, count=count))
    current = ' aria-current="true"' if bar.selected else ""
    wide = "" if chart.counts_narrow else " wide"
    text = (
        f'<text class="count{wide}" x="{bar.middle}%" y="{bar.top - 4}">{count}</text>'
        if chart.counts
        else f'<text class="told" x="{bar.told_at}%" y="11" aria-hidden="true">{name}</text>'
    )
    return (
        f'<a href="{escape(bar.href)}" data-year="{bar.year}"{current}><title>{name}</title>'
        f'<rect class="slot" x="{bar.left}%" width="{bar.width}%" height="{chart.height}"/>'
        f'<rect class="bar" x="{bar.bar_left}%" y="{bar.top}" width="{bar.bar_width}%"'
        f' height="{bar.height}"/>{text}</a>'
    )
