"""Where a running service is."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Address"]


@dataclass(frozen=True, slots=True)
class Address:
    """The base URL of a service without a closing slash, and the secret that it shares with this process."""

    url: str
    secret: bytes = field(repr=False)
    #: The process, when it was started on this host.
    pid: int | None = None
