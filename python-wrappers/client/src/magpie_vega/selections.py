"""What a viewer selected, in the vocabulary of Altair's ``JupyterChart``.

The page sends, for each selection parameter, its value and its store; :func:`parse_selections` gives it a type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["IndexSelection", "IntervalSelection", "PointSelection", "Selection", "parse_selections"]


@dataclass(frozen=True, slots=True)
class IndexSelection:
    """A point selection without fields or encodings: ``value`` lists positions of rows, counted from 0."""

    name: str
    value: list[int]
    store: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PointSelection:
    """A point selection over fields: ``value`` lists one ``{field: value}`` for each selected point."""

    name: str
    value: list[dict[str, Any]]
    store: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class IntervalSelection:
    """An interval selection: ``value`` maps a field to its ``[low, high]`` (or to the list of selected categories).

    Empty while nothing is brushed. Times are milliseconds since the epoch, as Vega keeps them.
    """

    name: str
    value: dict[str, list[Any]]
    store: list[dict[str, Any]]


Selection = IndexSelection | PointSelection | IntervalSelection


def parse_selections(selections: Mapping[str, Any] | None) -> dict[str, Selection]:
    """Turn what the page sends into typed selections, by parameter name.

    The page sends ``{name: {"type": "index" | "point" | "interval", "value": …, "store": [...]}}``. What has another
    form, such as a plain parameter, is left out.
    """
    parsed: dict[str, Selection] = {}
    for name, message in (selections or {}).items():
        if not isinstance(message, Mapping):
            continue
        store = _dicts(message.get("store"))
        value = message.get("value")
        match message.get("type"):
            case "index":
                parsed[name] = IndexSelection(name, [int(item) for item in _list(value)], store)
            case "point":
                parsed[name] = PointSelection(name, _dicts(value), store)
            case "interval":
                fields = value if isinstance(value, Mapping) else {}
                parsed[name] = IntervalSelection(name, {str(key): _list(item) for key, item in fields.items()}, store)
            case _:
                continue
    return parsed


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [dict(item) for item in _list(value) if isinstance(item, Mapping)]
