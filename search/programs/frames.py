"""Columns become a pandas or Polars frame, of whichever is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.errors import GongkaiError
from indexer.messages import Message

if TYPE_CHECKING:
    import pandas
    import polars

Kind = Literal["text", "link", "number", "share"]
Cell = str | int | float | None


class Series(NamedTuple):
    """The cells of a column, all of one kind: text, links, whole numbers, or shares from 0 to 1; None where there
    is none."""

    kind: Kind
    cells: tuple[Cell, ...]


def pandas_frame(columns: Mapping[str, Series]) -> pandas.DataFrame:
    """A pandas frame, whose types know missing values; GongkaiError where pandas is not installed."""
    _check_installed("pandas")
    import pandas

    types = {"number": "Int64", "share": "Float64"}
    return pandas.DataFrame(
        {
            name: pandas.Series(list(series.cells), dtype=types.get(series.kind, "string"))
            for name, series in columns.items()
        }
    )


def polars_frame(columns: Mapping[str, Series]) -> polars.DataFrame:
    """A Polars frame; GongkaiError where Polars is not installed."""
    _check_installed("polars")
    import polars

    types = {"number": polars.Int64, "share": polars.Float64}
    return polars.DataFrame(
        {name: list(series.cells) for name, series in columns.items()},
        schema={name: types.get(series.kind, polars.String) for name, series in columns.items()},
    )


def _check_installed(package: str) -> None:
    if find_spec(package) is None:
        raise GongkaiError(
            Message("package_missing", package=package),
            hint=Message("package_missing_hint", package=package),
        )
