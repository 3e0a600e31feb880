"""What the component makes of a chart, without a page."""

import json

import altair as alt
import polars as pl
import pytest
from magpie_vega import ChartPayload, IntervalSelection

from dash_magpie import MagpieChart, MagpieError, prepare, selections

PAYLOAD = ChartPayload({"mark": "bar"}, ("token",), (), "0.1.0", 1)


def test_a_prepared_chart_stays_as_it_is() -> None:
    prepared = prepare(PAYLOAD)
    assert prepare(prepared) is prepared
    assert prepared["grants"] == ["token"]


def test_an_error_becomes_a_sentence_of_the_page() -> None:
    chart = MagpieChart(id="c", chart=object())
    assert chart.chart["error"]["message"]


def test_an_error_is_raised_when_asked() -> None:
    with pytest.raises(MagpieError):
        prepare(object(), raise_errors=True)


def test_dash_knows_the_component_by_its_generated_name() -> None:
    told = MagpieChart(id="c", chart=PAYLOAD, theme="dark").to_plotly_json()
    assert (told["namespace"], told["type"]) == ("dash_magpie", "MagpieChart")
    assert json.loads(json.dumps(told["props"]))["theme"] == "dark"


def test_nothing_that_was_not_given_is_sent() -> None:
    assert set(MagpieChart(id="c", chart=PAYLOAD).to_plotly_json()["props"]) == {"id", "chart"}


def test_selections_are_typed() -> None:
    value = {"brush": {"type": "interval", "value": {"a": [1, 2]}, "store": []}}
    assert selections(value) == {"brush": IntervalSelection("brush", {"a": [1, 2]}, [])}
    assert selections(None) == {}


def test_no_data_of_a_frame_is_in_the_property() -> None:
    frame = pl.DataFrame({"a": list(range(100_000, 101_000))})
    text = json.dumps(prepare(alt.Chart(frame).mark_bar().encode(x="a:Q"), raise_errors=True))
    assert "100500" not in text
