"""Which column names a specification mentions.

The planner answers by name over the compiled Vega specification, where words such as ``name``, ``type`` and ``value``
occur in every chart; a column is needed only when the specification as its author wrote it mentions it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["Mentions"]

#: Their texts are never the names of columns.
_NO_COLUMNS = frozenset({"$schema", "url", "usermeta", "values", "datasets", "config"})
#: Here texts are words of Vega-Lite.
_WORDS = frozenset({"type", "aggregate", "op", "timeUnit", "mark", "orient", "resolve"})
#: Here names of columns are keys.
_COLUMN_KEYS = frozenset({"value", "parse"})


class Mentions:
    """The names of columns in a specification's texts."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        texts = "\n".join(_texts(spec))
        self._texts = texts + "\n" + re.sub(r"\\(.)", r"\1", texts)

    def __contains__(self, column: object) -> bool:
        if not isinstance(column, str):
            return False
        if re.fullmatch(r"\w+", column):
            return re.search(rf"(?<![\w$]){column}(?![\w$])", self._texts) is not None
        return column in self._texts


def _texts(node: Any, key: str = "") -> Iterator[str]:
    if isinstance(node, str):
        if key not in _WORDS:
            yield node
    elif isinstance(node, Mapping):
        if key in _COLUMN_KEYS:
            yield from node
        for name, value in node.items():
            if name not in _NO_COLUMNS:
                yield from _texts(value, key if key in _COLUMN_KEYS else name)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item, key)
