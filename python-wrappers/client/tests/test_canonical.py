"""Protects: equal values give equal bytes, whatever library and layout they come from, and mean what Altair's JSON means."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import pyarrow as pa
import pytest

from magpie_vega import UnsupportedColumnError, _canonical
from magpie_vega._canonical import BATCH_ROWS, canonical_batches


def written(table: pa.Table) -> bytes:
    schema, batches = canonical_batches(table)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def read(table: pa.Table) -> pa.Table:
    return pa.ipc.open_stream(written(table)).read_all()


def column(values: Any, kind: pa.DataType) -> pa.Table:
    return pa.table({"c": pa.array(values, kind)})


@pytest.mark.parametrize(
    ("values", "kind", "sent", "expected"),
    [
        ([True, None, False], pa.bool_(), pa.bool_(), [True, None, False]),
        ([1, None, -3], pa.int8(), pa.int8(), [1, None, -3]),
        ([1, None, 2**53 + 1], pa.int64(), pa.float64(), [1.0, None, float(2**53)]),
        ([2**64 - 1], pa.uint64(), pa.float64(), [float(2**64)]),
        ([decimal.Decimal("1.25"), None], pa.decimal128(10, 2), pa.float64(), [1.25, None]),
        ([1.5, float("nan"), float("inf"), -float("inf"), None], pa.float64(), pa.float64(), [1.5, *[None] * 4]),
        ([0.1, None], pa.float32(), pa.float32(), [0.10000000149011612, None]),
        ([1.5, None], pa.float16(), pa.float32(), [1.5, None]),
        ([None, None], pa.null(), pa.float64(), [None, None]),
        (["a", None, ""], pa.large_string(), pa.string(), ["a", None, ""]),
        (["a", "b", "c"], pa.string_view(), pa.string(), ["a", "b", "c"]),
        ([dt.date(1960, 1, 2), None], pa.date32(), pa.timestamp("ms"), [dt.datetime(1960, 1, 2), None]),  # noqa: DTZ001
    ],
)
def test_a_column_is_sent_as(values: list[Any], kind: pa.DataType, sent: pa.DataType, expected: list[Any]) -> None:
    table = read(column(values, kind))
    assert table.schema.field("c").type == sent
    assert table.column("c").to_pylist() == expected


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_without_zone_stay_wall_clock_times_and_round_down_to_milliseconds(unit: str) -> None:
    per_second = {"s": 1, "ms": 1000, "us": 10**6, "ns": 10**9}[unit]
    values = pa.array([-per_second, per_second, None, -1], pa.int64()).cast(pa.timestamp(unit))
    table = read(pa.table({"c": values}))
    assert table.schema.field("c").type == pa.timestamp("ms")
    last = -1000 if unit == "s" else -1
    assert table.column("c").cast(pa.int64()).to_pylist() == [-1000, 1000, None, last]
    whole = read(pa.table({"c": values.slice(0, 3)}))
    assert whole.column("c").cast(pa.int64()).to_pylist() == [-1000, 1000, None]


def test_times_too_far_away_for_milliseconds_are_refused() -> None:
    with pytest.raises(UnsupportedColumnError, match=r"overflow|out of bounds"):
        written(pa.table({"c": pa.array([2**62], pa.int64()).cast(pa.timestamp("s"))}))


def test_times_with_a_zone_are_instants() -> None:
    values = pa.array([1_600_000_000_123_456, None], pa.int64()).cast(pa.timestamp("us", "America/New_York"))
    table = read(pa.table({"c": values}))
    assert table.schema.field("c").type == pa.timestamp("ms", "UTC")
    assert table.column("c").cast(pa.int64()).to_pylist() == [1_600_000_000_123, None]


def test_repeated_texts_become_one_dictionary_in_order_of_appearance() -> None:
    texts = ["b", "a", None, "b", "a", "b"]
    plain = column(texts, pa.string())
    indices = pa.array([0, 2, None, 0, 2, 0], pa.int8())
    categories = pa.table({"c": pa.DictionaryArray.from_arrays(indices, pa.array(["b", "unused", "a"]))})
    chunked = pa.table(
        {"c": pa.chunked_array([pa.array(texts[:1]).dictionary_encode(), pa.array(texts[1:]).dictionary_encode()])}
    )
    assert written(plain) == written(categories) == written(chunked)
    sent = read(plain).column("c")
    assert sent.type == pa.dictionary(pa.int8(), pa.string())
    assert sent.chunk(0).dictionary.to_pylist() == ["b", "a"]
    assert sent.to_pylist() == texts


@pytest.mark.parametrize(
    ("distinct", "codes"), [(128, pa.int8()), (129, pa.int16()), (32_768, pa.int16()), (32_769, pa.int32())]
)
def test_codes_are_as_narrow_as_their_number_allows(distinct: int, codes: pa.DataType) -> None:
    texts = [str(at % distinct) for at in range(2 * distinct + 1)]
    sent = read(column(texts, pa.string())).column("c")
    assert sent.type.index_type == codes
    assert sent.to_pylist() == texts


@pytest.mark.parametrize(
    "texts",
    [
        ["b", "", None, "b", "exactly 12 b", "b", "", "exactly 12 b"],
        ["b", "more than twelve bytes", None, "b", "", "b"],
        ["more than twelve bytes", "more than twelve others", None, "more than twelve bytes"] * 2,
        ["é", "e\u0301", "\0", "", None, "b\0", "b"] * 2,
        ["all", "of", "them", "differ"],
        [],
    ],
)
def test_views_are_written_as_other_texts_are(texts: list[str | None]) -> None:
    plain = column(texts, pa.string())
    views = pa.array(texts, pa.string_view())
    half = len(texts) // 2
    chunked = pa.chunked_array([views.slice(0, half), views.slice(half)], pa.string_view())
    apart = pa.chunked_array([pa.array(texts[:half], pa.string_view()), pa.array(texts[half:], pa.string_view())])
    assert written(plain) == written(pa.table({"c": views})) == written(pa.table({"c": chunked}))
    assert written(plain) == written(pa.table({"c": apart}))


def test_texts_that_outgrow_32_bit_offsets_are_written_as_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [
        pa.table({"c": pa.chunked_array([texts[:2], texts[2:]], pa.string())})
        for texts in (["b", "a", None, "b", "a", "b"], ["one", "two", None, "four"])
    ]
    before = [written(table) for table in tables]
    monkeypatch.setattr(_canonical, "_LONG_TEXTS_BYTES", 0)
    assert [written(table) for table in tables] == before


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1.5, 2.5, None, 4.5, 5.5]),
        pa.array([1, 2, None, 4, 5], pa.int16()),
        pa.array([True, False, None, True, True]),
        pa.array(["one", "two", None, "four", "five"]),
        pa.array(["x", "x", None, "x", "x"]),
        pa.array([1, 2, None, 4, 5], pa.timestamp("us")),
        pa.array([1, 2, None, 4, 5], pa.timestamp("ms", "UTC")),
    ],
    ids=lambda values: str(values.type),
)
def test_chunks_offsets_and_hidden_values_do_not_change_the_bytes(values: pa.Array) -> None:
    whole = pa.table({"c": values})
    sliced = pa.table({"c": pa.concat_arrays([values, values]).slice(5)})
    chunked = pa.table({"c": pa.chunked_array([values.slice(0, 2), values.slice(2)])})
    shown = pa.array([True, True, False, True, True])
    hidden = pa.table(
        {"c": pa.compute.if_else(shown, pa.compute.fill_null(values, values[0]), pa.scalar(None, values.type))}
    )
    assert written(whole) == written(sliced) == written(chunked) == written(hidden)


def test_batches_have_at_most_131072_rows_and_keep_the_order() -> None:
    rows = BATCH_ROWS + 5
    numbers = pa.array(range(rows), pa.int32())
    texts = pa.array([None if row % 7 == 0 else f"text {row % 10}" for row in range(rows)])
    table = pa.table({"n": numbers, "t": texts, "u": pa.array([str(row) for row in range(rows)])})
    reader = pa.ipc.open_stream(written(table))
    batches = list(reader)
    assert [batch.num_rows for batch in batches] == [BATCH_ROWS, 5]
    assert pa.Table.from_batches(batches).column("n").to_pylist() == numbers.to_pylist()
    assert pa.Table.from_batches(batches).column("t").to_pylist() == texts.to_pylist()
    assert batches[1].column("u").to_pylist() == [str(row) for row in range(BATCH_ROWS, rows)]


NESTED = pa.struct([("t", pa.string()), ("n", pa.list_(pa.int64()))])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([[1, None], None, [], [2, 3]], pa.list_(pa.int64())),
        ([["x", "x", "x", "x"], None, ["y", None]], pa.large_list(pa.string())),
        ([[1, 2], None, [3, 4]], pa.list_(pa.int64(), 2)),
        ([{"t": "x", "n": [1]}, None, {"t": None, "n": None}], NESTED),
        ([[{"t": "x", "n": [1]}], None], pa.list_(NESTED)),
    ],
    ids=str,
)
def test_nested_values_keep_their_form(values: list[Any], kind: pa.DataType) -> None:
    table = column(values, kind)
    assert read(table).column("c").to_pylist() == values
    again = pa.concat_tables([table, table])
    assert read(again).column("c").to_pylist() == values + values
    assert written(again.slice(len(values))) == written(table)


def test_no_rows_are_a_table_without_batches() -> None:
    table = read(pa.table({"c": pa.array([], pa.string()), "d": pa.chunked_array([], pa.float64())}))
    assert table.num_rows == 0
    assert table.schema.names == ["c", "d"]


@pytest.mark.parametrize(
    ("kind", "values", "remedy"),
    [
        (pa.duration("s"), [1], "seconds"),
        (pa.time32("s"), [1], "text"),
        (pa.map_(pa.string(), pa.int8()), [[("a", 1)]], "columns of their own"),
        (pa.list_(pa.duration("s")), [[1]], "seconds"),
        (pa.binary(), [b"x"], "Decode"),
    ],
    ids=str,
)
def test_a_type_without_meaning_is_refused(kind: pa.DataType, values: list[Any], remedy: str) -> None:
    with pytest.raises(UnsupportedColumnError) as caught:
        written(column(values, kind))
    assert caught.value.column == "c"
    assert caught.value.type_name == str(kind)
    assert caught.value.code == "unsupported"
    assert remedy in caught.value.remedy
