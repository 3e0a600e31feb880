"""The example, and both ways to the service, in a real browser against Panel's own server."""

from pathlib import Path

import pytest
from page_testing import READY, browser_page, brush_first_histogram, drag, free_port, mark_types, picture, served, until

APP = """
import altair as alt
import panel as pn
import polars as pl
import panel_magpie._pane
from panel_magpie import MagpieChart

{setup}

frame = pl.DataFrame({{"a": range(1000), "b": [i % 7 for i in range(1000)]}})
brush = alt.selection_interval(name="brush", encodings=["x"])
chart = alt.Chart(frame).mark_bar().encode(alt.X("a:Q").bin(), y="count()").add_params(brush)
pn.extension()
pane = MagpieChart(chart)
other = pn.widgets.Button(name="other")
other.on_click(lambda _: setattr(pane, "object", chart.mark_area()))
wrong = MagpieChart(alt.Chart(frame).mark_bar().encode(x="nowhere:Q", y="count()"))
shown = pn.bind(lambda one: f"selected {{list(one.value)}}", pane.selection.param.brush)
pn.Column(pane, pn.pane.Str(shown), other, wrong).servable()
"""
CHANNEL = "panel_magpie._pane.served_by_relay = lambda doc: False"


def command(script: Path, port: int, *options: str) -> list[str]:
    return ["-m", "panel", "serve", str(script), "--port", str(port), "--address", "127.0.0.1", *options]


def test_the_example_draws_and_python_sees_the_brush(tmp_path: Path, flights: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/panel_crossfilter"
    script = Path("examples/panel_crossfilter.py")
    with served(command(script, port), url, tmp_path, {"MAGPIE_FLIGHTS": str(flights)}), browser_page() as page:
        page.goto(url)
        brush_first_histogram(page)
        page.get_by_text("distance: {'distance': [").wait_for()


@pytest.mark.parametrize("way", ["relay", "prefix", "channel"])
def test_a_pane_reports_and_changes(tmp_path: Path, way: str) -> None:
    port = free_port()
    script = tmp_path / "page.py"
    script.write_text(APP.format(setup=CHANNEL if way == "channel" else ""))
    options = ["--prefix", "inner"] if way == "prefix" else []
    url = f"http://127.0.0.1:{port}/{'inner/' if way == 'prefix' else ''}page"
    with served(command(script, port, *options), url, tmp_path), browser_page() as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(url)
        chart = page.locator(READY).first
        page.get_by_text("selected []").wait_for()
        drag(page, chart, (60, 60), (120, 60), steps=5)
        page.get_by_text("selected ['a']").wait_for()
        before = picture(chart)
        page.get_by_role("button", name="other").click()
        page.get_by_text("selected []").wait_for()
        until("the other chart", lambda: "area" in mark_types(chart))
        until("the other picture", lambda: picture(chart) != before)
        assert "nowhere" in page.get_by_role("alert").inner_text()
        assert any("/_magpie/" in sent for sent in requests) == (way != "channel")
