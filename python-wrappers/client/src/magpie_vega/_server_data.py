"""Which data URLs of a specification the service may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ._errors import FrameError

__all__ = ["ServerData", "ServerSource", "binary_format"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class ServerSource:
    """A source that the service reads: the URL as the page's specification writes it, and the file it names, if any."""

    url: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ServerData:
    """What the author lets the service read, besides the files that the specification itself names by path.

    Each entry is a URL or a path, as the specification writes it; one that ends in ``/`` stands for everything below.
    """

    entries: Sequence[str]

    def source(self, url: str) -> ServerSource | None:
        """How the service reads ``url``; ``None`` when the browser reads it.

        A path, relative to the working directory, or a ``file:`` URL is read by the service when there is such a file.
        """
        path = _path_of(url)
        if path is not None and path.is_file():
            absolute = path.resolve()
            return ServerSource(absolute.as_uri(), absolute.as_posix())
        if path is not None and (url.startswith("file:") or self._names(url)):
            raise FrameError(f"There is no file {path}", place=url, remedy="Correct the path in the chart's data.")
        return ServerSource(url) if path is None and self._names(url) else None

    def _names(self, url: str) -> bool:
        return any(url == entry or (entry.endswith("/") and url.startswith(entry)) for entry in self.entries)


def binary_format(url: str) -> str | None:
    """The format that Vega would not guess from the name: ``parquet`` or ``arrow``."""
    suffix = Path(urlsplit(url).path).suffix.lower()
    return {".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow"}.get(suffix)


def _path_of(url: str) -> Path | None:
    if url.startswith("file:"):
        return Path(url2pathname(urlsplit(url).path))
    if _SCHEME.match(url) or url.startswith("//"):
        return None
    return Path(url)
