"""Whether a service answers, and speaks our version."""

from __future__ import annotations

import httpx
from google.protobuf.message import DecodeError

from ._errors import VersionMismatchError
from ._gen.magpie_pb2 import Health
from ._http import client
from ._version import PROTOCOL_VERSION

__all__ = ["check_version", "read_health"]

#: A dead service refuses at once; one that accepts the connection is alive, however busy the host is.
_TIMEOUT = httpx.Timeout(60.0, connect=5.0)


def read_health(url: str) -> Health | None:
    """What the service at ``url`` says of itself; ``None`` when none answers there."""
    try:
        answer = client(url).get(
            f"{url}/healthz", headers={"accept": "application/x-protobuf"}, timeout=_TIMEOUT, follow_redirects=False
        )
        health = Health.FromString(answer.content)
    except (httpx.HTTPError, DecodeError):
        return None
    return health if answer.status_code == httpx.codes.OK and health.protocol_version else None


def check_version(url: str, health: Health) -> None:
    """Raise :class:`VersionMismatchError` unless the service speaks this package's version of the contract."""
    if health.protocol_version != PROTOCOL_VERSION:
        raise VersionMismatchError(
            f"The service at {url} speaks version {health.protocol_version} of the wire contract, "
            f"this package version {PROTOCOL_VERSION}",
            remedy="Run the same version of Magpie on both sides.",
        )
