"""Fields of a Vega-Lite specification that no column can be behind.

Vega draws such a chart, with nothing in it. Its author wants to know, so it is an error where it is certain: every row
comes from a frame, and no transform makes columns whose names are not written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["missing_fields"]

_NAMES_FROM_DATA = frozenset({"pivot", "flatten", "fold", "impute", "extent", "quantile", "density", "loess"})
_TOP = re.compile(r"^(?:[^.\[\\]|\\.)+")


def missing_fields(spec: Mapping[str, Any], frames: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Column and JSON pointer of each encoding field that is neither a column nor made by a transform.

    ``frames`` maps a data URL to its frame's columns.
    """
    known = {name for columns in frames.values() for name in columns}
    found: list[tuple[str, str]] = []
    for pointer, key, value in _entries(spec, ""):
        if key == "data" and not _is_frame(value, frames):
            return []
        if key == "transform" and isinstance(value, list):
            if any(_NAMES_FROM_DATA.intersection(step) for step in value if isinstance(step, Mapping)):
                return []
            known.update(_texts(value))
        if key == "field" and isinstance(value, str) and re.search(r"/encoding/", pointer):
            found.append((value, pointer))
    tops = [(_top(field), pointer) for field, pointer in found if field != "*" and not field.startswith("__")]
    return [(top, pointer) for top, pointer in tops if top not in known]


def _is_frame(data: Any, frames: Mapping[str, Iterable[str]]) -> bool:
    return isinstance(data, Mapping) and data.get("url") in frames


def _top(field: str) -> str:
    match = _TOP.match(field)
    return re.sub(r"\\(.)", r"\1", match.group() if match else field)


def _entries(node: Any, pointer: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in {"datasets", "usermeta", "config", "values"}:
                yield f"{pointer}/{key}", key, value
                yield from _entries(value, f"{pointer}/{key}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _entries(item, f"{pointer}/{index}")


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for item in node.values() if isinstance(node, Mapping) else node:
            yield from _texts(item)
