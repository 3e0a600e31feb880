"""Which selections a chart declares, known before the viewer selects anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .selections import IndexSelection, IntervalSelection, PointSelection, Selection

__all__ = ["declared_params", "declared_selections"]

_CHILDREN = ("layer", "concat", "hconcat", "vconcat", "spec")


def declared_selections(spec: Mapping[str, Any]) -> dict[str, Selection]:
    """Every selection parameter of a Vega-Lite specification, by name, with nothing selected."""
    return {
        str(param["name"]): _empty(str(param["name"]), param["select"]) for param in _params(spec) if "select" in param
    }


def declared_params(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Every variable parameter of a Vega-Lite specification, by name, with its initial value (None when computed)."""
    return {str(param["name"]): param.get("value") for param in _params(spec) if "select" not in param}


def _params(view: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for param in _items(view.get("params")):
        if "name" in param:
            yield param
    for key in _CHILDREN:
        child = view.get(key)
        for item in [child] if isinstance(child, Mapping) else _items(child):
            yield from _params(item)


def _items(value: object) -> list[Mapping[str, Any]]:
    many = isinstance(value, Sequence) and not isinstance(value, str)
    return [item for item in value if isinstance(item, Mapping)] if many else []  # type: ignore[attr-defined]


def _empty(name: str, select: object) -> Selection:
    definition = select if isinstance(select, Mapping) else {"type": select}
    if definition.get("type") == "interval":
        return IntervalSelection(name, {}, [])
    if definition.get("fields") or definition.get("encodings"):
        return PointSelection(name, [], [])
    return IndexSelection(name, [], [])
