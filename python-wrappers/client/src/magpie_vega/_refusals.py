"""What the service refused, as exceptions."""

from __future__ import annotations

import httpx
from google.protobuf.message import DecodeError

from ._errors import NotGrantedError, ServiceError, ServiceUnreachableError, VersionMismatchError
from ._gen.magpie_pb2 import Error

__all__ = ["PROTOBUF", "encode_error", "error_from_message", "refusal"]

PROTOBUF = "application/x-protobuf"

_TYPES: dict[str, type[ServiceError]] = {
    "not-granted": NotGrantedError,
    "unreachable": ServiceUnreachableError,
    "version-mismatch": VersionMismatchError,
}


def error_from_message(message: Error) -> ServiceError:
    """The exception for an error of the wire contract."""
    kind = _TYPES.get(message.code, ServiceError)
    return kind(message.message, place=message.place, remedy=message.remedy, code=message.code or "internal")


def refusal(answer: httpx.Response) -> ServiceError:
    """The exception for an answer that is not a success."""
    try:
        message = Error.FromString(answer.content)
    except DecodeError:
        message = Error()
    if message.code:
        return error_from_message(message)
    if answer.status_code == httpx.codes.FORBIDDEN:
        return NotGrantedError(
            "The service does not accept this app's grants",
            place="MAGPIE_SECRET",
            remedy="Start the service and the app with the same secret.",
        )
    return ServiceError(f"The service answered {answer.status_code} to {answer.request.url.path}")


def encode_error(code: str, message: str, *, place: str = "", remedy: str = "") -> bytes:
    """An error of the wire contract, as bytes."""
    return Error(code=code, message=message, place=place, remedy=remedy).SerializeToString()
