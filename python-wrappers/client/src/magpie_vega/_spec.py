"""Where a Vega-Lite or Vega specification holds its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ._frames import is_frame

__all__ = ["DataObject", "is_vega", "rewrite_data"]

#: A `data` object of a specification.
DataObject = dict[str, Any]

_NEVER_DATA = frozenset({"datasets", "values", "usermeta", "config"})


def is_vega(spec: Mapping[str, Any]) -> bool:
    """Whether the specification is Vega rather than Vega-Lite."""
    schema = str(spec.get("$schema", ""))
    if "/vega-lite/" in schema:
        return False
    return "/vega/" in schema or isinstance(spec.get("marks"), list) or isinstance(spec.get("data"), list)


def rewrite_data(spec: Mapping[str, Any], rewrite: Callable[[DataObject, str], DataObject]) -> dict[str, Any]:
    """A copy of ``spec`` with each data object replaced by ``rewrite(data, pointer)``; ``spec`` stays as it is.

    A frame in the place of a data object is given as ``{"values": frame}``, and a reference to one of the
    specification's ``datasets`` as it stands.
    """
    return _Walk(rewrite).mapping(spec, "")


class _Walk:
    def __init__(self, rewrite: Callable[[DataObject, str], DataObject]) -> None:
        self.rewrite = rewrite

    def mapping(self, node: Mapping[str, Any], pointer: str) -> dict[str, Any]:
        return {key: self.entry(key, value, f"{pointer}/{_escaped(key)}") for key, value in node.items()}

    def entry(self, key: str, value: Any, pointer: str) -> Any:
        if key in _NEVER_DATA:
            return value
        if key == "data":
            if isinstance(value, list):
                return [self.data(item, f"{pointer}/{index}") for index, item in enumerate(value)]
            return self.data(value, pointer)
        return self.anything(value, pointer)

    def anything(self, value: Any, pointer: str) -> Any:
        if isinstance(value, Mapping):
            return self.mapping(value, pointer)
        if isinstance(value, list | tuple):
            return [self.anything(item, f"{pointer}/{index}") for index, item in enumerate(value)]
        return value

    def data(self, value: Any, pointer: str) -> Any:
        if is_frame(value):
            return self.rewrite({"values": value}, pointer)
        if isinstance(value, Mapping):
            return self.rewrite(dict(value), pointer)
        return value


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
