"""Inline rows of a specification as tables, where a table says the same."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

__all__ = ["inline_size", "rows_to_table"]


def inline_size(values: Any) -> int:
    """The bytes that inline values take in the page; 0 for what is not a list of rows."""
    if not isinstance(values, list):
        return 0
    return len(json.dumps(values, separators=(",", ":"), default=str))


def rows_to_table(rows: list[Any]) -> pa.Table | None:
    """The rows as a table; ``None`` when a table could not say the same.

    Each row must be an object with the same keys, and each column of one type: booleans, numbers or texts, with nulls.
    """
    if not rows or not all(isinstance(row, dict) for row in rows):
        return None
    names = list(rows[0])
    wanted = set(names)
    if not names or not all(isinstance(name, str) for name in names) or any(row.keys() != wanted for row in rows):
        return None
    columns = {name: _column([row[name] for row in rows]) for name in names}
    return None if any(column is None for column in columns.values()) else pa.table(columns)


def _column(values: list[Any]) -> pa.Array | None:
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_())
    if kinds <= {str}:
        return pa.array(values, pa.large_string())
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return None
