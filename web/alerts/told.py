"""A message of news as a webhook has it, and as a mail says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from search.model import SearchRequest
from search.saved.asked import request_of
from search.saved.searches import WHATS
from web.show import number, plain, utc
from web.texts import t
from web.urls import passage_url, report_url, search_url

Body = Mapping[str, Any]


def shape(body: Body, identity: str, root: str) -> dict[str, object]:
    """What a webhook is sent: `body` as search/saved/news.py writes it, with links that begin with `root`."""
    asked = request_of(body["asked"])
    return {
        "id": identity,
        "search": {
            "id": body["search"],
            "name": body["name"],
            "url": _link(root, search_url(asked)),
        },
        "at": utc(body["at"]),
        "reports": [_report(report, asked, root) for report in body["reports"]],
    }


def _report(report: Body, asked: SearchRequest, root: str) -> dict[str, object]:
    told = {name: value for name, value in report.items() if name != "passages"}
    if report["what"] != "gone":
        told["url"] = _link(root, report_url(report["id"], asked.unfiltered()))
        told["passages"] = [
            {
                "text": p["text"],
                "url": _link(root, passage_url(report["id"], p["start"], p["end"], p["check"])),
            }
            for p in report["passages"]
        ]
    return told


def _link(root: str, path: str) -> str:
    return urljoin(root, path) if root else path


def subject(body: Body) -> str:
    """What a mail is about."""
    return t("alert_subject", name=plain(body["name"]), changes=counted(body["reports"]))


def counted(reports: list[Body]) -> str:
    """How many are new, changed and gone: 新增 2，不再命中 1."""
    counts = {what: sum(report["what"] == what for report in reports) for what in WHATS}
    return t("alert_between").join(
        t(f"alert_{what}", count=number(count)) for what, count in counts.items() if count
    )


def text(body: Body, root: str) -> str:
    """A mail's text; texts of reports stand in lines of their own, without what could turn a line around."""
    return "\n".join(_lines(shape(body, "", root))) + "\n"


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield t("alert_intro", name=plain(told["search"]["name"]))
    yield told["search"]["url"]
    for what in WHATS:
        reports = [report for report in told["reports"] if report["what"] == what]
        if reports:
            yield ""
            yield t(f"alert_{what}", count=number(len(reports)))
        for report in reports:
            yield ""
            yield from _of_report(report)


def _of_report(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"· {plain(report['title'])}"
    if "url" in report:
        yield f"  {report['url']}"
    for passage in report.get("passages", ()):
        yield f"  {plain(passage['text'])}"
        yield f"  {passage['url']}"
