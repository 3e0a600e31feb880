"""Three million flights, cross-filtered in Streamlit. Run: `streamlit run examples/streamlit_crossfilter.py`."""

import os
from pathlib import Path

import altair as alt
import polars as pl
import streamlit as st
from streamlit_magpie import magpie_chart

default = Path(__file__).parents[1] / "node_modules/vega-datasets/data/flights-3m.parquet"


@st.cache_resource  # The same frame in every run of this script: nothing is read or sent twice.
def read_flights() -> pl.DataFrame:
    """Read the flights once for all viewers."""
    return pl.read_parquet(os.environ.get("MAGPIE_FLIGHTS", default))


flights = read_flights()

brushes = {name: alt.selection_interval(name=name, encodings=["x"]) for name in ("distance", "delay", "hour")}


def histogram(name: str, title: str, bins: alt.Bin) -> alt.LayerChart:
    """All flights in grey; in blue those that the brushes of the other two histograms select."""
    first, second = (brush for other, brush in brushes.items() if other != name)
    bars = (
        alt.Chart(width=300, height=240)
        .mark_bar()
        .encode(alt.X(f"{name}:Q", bin=bins, title=title), alt.Y("count()", title="flights"))
    )
    everything = bars.encode(color=alt.value("#dcdfe4")).add_params(brushes[name])
    return everything + bars.transform_filter(first & second)


chart = (
    alt.hconcat(
        histogram("distance", "Distance in miles", alt.Bin(extent=[0, 5000], step=100)),
        histogram("delay", "Delay in minutes, from an hour early to three late", alt.Bin(extent=[-60, 180], step=10)),
        histogram("hour", "Hour of departure", alt.Bin(extent=[0, 24], step=1)),
        data=flights,
    )
    .transform_calculate(hour="hours(datum.date)", delay="clamp(datum.delay, -60, 179)")
    .configure_view(stroke=None)
)

st.set_page_config(page_title="Flights", layout="wide")
st.title(f"{len(flights):,} flights")
st.write("Drag over a histogram to select; drag the selection to move it, click beside it to clear it.")
event = magpie_chart(chart, key="chart", on_select="rerun")
for name, selected in event.selection.items():
    st.text(f"{name}: {selected.value}")
