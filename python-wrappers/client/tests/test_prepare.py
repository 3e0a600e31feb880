"""Protects: a chart's data reaches the real service once, with the needed columns only, and its page may read just that."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from magpie_vega import ChartError, ChartPayload, ColumnMissingError, Service, UnsupportedColumnError, prepare
from magpie_vega._grants import granted_tables
from magpie_vega._sources import TABLE_SCHEME
from magpie_vega._spool import find_stored

ROWS = {"delay": [5, None, 30], "origin": ["ATL", "ORD", "ATL"], "unused": [1.0, 2.0, 3.0], "type": ["a", "b", "c"]}
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"


def bars(frame: Any) -> Any:
    return alt.Chart(frame).mark_bar().encode(x="origin:N", y="sum(delay):Q")


def table_of(payload: ChartPayload) -> pa.Table:
    (token,) = payload.grants
    (sha256,) = granted_tables(token)
    stored = find_stored(sha256)
    assert stored is not None
    return pa.ipc.open_stream(stored.path.read_bytes()).read_all()


def test_a_chart_becomes_a_specification_and_a_grant(service: Service) -> None:
    payload = prepare(bars(pl.DataFrame(ROWS)))
    (sha256,) = granted_tables(payload.grants[0])
    assert payload.spec["data"] == {"url": TABLE_SCHEME + sha256}
    assert service.has_table(sha256)
    assert table_of(payload).to_pydict() == {"delay": ROWS["delay"], "origin": ROWS["origin"]}
    sent = json.loads(json.dumps(payload.to_json_dict()))
    assert set(sent) == {"spec", "grants", "serverUrls", "packageVersion", "protocolVersion"}
    assert sent["spec"] == payload.spec


def test_the_same_rows_in_two_charts_of_two_libraries_are_uploaded_once(uploads: Callable[[str], float]) -> None:
    rows = {**ROWS, "delay": [71, 72, 73]}
    first = prepare(bars(pl.DataFrame(rows)))
    payloads = [
        prepare(bars(frame)) for frame in (pd.DataFrame(rows), pa.table(rows), duckdb.from_arrow(pa.table(rows)))
    ]
    assert {payload.grants for payload in payloads} == {first.grants}
    assert uploads("accepted") == 1


def test_preparing_a_chart_again_gives_the_same_payload() -> None:
    frame = pd.DataFrame(ROWS)
    assert prepare(bars(frame)) == prepare(bars(frame))


def test_a_small_chart_without_frames_does_not_ask_for_a_service() -> None:
    unreachable = Service(lambda: pytest.fail("asked"), is_local=False)
    spec = {"$schema": VEGA_LITE, "data": {"values": [{"a": 1}]}, "mark": "bar"}
    payload = prepare(spec, service=unreachable)
    assert (payload.spec, payload.grants, payload.server_urls) == (spec, (), ())


def test_frames_that_altair_refuses_are_read_in_specifications(service: Service) -> None:
    table = pa.table(ROWS)
    encoding = {"x": {"field": "origin"}, "y": {"aggregate": "sum", "field": "delay"}}
    tokens = {
        prepare({"$schema": VEGA_LITE, "data": frame, "mark": "bar", "encoding": encoding}).grants
        for frame in (
            pl.LazyFrame(ROWS),
            table.to_reader(),
            table.to_batches()[0],
            {"values": duckdb.from_arrow(table)},
        )
    }
    assert tokens == {prepare(bars(table)).grants}


def test_a_reader_shown_twice_still_has_its_rows(service: Service) -> None:
    reader = pa.table(ROWS).to_reader()
    spec = {"$schema": VEGA_LITE, "data": reader, "mark": "bar", "encoding": {"x": {"field": "origin"}}}
    assert prepare(spec).grants == prepare(spec).grants
    assert table_of(prepare(spec)).num_rows == 3


def test_a_vega_specification_keeps_its_form(service: Service) -> None:
    spec = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "data": [{"name": "t", "values": pl.DataFrame(ROWS), "transform": [{"type": "extent", "field": "delay"}]}],
        "marks": [{"type": "symbol", "from": {"data": "t"}, "encode": {"update": {"x": {"field": "delay"}}}}],
    }
    payload = prepare(spec)
    (data,) = payload.spec["data"]
    assert data["name"] == "t"
    assert data["url"].startswith(TABLE_SCHEME)
    assert "delay" in table_of(payload).column_names


def test_many_inline_rows_become_a_table(service: Service) -> None:
    values = [{"a": index, "b": "x"} for index in range(1000)]
    chart = alt.Chart(alt.InlineData(values)).mark_bar().encode(x="a:Q")
    assert prepare(chart).grants == ()
    payload = prepare(chart, inline_limit_bytes=1000)
    assert "datasets" not in payload.spec
    assert table_of(payload).to_pydict() == {"a": [float(index) for index in range(1000)]}


def test_files_and_listed_urls_are_granted(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("a\n1\n")
    other = "https://data.example/rows.json"
    spec = {
        "$schema": VEGA_LITE,
        "layer": [{"data": {"url": url}, "mark": "bar"} for url in (str(file), other, "x.csv")],
    }
    payload = prepare(spec, server_data=[other])
    assert payload.server_urls == (file.as_uri(), other)
    assert [layer["data"]["url"] for layer in payload.spec["layer"]] == [file.as_uri(), other, "x.csv"]


def test_a_field_that_no_column_is_behind_is_an_error_with_its_place(service: Service) -> None:
    with pytest.raises(ColumnMissingError) as caught:
        prepare(alt.Chart(pl.DataFrame(ROWS)).mark_bar().encode(x="orgin:N"))
    assert caught.value.column == "orgin"
    assert caught.value.place == "/encoding/x/field"
    assert "'origin'" in caught.value.remedy


@pytest.mark.parametrize(
    "chart",
    [
        alt.Chart(pl.DataFrame(ROWS)).mark_bar().transform_calculate(late="datum.delay > 9").encode(x="late:N"),
        alt.Chart(pl.DataFrame(ROWS)).mark_bar().transform_fold(["delay", "unused"]).encode(x="key:N", y="value:Q"),
        alt.Chart(pl.DataFrame({"a.b": [1], "c d": [2]})).mark_bar().encode(x=r"a\.b:Q", y="c d:Q"),
        alt.Chart(pl.DataFrame(ROWS)).mark_bar().encode(x=alt.X("delay:Q").bin(), y="count()"),
    ],
)
def test_a_field_that_something_makes_is_no_error(chart: alt.Chart, service: Service) -> None:
    assert prepare(chart).grants


def test_a_column_without_meaning_is_an_error_only_when_the_chart_reads_it(service: Service) -> None:
    frame = pl.DataFrame({**ROWS, "type": [b"1", b"2", b"3"]})
    assert prepare(bars(frame)).grants == prepare(bars(pl.DataFrame(ROWS))).grants
    with pytest.raises(UnsupportedColumnError) as caught:
        prepare(alt.Chart(frame).mark_bar().encode(x="type:N"))
    assert caught.value.column == "type"


def test_what_is_no_chart_is_refused() -> None:
    with pytest.raises(ChartError, match="type int is not a chart"):
        prepare(3)


def test_a_specification_that_vega_lite_refuses_says_so(service: Service) -> None:
    with pytest.raises(Exception, match="Vega-Lite") as caught:
        prepare({"$schema": VEGA_LITE, "data": pl.DataFrame(ROWS), "marks": "bar"})
    assert caught.value.code == "bad-request"  # type: ignore[attr-defined]
