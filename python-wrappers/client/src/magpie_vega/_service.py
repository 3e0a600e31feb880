"""The runtime service that this process talks to."""

from __future__ import annotations

__all__ = ["Service"]


class Service:
    """The runtime service: where it is, and the secret that signs grants for it."""

    @classmethod
    def from_environment(cls) -> Service:
        """The service at ``MAGPIE_URL`` with ``MAGPIE_SECRET``, else the bundled one of this host and user."""
        raise NotImplementedError
