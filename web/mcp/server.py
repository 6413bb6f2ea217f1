"""The tools as a server of the Model Context Protocol over standard input and output, by the official package
(PyPI mcp, an extra)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

from indexer.errors import GongkaiError
from indexer.messages import Message
from search.model import Scope, SearchRequest, Sort
from web.mcp.answers import FoundHits, FoundReports, Outline, Span, Verified, Years
from web.mcp.tools import Tools
from web.texts import t

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
Many = list[str] | None


def check_installed() -> None:
    """GongkaiError where the package is not there."""
    if find_spec("mcp") is None:
        raise GongkaiError(
            Message("package_missing", package="mcp"),
            hint=Message("package_missing_hint", package="gongkai[mcp]"),
        )


def serve(tools: Tools) -> None:
    """Answer on standard input and output until the input ends."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    server = MCPServer("gongkai", instructions=t("mcp_instructions"), log_level="WARNING")
    read_only = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in _tools(tools):
        about = t(f"mcp_{tool.__name__}")
        register = server.tool(description=about, annotations=read_only, structured_output=True)
        register(_failing_plainly(tool))
    server.run("stdio")


def _failing_plainly(tool: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """The tool, whose errors are told to whoever called it: what is wrong, and what to do."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def plain(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Answer:
        try:
            return tool(*arguments, **named)
        except GongkaiError as error:
            raise ToolError(str(error)) from error

    return plain


def _tools(tools: Tools) -> tuple[Callable[..., object], ...]:
    """The functions whose names, arguments and types clients are told."""

    def search(
        query: str,
        region: Many = None,
        year_from: int | None = None,
        year_to: int | None = None,
        section: Many = None,
        genre: Many = None,
        issuer: Many = None,
        scope: Scope = "report",
        sort: Sort = "relevance",
        literal: bool = False,
        silent: bool = False,
        page: int = 1,
        size: int = 10,
    ) -> FoundReports:
        asked = _narrowed(query, region, section, genre, issuer)
        asked = replace(asked, year_from=year_from, year_to=year_to, literal=literal)
        asked = replace(asked, scope=scope, sort=sort, silent=silent)
        return tools.search(replace(asked, page=page, size=size))

    def hits(
        query: str,
        region: Many = None,
        year_from: int | None = None,
        year_to: int | None = None,
        section: Many = None,
        genre: Many = None,
        issuer: Many = None,
        literal: bool = False,
        page: int = 1,
        size: int = 20,
    ) -> FoundHits:
        asked = _narrowed(query, region, section, genre, issuer)
        asked = replace(asked, year_from=year_from, year_to=year_to, literal=literal)
        return tools.hits(replace(asked, page=page, size=size))

    def trend(
        query: str,
        region: Many = None,
        section: Many = None,
        genre: Many = None,
        issuer: Many = None,
    ) -> Years:
        return tools.trend(_narrowed(query, region, section, genre, issuer))

    def passage(report: str, start: int, end: int) -> Span:
        return tools.passage(report, start, end)

    def outline(report: str) -> Outline:
        return tools.outline(report)

    def verify(quote: str = "", link: str = "") -> Verified:
        return tools.verify(quote, link)

    return search, hits, trend, passage, outline, verify


def _narrowed(query: str, region: Many, section: Many, genre: Many, issuer: Many) -> SearchRequest:
    return SearchRequest(
        q=query,
        region=tuple(region or ()),
        section=tuple(section or ()),
        genre=tuple(genre or ()),
        issuer=tuple(issuer or ()),
    )
