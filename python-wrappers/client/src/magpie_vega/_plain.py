"""Specifications as plain JSON values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ._errors import ChartError

__all__ = ["plain"]


def plain(value: Any, pointer: str = "") -> Any:
    """A copy in JSON's own types, as Altair makes them: times become ISO texts, NaN and the infinities null."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item, f"{pointer}/{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{pointer}/{index}") for index, item in enumerate(value)]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return f"{value.isoformat()}T00:00:00"
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "tolist"):
        return plain(value.tolist(), pointer)
    raise ChartError(
        f"A value of the type {type(value).__name__} has no meaning in a specification",
        place=pointer,
        remedy="Replace it by text, a number, a list or an object.",
    )
