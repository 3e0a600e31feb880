"""The example, and both backends, in a real browser against Dash's own servers."""

from pathlib import Path

import pytest
from page_testing import READY, browser_page, brush_first_histogram, drag, free_port, served

APP = """
import os
import altair as alt
import polars as pl
from dash import Dash, Input, Output, callback, html
from dash_magpie import MagpieChart, prepare, selections

frame = pl.DataFrame({"a": range(1000), "b": [i % 7 for i in range(1000)]})
brush = alt.selection_interval(name="brush", encodings=["x"])
chart = alt.Chart(frame).mark_bar().encode(alt.X("a:Q").bin(), y="count()").add_params(brush)
missing = alt.Chart(frame).mark_bar().encode(x="nowhere:Q", y="count()")
app = Dash(__name__, backend=os.environ["BACKEND"], url_base_pathname="/base/")
server = app.server
app.layout = html.Div(
    [
        MagpieChart(id="c", chart=chart),
        html.Pre(id="o"),
        html.Button("other", id="b"),
        MagpieChart(id="d"),
        MagpieChart(id={"type": "chart", "index": 1}, chart=missing),
    ]
)

@callback(Output("o", "children"), Input("c", "selection"))
def show(value):
    return repr({name: list(one.value) for name, one in selections(value).items()})

@callback(Output("d", "chart"), Input("b", "n_clicks"), prevent_initial_call=True)
def other(_):
    return prepare(chart.mark_area())

if __name__ == "__main__":
    app.run()
"""


def test_the_example_draws_and_python_sees_the_brush(tmp_path: Path, flights: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    env = {"PORT": str(port), "MAGPIE_FLIGHTS": str(flights)}
    with served(["examples/dash_crossfilter.py"], url, tmp_path, env), browser_page() as page:
        page.goto(url)
        brush_first_histogram(page)
        page.get_by_text("distance: {'distance': [").wait_for()


@pytest.mark.parametrize("backend", ["flask", "fastapi"])
def test_a_backend_relays_under_a_base_path(tmp_path: Path, backend: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/base/"
    (tmp_path / "app.py").write_text(APP)
    env = {"PORT": str(port), "BACKEND": backend, "HOST": "127.0.0.1"}
    asgi = ["-m", "uvicorn", "app:server", "--app-dir", str(tmp_path), "--port", str(port)]
    command = asgi if backend == "fastapi" else [str(tmp_path / "app.py")]
    with served(command, url, tmp_path, env), browser_page() as page:
        page.goto(url)
        drag(page, page.locator(f"#c {READY}"), (60, 60), (120, 60), steps=5)
        page.get_by_text("{'brush': ['a']}").wait_for()
        page.get_by_role("button", name="other").click()
        page.locator(f"#d {READY}").wait_for()
        assert "nowhere" in page.get_by_role("alert").inner_text()
