"""What a framework's component sends to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["ChartPayload"]


@dataclass(frozen=True, slots=True)
class ChartPayload:
    """A chart without its data: the specification, and what its page may read from the service.

    ``spec`` is Vega-Lite or Vega, where each frame is a ``magpie+table://<sha256>`` URL. ``grants`` are tokens that the
    page sends with its queries. ``server_urls`` are the data URLs, as the specification writes them, that the service
    may read; other URLs stay with the browser. The same chart over equal data gives an equal payload.
    """

    spec: dict[str, Any]
    grants: tuple[str, ...]
    server_urls: tuple[str, ...]
    package_version: str
    protocol_version: int

    def to_json_dict(self) -> dict[str, Any]:
        """The payload as JSON values, with the names that the page uses."""
        return {
            "spec": self.spec,
            "grants": list(self.grants),
            "serverUrls": list(self.server_urls),
            "packageVersion": self.package_version,
            "protocolVersion": self.protocol_version,
        }
