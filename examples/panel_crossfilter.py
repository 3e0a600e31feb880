"""Three million flights, cross-filtered in Panel. Run: `panel serve examples/panel_crossfilter.py --show`."""

import os
from pathlib import Path

import altair as alt
import panel as pn
import polars as pl
from panel_magpie import MagpieChart

default = Path(__file__).parents[1] / "node_modules/vega-datasets/data/flights-3m.parquet"
flights = pn.state.as_cached("flights", lambda: pl.read_parquet(os.environ.get("MAGPIE_FLIGHTS", default)))

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

pn.extension()
pane = MagpieChart(chart)


def show(*selected) -> str:
    """Python sees what the viewer selected."""
    return "\n".join(f"{one.name}: {one.value}" for one in selected)


pn.Column(
    f"# {len(flights):,} flights",
    "Drag over a histogram to select; drag the selection to move it, click beside it to clear it.",
    pane,
    pn.pane.Str(pn.bind(show, *(pane.selection.param[name] for name in brushes))),
    margin=20,
).servable(title="Flights")
