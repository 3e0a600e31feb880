"""Protects: a page's query reaches the service through the app, and a dead or forgetful service is put right unseen."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from queries import count_query, counted

from magpie_vega import ChartPayload, RelayAnswer, Service, prepare, relay, relay_async
from magpie_vega._folders import table_folder
from magpie_vega._gen.magpie_pb2 import Error
from magpie_vega._health import read_health

HEADERS = {"Content-Type": "application/x-protobuf", "Cookie": "not for the service"}
ROWS = 500


@pytest.fixture
def payload(service: Service) -> ChartPayload:
    chart = {"data": pl.DataFrame({"a": range(ROWS)}), "mark": "bar", "encoding": {"x": {"field": "a"}}}
    return prepare(chart, service=service)


def body_of(payload: ChartPayload) -> bytes:
    return count_query(payload.spec["data"]["url"], list(payload.grants))


def error_of(answer: RelayAnswer) -> Error:
    assert answer.content_type == "application/x-protobuf"
    return Error.FromString(answer.body)


def kill(service: Service) -> int:
    pid = service.address().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while read_health(service.address().url) is not None:
        time.sleep(0.01)
    return pid


def test_a_query_is_answered(payload: ChartPayload) -> None:
    answer = relay("/v1/query", body_of(payload), HEADERS)
    assert answer.status == 200
    assert counted(answer.body) == ROWS


def test_many_threads_ask_at_once(payload: ChartPayload) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: relay("/v1/query", body_of(payload), HEADERS), range(40)))
    assert {counted(answer.body) for answer in answers} == {ROWS}


def test_an_event_loop_asks_and_another_one_after_it(payload: ChartPayload) -> None:
    async def ask() -> list[RelayAnswer]:
        return await asyncio.gather(*(relay_async("/v1/query", body_of(payload), HEADERS) for _ in range(5)))

    for _ in range(2):
        assert {counted(answer.body) for answer in asyncio.run(ask())} == {ROWS}


@pytest.mark.parametrize("path", ["/v1/tables/" + "0" * 64, "/v1/inspect", "/metrics", "/v1/query/../tables", ""])
def test_only_queries_pass(path: str) -> None:
    answer = relay(path, b"", HEADERS)
    assert (answer.status, error_of(answer).code) == (404, "bad-request")


def test_a_large_body_is_refused() -> None:
    answer = relay("/v1/query", bytes(16 * 1024 * 1024 + 1), HEADERS)
    assert (answer.status, error_of(answer).code) == (413, "too-large")


def test_a_killed_service_is_started_again_for_the_next_query(payload: ChartPayload, service: Service) -> None:
    dead = kill(service)
    assert counted(relay("/v1/query", body_of(payload), HEADERS).body) == ROWS
    assert service.address().pid != dead
    dead = kill(service)
    assert counted(asyncio.run(relay_async("/v1/query", body_of(payload), HEADERS)).body) == ROWS
    assert service.address().pid != dead


def test_a_table_that_the_service_lost_is_uploaded_again(payload: ChartPayload, service: Service) -> None:
    service.stop()
    for stored in table_folder().rglob("*.arrow"):
        stored.unlink()
    assert counted(relay("/v1/query", body_of(payload), HEADERS).body) == ROWS


def test_an_external_service_that_is_dead_is_an_error_that_the_page_can_show() -> None:
    dead = Service.external("http://127.0.0.1:9", "a secret of sixteen characters")
    for answer in (
        relay("/v1/query", b"", HEADERS, service=dead),
        asyncio.run(relay_async("/v1/query", b"", HEADERS, service=dead)),
    ):
        assert (answer.status, error_of(answer).code) == (502, "unreachable")
        assert error_of(answer).place == "MAGPIE_URL"
        assert error_of(answer).remedy


def test_a_page_without_grant_reads_nothing(payload: ChartPayload) -> None:
    answer = relay("/v1/query", count_query(payload.spec["data"]["url"], []), HEADERS)
    assert b"not-granted" in answer.body
