"""Carries a page's requests to the service, through the app's own server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ._service import Service

__all__ = ["RelayAnswer", "relay", "relay_async"]


@dataclass(frozen=True, slots=True)
class RelayAnswer:
    """What to answer the page: an HTTP status, the body, and its media type."""

    status: int
    content_type: str
    body: bytes


def relay(path: str, body: bytes, headers: Mapping[str, str], *, service: Service | None = None) -> RelayAnswer:
    """Forward one request of a page to the service; blocks until it answers.

    ``path`` is the service's path; only ``/v1/query`` is forwarded. Never raises: what goes wrong is an encoded error.
    """
    raise NotImplementedError


async def relay_async(
    path: str, body: bytes, headers: Mapping[str, str], *, service: Service | None = None
) -> RelayAnswer:
    """:func:`relay` for ASGI and Tornado servers; cancelling it cancels the query in the service."""
    raise NotImplementedError
