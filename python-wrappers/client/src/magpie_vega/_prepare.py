"""From an Altair chart or a specification to what its page needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._payload import ChartPayload
from ._service import Service

__all__ = ["DEFAULT_INLINE_LIMIT_BYTES", "prepare"]

DEFAULT_INLINE_LIMIT_BYTES = 256 * 1024


def prepare(
    chart: Any,
    *,
    server_data: Sequence[str] = (),
    inline_limit_bytes: int = DEFAULT_INLINE_LIMIT_BYTES,
    service: Service | None = None,
) -> ChartPayload:
    """Take the data out of a chart, bring it to the service, and give what the page needs."""
    raise NotImplementedError
