"""Protects: frames of every library give the same table, a living unchanged frame is written once, a changed one again."""

from __future__ import annotations

import gc
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from magpie_vega import FrameError, UnsupportedColumnError
from magpie_vega import _tables as tables
from magpie_vega._tables import Need, TableCache, store_frame

ROWS = {"number": [1.5, None, 3.0], "text": ["x", None, "y"], "whole": [1, 2, 3], "flag": [True, False, True]}


EVERYTHING = Need(None, ())


def needs(columns: list[str]) -> Need:
    return Need(columns, columns)


class OnlyArrowStream:
    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


class OnlyInterchange:
    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __dataframe__(self, *args: object, **kwargs: object) -> object:
        return self.table.__dataframe__()


def frames() -> dict[str, Any]:
    arrow = pa.table(ROWS)
    halves = [pl.DataFrame(ROWS)[:2], pl.DataFrame(ROWS)[2:]]
    return {
        "pandas": pd.DataFrame(ROWS),
        "pandas-nullable": pd.DataFrame(ROWS).convert_dtypes(),
        "pandas-arrow": pd.DataFrame(ROWS).convert_dtypes(dtype_backend="pyarrow"),
        "pandas-indexed": pd.DataFrame(ROWS, index=[5, 3, 1]),
        "pandas-category": pd.DataFrame(ROWS).astype({"text": "category"}),
        "polars": pl.DataFrame(ROWS),
        "polars-chunked": pl.concat(halves, rechunk=False),
        "polars-lazy": pl.LazyFrame(ROWS),
        "polars-category": pl.DataFrame(ROWS, schema_overrides={"text": pl.Categorical}),
        "arrow-table": arrow,
        "arrow-batch": arrow.to_batches()[0],
        "arrow-reader": arrow.to_reader(),
        "arrow-sliced": pa.concat_tables([arrow, arrow]).slice(3),
        "duckdb": duckdb.from_arrow(arrow),
        "narwhals": nw.from_native(pl.DataFrame(ROWS)),
        "stream": OnlyArrowStream(arrow),
        "interchange": OnlyInterchange(arrow),
    }


@pytest.mark.parametrize("name", frames())
def test_equal_frames_are_one_table(name: str) -> None:
    expected = store_frame(pa.table(ROWS), needs(list(ROWS)))
    stored = TableCache().store(frames()[name], needs(list(ROWS)))
    assert stored.sha256 == expected.sha256
    assert pa.ipc.open_stream(stored.path.read_bytes()).read_all().to_pydict() == ROWS


@pytest.mark.parametrize("name", frames())
def test_only_needed_columns_are_written_in_the_frames_order(name: str) -> None:
    stored = TableCache().store(frames()[name], needs(["text", "number"]))
    assert pa.ipc.open_stream(stored.path.read_bytes()).schema.names == ["number", "text"]


def test_the_hash_is_the_same_in_every_process() -> None:
    # A golden: with another value, charts of different processes would not share their tables.
    stored = store_frame(pa.table(ROWS), EVERYTHING)
    assert stored.sha256 == "70dc0668b99314d9cf93f731830848a74ee67d07235d6959bcc1226ba74eabff"


def test_a_stream_that_can_be_read_once_serves_two_charts() -> None:
    cache, reader = TableCache(), pa.table(ROWS).to_reader()
    first = cache.store(reader, needs(["number"]))
    second = cache.store(reader, needs(["number", "text"]))
    assert first.sha256 == store_frame(pa.table(ROWS), needs(["number"])).sha256
    assert second.sha256 == store_frame(pa.table(ROWS), needs(["number", "text"])).sha256


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each entry is a frame that was really read and written."""
    calls: list[object] = []

    def counted(frame: object, need: Need) -> Any:
        calls.append(frame)
        return store_frame(frame, need)

    monkeypatch.setattr(tables, "store_frame", counted)
    return calls


@pytest.mark.parametrize(
    "name", ["pandas", "pandas-arrow", "pandas-nullable", "pandas-category", "polars", "narwhals", "arrow-table"]
)
def test_an_unchanged_frame_is_written_once(name: str, written: list[object]) -> None:
    cache, frame = TableCache(), frames()[name]
    assert cache.store(frame, needs(list(ROWS))) == cache.store(frame, needs(list(reversed(ROWS))))
    assert len(written) == 1


def test_a_pandas_frame_that_was_changed_in_place_is_written_again(written: list[object]) -> None:
    cache, frame = TableCache(), pd.DataFrame({"a": np.arange(3.0), "t": ["x", "y", "z"]})
    before = cache.store(frame, needs(["a", "t"]))
    frame.loc[0, "a"] = 9.0
    changed = cache.store(frame, needs(["a", "t"]))
    frame.loc[1, "t"] = "new"
    again = cache.store(frame, needs(["a", "t"]))
    assert len({before.sha256, changed.sha256, again.sha256}) == 3
    assert pa.ipc.open_stream(again.path.read_bytes()).read_all().to_pydict() == {
        "a": [9, 1, 2],
        "t": ["x", "new", "z"],
    }


def test_a_polars_frame_that_was_changed_in_place_is_written_again() -> None:
    cache, frame = TableCache(), pl.DataFrame({"a": [1.0, 2.0], "t": ["x", "y"]})
    before = cache.store(frame, needs(["a", "t"]))
    frame[0, "a"] = 9.0
    changed = cache.store(frame, needs(["a", "t"]))
    frame.extend(frame.clone())
    longer = cache.store(frame, needs(["a", "t"]))
    assert len({before.sha256, changed.sha256, longer.sha256}) == 3
    assert pa.ipc.open_stream(longer.path.read_bytes()).read_all().to_pydict() == {
        "a": [9, 2, 9, 2],
        "t": ["x", "y"] * 2,
    }


def test_a_query_is_run_again_since_its_tables_may_have_changed() -> None:
    cache, connection = TableCache(), duckdb.connect()
    connection.execute("create table t as select 1 as a")
    relation = connection.table("t")
    before = cache.store(relation, needs(["a"]))
    connection.execute("insert into t values (2)")
    assert cache.store(relation, needs(["a"])).sha256 != before.sha256


def test_a_frame_that_is_gone_is_forgotten() -> None:
    cache, frame = TableCache(), pl.DataFrame(ROWS)
    cache.store(frame, EVERYTHING)
    assert len(cache._known) == 1
    del frame
    gc.collect()
    assert not cache._known


def test_a_table_that_left_the_spool_is_written_again() -> None:
    cache, frame = TableCache(), pl.DataFrame(ROWS)
    cache.store(frame, EVERYTHING).path.unlink()
    assert cache.store(frame, EVERYTHING).path.is_file()


def test_a_table_that_is_in_the_spool_already_is_not_replaced() -> None:
    before = store_frame(pa.table(ROWS), EVERYTHING).path.stat().st_ino
    assert store_frame(pa.table(ROWS), EVERYTHING).path.stat().st_ino == before


def test_a_file_in_the_spool_that_is_cut_off_is_replaced() -> None:
    path = store_frame(pa.table(ROWS), EVERYTHING).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert store_frame(pa.table(ROWS), EVERYTHING).path.read_bytes() == whole
    assert not list(path.parent.glob(".writing-*"))


def test_a_chart_that_only_counts_sends_one_column_that_can_be_sent() -> None:
    frame = pa.table({"seconds": pa.array([1, 2], pa.duration("s")), "number": [1.0, 2.0], "text": ["a", "b"]})
    stored = store_frame(frame, needs([]))
    assert pa.ipc.open_stream(stored.path.read_bytes()).read_all().to_pydict() == {"number": [1, 2]}


def test_pandas_names_become_text() -> None:
    stored = store_frame(pd.DataFrame([[1, 2], [3, 4]]), needs(["1"]))
    assert pa.ipc.open_stream(stored.path.read_bytes()).read_all().to_pydict() == {"1": [2, 4]}


def test_a_column_of_mixed_objects_is_refused_only_when_it_is_needed() -> None:
    frame = pd.DataFrame({"mixed": [1, "x", {}], "number": [1, 2, 3]})
    assert store_frame(frame, needs(["number"]))
    with pytest.raises(UnsupportedColumnError, match="'mixed' has the type object"):
        store_frame(frame, needs(["mixed"]))


@pytest.mark.parametrize(
    ("values", "remedy"),
    [
        (pd.period_range("2020", periods=2), "timestamps"),
        (pd.to_timedelta([1, 2]), "seconds"),
        ([{"a": 1}, {"b": 2}], "columns of their own"),
        (pd.interval_range(0, 2), "timestamps"),
        ([1j, 2j], "one type"),
    ],
)
def test_a_pandas_column_without_meaning_names_the_remedy(values: Any, remedy: str) -> None:
    with pytest.raises(UnsupportedColumnError) as caught:
        store_frame(pd.DataFrame({"c": values}), needs(["c"]))
    assert remedy in caught.value.remedy


def test_a_column_that_may_be_read_is_left_out_when_it_has_no_meaning() -> None:
    frame = pa.table({"name": pa.array([1, 2], pa.duration("s")), "number": [1.0, 2.0]})
    stored = store_frame(frame, Need(["name", "number"], ["number"]))
    assert pa.ipc.open_stream(stored.path.read_bytes()).read_all().to_pydict() == {"number": [1, 2]}


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(FrameError, match="several columns named 'a'"):
        store_frame(pd.DataFrame([[1, 2]], columns=["a", "a"]), needs(["a"]))


def test_a_query_that_fails_says_why() -> None:
    with pytest.raises(FrameError, match="duckdb frame could not be read"):
        store_frame(duckdb.sql("select error('broken on purpose') as a from range(3)"), needs(["a"]))
