"""Which columns a specification reads, as the service's planner sees it."""

from __future__ import annotations

from typing import Protocol

import httpx
from google.protobuf.message import DecodeError

from ._errors import ServiceError
from ._gen.magpie_pb2 import InspectRequest, InspectResponse
from ._refusals import PROTOBUF, error_from_message, refusal
from ._version import PROTOCOL_VERSION

__all__ = ["ColumnUse", "inspect_spec"]

#: The names of the columns that are read; ``None`` when that may be any.
ColumnUse = tuple[str, ...] | None


class _Send(Protocol):
    def __call__(self, method: str, path: str, *, headers: dict[str, str], body: bytes) -> httpx.Response: ...


def inspect_spec(spec: str, send: _Send) -> dict[str, ColumnUse]:
    """Ask the service which columns of which data URLs ``spec`` reads."""
    body = InspectRequest(protocol_version=PROTOCOL_VERSION, spec=spec).SerializeToString()
    answer = send("POST", "/v1/inspect", headers={"content-type": PROTOBUF, "accept": PROTOBUF}, body=body)
    if not answer.is_success:
        raise refusal(answer)
    try:
        response = InspectResponse.FromString(answer.content)
    except DecodeError as error:
        msg = "The service's answer about the chart's columns cannot be read"
        raise ServiceError(msg, code="version-mismatch", remedy="Run the same version on both sides.") from error
    if response.HasField("error"):
        raise error_from_message(response.error)
    return {use.url: None if use.all_columns else tuple(use.columns) for use in response.tables}
