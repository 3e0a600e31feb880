"""Carries a page's requests to the service, through the app's own server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from google.protobuf.message import DecodeError

from ._address import Address
from ._errors import MagpieError
from ._gen.magpie_pb2 import QueryRequest
from ._http import async_client, client
from ._refusals import PROTOBUF, encode_error
from ._service import Service, unreachable

__all__ = ["MAX_BODY_BYTES", "RelayAnswer", "relay", "relay_async"]

#: A query is a graph and root values; what is larger is refused.
MAX_BODY_BYTES = 16 * 1024 * 1024

_PATHS = frozenset({"/v1/query"})
_FORWARDED = ("content-type", "accept")
_LOST_TABLE = b"table-missing"
#: An answer with tables in it is not searched for errors beyond this.
_SEARCHED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class RelayAnswer:
    """What to answer the page: an HTTP status, the body, and its media type."""

    status: int
    content_type: str
    body: bytes


def relay(path: str, body: bytes, headers: Mapping[str, str], *, service: Service | None = None) -> RelayAnswer:
    """Forward one request of a page to the service; blocks until it answers. Safe to call from several threads.

    ``path`` is the service's path; only ``/v1/query`` is forwarded, and no uploads. ``headers`` are the page's. A local
    service that died is started again, and tables that a service lost are uploaded again, before the page hears of it.
    Never raises: what goes wrong is an encoded ``Error`` with its status, ``unreachable`` (502) for a dead service.
    """
    refused = _refused(path, body)
    if refused is not None:
        return refused
    try:
        chosen = service or Service.from_environment()
        answer = _query(chosen, path, body, headers)
        if _lost_tables(answer) and chosen.restore_tables(_grants(body)):
            answer = _query(chosen, path, body, headers)
        return _relayed(answer)
    except MagpieError as error:
        return _failed(error)


async def relay_async(
    path: str, body: bytes, headers: Mapping[str, str], *, service: Service | None = None
) -> RelayAnswer:
    """:func:`relay` for ASGI and Tornado servers; cancelling it cancels the query in the service."""
    refused = _refused(path, body)
    if refused is not None:
        return refused
    try:
        chosen = service or Service.from_environment()
        answer = await _query_async(chosen, path, body, headers)
        if _lost_tables(answer) and await asyncio.to_thread(chosen.restore_tables, _grants(body)):
            answer = await _query_async(chosen, path, body, headers)
        return _relayed(answer)
    except MagpieError as error:
        return _failed(error)


def _query(service: Service, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    address = service.address()
    for last in (False, True):
        try:
            return client(address.url).post(address.url + path, content=body, headers=_forwarded(headers))
        except httpx.RequestError as error:
            if last or isinstance(error, httpx.ReadTimeout):
                raise unreachable(address, error) from error
            address = service.recover(address)
    raise AssertionError


async def _query_async(service: Service, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    known = service.known_address
    address: Address = known if known is not None else await asyncio.to_thread(service.address)
    for last in (False, True):
        try:
            return await async_client(address.url).post(address.url + path, content=body, headers=_forwarded(headers))
        except httpx.RequestError as error:
            if last or isinstance(error, httpx.ReadTimeout):
                raise unreachable(address, error) from error
            address = await asyncio.to_thread(service.recover, address)
    raise AssertionError


def _forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    given = {name.lower(): value for name, value in headers.items()}
    return {name: given[name] for name in _FORWARDED if name in given} or {"content-type": PROTOBUF}


def _refused(path: str, body: bytes) -> RelayAnswer | None:
    if path not in _PATHS:
        return RelayAnswer(404, PROTOBUF, encode_error("bad-request", f"There is nothing at {path}"))
    if len(body) > MAX_BODY_BYTES:
        message = f"The request has {len(body)} bytes; at most {MAX_BODY_BYTES} are taken"
        return RelayAnswer(413, PROTOBUF, encode_error("too-large", message, remedy="Select less."))
    return None


def _relayed(answer: httpx.Response) -> RelayAnswer:
    return RelayAnswer(answer.status_code, answer.headers.get("content-type", PROTOBUF), answer.content)


def _failed(error: MagpieError) -> RelayAnswer:
    body = encode_error(error.code, error.cause, place=error.place, remedy=error.remedy)
    return RelayAnswer(_STATUS.get(error.code, 500), PROTOBUF, body)


_STATUS = {
    "bad-request": 400,
    "not-granted": 403,
    "table-missing": 404,
    "version-mismatch": 409,
    "too-large": 413,
    "unreachable": 502,
    "stopping": 503,
    "timeout": 504,
}


def _lost_tables(answer: httpx.Response) -> bool:
    return len(answer.content) <= _SEARCHED_BYTES and _LOST_TABLE in answer.content


def _grants(body: bytes) -> list[str]:
    try:
        return list(QueryRequest.FromString(body).grants)
    except DecodeError:
        return []
