"""Three million flights, cross-filtered in Dash. Run: `python examples/dash_crossfilter.py`."""

import os
from pathlib import Path

import altair as alt
import polars as pl
from dash import Dash, Input, Output, callback, html
from dash_magpie import MagpieChart, selections

default = Path(__file__).parents[1] / "node_modules/vega-datasets/data/flights-3m.parquet"
flights = pl.read_parquet(os.environ.get("MAGPIE_FLIGHTS", default))

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

app = Dash(title="Flights")
app.layout = html.Main(
    [
        html.H1(f"{len(flights):,} flights"),
        html.P("Drag over a histogram to select; drag the selection to move it, click beside it to clear it."),
        MagpieChart(id="chart", chart=chart),
        html.Pre(id="selected"),
    ],
    style={"fontFamily": "system-ui, sans-serif", "margin": "2rem"},
)


@callback(Output("selected", "children"), Input("chart", "selection"))
def show(selection: dict | None) -> str:
    """Python sees what the viewer selected."""
    return "\n".join(f"{name}: {selected.value}" for name, selected in selections(selection).items())


if __name__ == "__main__":
    app.run()
