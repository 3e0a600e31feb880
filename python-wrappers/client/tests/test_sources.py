"""Protects: data leaves a specification wherever it stands, and nothing else about the specification changes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import pyarrow as pa
import pytest

from magpie_vega import ChartError, FrameError
from magpie_vega._altair import chart_to_spec
from magpie_vega._plain import plain
from magpie_vega._server_data import ServerData, ServerSource
from magpie_vega._sources import TABLE_SCHEME, TakenSpec, take_sources

FRAME = pl.DataFrame({"a": [1, 2], "b": ["x", "y"]})
LIMIT = 100


def take(spec: dict[str, Any], server_data: tuple[str, ...] = ()) -> TakenSpec:
    return take_sources(spec, ServerData(server_data), LIMIT)


def large(cell: object) -> list[dict[str, object]]:
    return [{"a": index, "b": cell} for index in range(50)]


@pytest.mark.parametrize(
    "spec",
    [
        {"data": FRAME, "mark": "bar"},
        {"data": {"values": FRAME, "name": "n"}, "mark": "bar"},
        {"layer": [{"data": {"values": FRAME}, "mark": "bar"}]},
        {"hconcat": [{"vconcat": [{"spec": {"data": FRAME}, "facet": {}}]}]},
        {"data": {"url": "x.csv"}, "transform": [{"lookup": "a", "from": {"data": FRAME, "key": "a"}}]},
        {"data": [{"name": "t", "values": FRAME, "transform": []}], "marks": []},
        {"data": [], "marks": [{"type": "group", "data": [{"name": "t", "values": FRAME}]}]},
        {"datasets": {"d": FRAME}, "data": {"name": "d"}, "mark": "bar"},
        {"datasets": {"d": large("x")}, "data": {"name": "d"}, "mark": "bar"},
        {"data": {"values": large(None), "format": {"parse": {"a": "number"}}}, "mark": "bar"},
    ],
)
def test_a_frame_or_many_rows_become_a_table_url(spec: dict[str, Any]) -> None:
    before = copy.copy(spec)
    taken = take(spec)
    assert len(taken.sources) == 1
    text = str(plain(taken.spec))
    assert text.count(taken.sources[0].placeholder) == 1
    assert "values" not in text
    assert "datasets" not in text
    assert spec == before


def test_names_and_formats_stay() -> None:
    data = {"name": "n", "values": large("x"), "format": {"parse": {"b": "date"}}}
    assert take({"data": data}).spec["data"] == {
        "name": "n",
        "url": take({"data": data}).sources[0].placeholder,
        "format": {"parse": {"b": "date"}},
    }


def test_one_frame_in_two_places_is_one_table() -> None:
    taken = take({"layer": [{"data": FRAME}, {"data": {"values": FRAME}}, {"data": FRAME.clone()}]})
    assert len(taken.sources) == 2


@pytest.mark.parametrize(
    "values",
    [
        [{"a": 1}],
        large({"nested": 1}),
        large([1]),
        [*large("x"), {"a": "mixed", "b": "x"}],
        [*large("x"), {"a": 1}],
        list(range(200)),
        "a,b\n" * 100,
        {"type": "FeatureCollection", "features": large("x")},
    ],
)
def test_what_a_table_could_not_say_stays_inline(values: object) -> None:
    spec = {"data": {"values": values}, "mark": "bar"}
    assert take(spec).spec == spec


def test_values_behind_a_property_stay_inline() -> None:
    spec = {"data": {"values": large("x"), "format": {"property": "rows"}}}
    assert take(spec).spec == spec


def test_altair_settings_do_not_matter_and_stay() -> None:
    chart = alt.Chart(FRAME).mark_bar().encode(x="a:Q")
    with alt.data_transformers.enable("vegafusion"):
        spec = chart_to_spec(chart)
        assert alt.data_transformers.active == "vegafusion"
    assert spec is not None
    assert spec["data"] == {"values": FRAME}
    assert "magpie" not in alt.data_transformers.names()


def test_altair_gives_no_limit_of_rows_and_keeps_shared_frames_shared() -> None:
    frame = pl.DataFrame({"a": range(10_000)})
    chart = alt.Chart(frame).mark_bar().encode(x="a:Q")
    spec = chart_to_spec(chart | chart.mark_line() | alt.Chart(frame.clone()).mark_bar().encode(x="a:Q"))
    assert spec is not None
    assert len(take(spec).sources) == 2


def test_altair_rows_of_a_lookup_are_taken() -> None:
    chart = alt.Chart(FRAME).mark_bar().transform_lookup("a", alt.LookupData(FRAME.clone(), key="a", fields=["b"]))
    spec = chart_to_spec(chart.encode(x="b:N"))
    assert spec is not None
    assert len(take(spec).sources) == 2


def test_the_same_altair_chart_over_other_rows_is_the_same_specification() -> None:
    def build(frame: pl.DataFrame) -> dict[str, Any]:
        brush = alt.selection_interval()
        chart = alt.Chart(frame).mark_bar().encode(x="a:Q").add_params(brush)
        spec = chart_to_spec(chart | alt.Chart(frame).mark_bar().encode(y="a:Q").transform_filter(brush))
        assert spec is not None
        return take(spec).spec

    assert build(FRAME) == build(pl.DataFrame({"a": [7], "b": ["z"]}))


def test_a_chart_that_altair_refuses_is_a_chart_error() -> None:
    with pytest.raises(ChartError, match="nope"):
        chart_to_spec(alt.Chart(FRAME).mark_bar().encode(x="nope"))


def test_files_that_are_there_and_urls_that_are_listed_are_the_services(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "with space.parquet"
    file.touch()
    here = ServerSource(file.as_uri(), str(file))
    for url in ("with space.parquet", str(file), file.as_uri()):
        taken = take({"data": {"url": url}})
        assert taken.server == [here]
        assert taken.spec["data"] == {"url": file.as_uri(), "format": {"type": "parquet"}}
    listed = take({"data": {"url": "https://a.example/x.csv"}}, ("https://a.example/",))
    assert listed.server == [ServerSource("https://a.example/x.csv")]
    for url in ("https://b.example/x.csv", "data/cars.json", "//a.example/x.csv"):
        kept = take({"data": {"url": url}}, ("https://a.example/",))
        assert (kept.server, kept.spec["data"]) == ([], {"url": url})


def test_a_file_that_is_not_there_is_an_error_when_it_was_promised() -> None:
    for spec, listed in (({"data": {"url": "file:///no/such.csv"}}, ()), ({"data": {"url": "no.csv"}}, ("no.csv",))):
        with pytest.raises(FrameError, match="There is no file"):
            take(spec, listed)


def test_plain_values_are_what_altair_writes() -> None:
    import datetime as dt
    from decimal import Decimal

    import numpy as np

    given = {"n": np.float64("nan"), "i": np.int64(3), "a": np.arange(2), "t": (1, float("inf")), "d": Decimal("1.5")}
    assert plain(given) == {"n": None, "i": 3, "a": [0, 1], "t": [1, None], "d": 1.5}
    assert plain([dt.date(2020, 1, 2), dt.datetime(2020, 1, 2, 3)]) == ["2020-01-02T00:00:00", "2020-01-02T03:00:00"]  # noqa: DTZ001
    with pytest.raises(ChartError) as caught:
        plain({"a": [object()]})
    assert caught.value.place == "/a/0"


def test_a_reader_stands_where_a_frame_may() -> None:
    reader = pa.table({"a": [1]}).to_reader()
    assert take({"data": reader}).sources[0].frame is reader
    assert take({"data": reader}).sources[0].placeholder.startswith(TABLE_SCHEME)
