"""Taking the data out of a specification."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ._frames import is_frame
from ._inline import inline_size, rows_to_table
from ._server_data import ServerData, ServerSource, binary_format
from ._spec import DataObject, rewrite_data

__all__ = ["TABLE_SCHEME", "Source", "TakenSpec", "take_sources"]

#: The scheme of a data URL that names a table by its SHA-256.
TABLE_SCHEME = "magpie+table://"

_HAS_OWN_DATA = frozenset({"url", "values", "source", "sequence", "sphere", "graticule"})


@dataclass(frozen=True, slots=True)
class Source:
    """A frame that becomes a table: the URL that stands for it meanwhile, and where the specification holds it."""

    frame: Any
    placeholder: str
    pointer: str


@dataclass(slots=True)
class TakenSpec:
    """A specification without its frames and large inline rows."""

    spec: dict[str, Any] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    server: list[ServerSource] = field(default_factory=list)


def take_sources(spec: Mapping[str, Any], server_data: ServerData, inline_limit_bytes: int) -> TakenSpec:
    """Put a URL in the place of each frame, and of each list of inline rows above the limit."""
    taker = _Taker(server_data, inline_limit_bytes)
    taker.take_datasets(spec.get("datasets"))
    taken = rewrite_data(spec, taker.data)
    if taker.datasets:
        rest = {name: rows for name, rows in spec["datasets"].items() if name not in taker.datasets}
        taken = {key: value for key, value in taken.items() if key != "datasets"} | ({"datasets": rest} if rest else {})
    return TakenSpec(taken, taker.sources, taker.server)


class _Taker:
    def __init__(self, server_data: ServerData, limit: int) -> None:
        self.server_data = server_data
        self.limit = limit
        self.sources: list[Source] = []
        self.server: list[ServerSource] = []
        #: Name of each data set taken out → the URL that stands for it.
        self.datasets: dict[str, str] = {}

    def take_datasets(self, datasets: Any) -> None:
        if isinstance(datasets, Mapping):
            for name, values in datasets.items():
                url = self.placeholder(values, f"/datasets/{name}")
                if url is not None:
                    self.datasets[str(name)] = url

    def data(self, data: DataObject, pointer: str) -> DataObject:
        if "values" in data:
            unread = isinstance(data.get("format"), Mapping) and set(data["format"]) - {"parse"}
            url = None if unread and not is_frame(data["values"]) else self.placeholder(data["values"], pointer)
            return data if url is None else _with_url(data, url)
        if isinstance(data.get("url"), str) and not data["url"].startswith(TABLE_SCHEME):
            return self.url(data)
        name = data.get("name")
        if isinstance(name, str) and name in self.datasets and not _HAS_OWN_DATA.intersection(data):
            return _with_url(data, self.datasets[name])
        return data

    def url(self, data: DataObject) -> DataObject:
        source = self.server_data.source(data["url"])
        if source is None:
            return data
        if source not in self.server:
            self.server.append(source)
        kind = binary_format(source.url)
        given = data.get("format") or {}
        found = {} if kind is None or "type" in given else {"format": {**given, "type": kind}}
        return {**data, "url": source.url, **found}

    def placeholder(self, values: Any, pointer: str) -> str | None:
        """The URL for these rows; ``None`` when they stay inline."""
        for source in self.sources:
            if source.frame is values:
                return source.placeholder
        frame = values
        if not is_frame(values):
            frame = rows_to_table(values) if inline_size(values) > self.limit else None
            if frame is None:
                return None
        # Counted, not random: the same chart asks the same question of the service's planner.
        name = hashlib.sha256(f"placeholder {len(self.sources)}".encode()).hexdigest()
        self.sources.append(Source(frame, TABLE_SCHEME + name, pointer))
        return self.sources[-1].placeholder


def _with_url(data: DataObject, url: str) -> DataObject:
    return {"url": url, **{key: value for key, value in data.items() if key != "values"}}
