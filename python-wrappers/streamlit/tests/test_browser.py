"""The example, and every way to the service, in a real browser against Streamlit's own server."""

from pathlib import Path

import pytest
from page_testing import READY, browser_page, brush_first_histogram, drag, free_port, served

APP = """
import altair as alt
import polars as pl
import streamlit as st
import streamlit_magpie._relay
from streamlit_magpie import magpie_chart

{setup}

@st.cache_resource
def read():
    return pl.DataFrame({{"a": range(1000), "b": [i % 7 for i in range(1000)]}})

st.session_state.runs = st.session_state.get("runs", 0) + 1
st.text(f"script {{st.session_state.runs}}")

@st.fragment
def part():
    st.session_state.parts = st.session_state.get("parts", 0) + 1
    brush = alt.selection_interval(name="brush", encodings=["x"])
    width = alt.param(name="size", value=3)
    chart = alt.Chart(read()).mark_bar().encode(alt.X("a:Q").bin(), y="count()").add_params(brush, width)
    event = magpie_chart(chart, key="c", on_select="rerun")
    st.text(f"selected {{list(event.selection.brush.value)}}")
    brush = event.selection["brush"].value.get("a")
    st.text("between" if brush else "everything")
    st.text(f"part {{st.session_state.parts}}")

part()
magpie_chart(alt.Chart(read()).mark_bar().encode(x="nowhere:Q", y="count()"), key="wrong")
"""
CHANNEL = "import streamlit_magpie._chart\nstreamlit_magpie._chart.relay_is_served = lambda: False"


def command(script: Path, port: int, *options: str) -> list[str]:
    flags = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1"]
    return ["-m", "streamlit", "run", str(script), "--server.port", str(port), *flags, *options]


def test_the_example_draws_and_python_sees_the_brush(tmp_path: Path, flights: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    script = Path("examples/streamlit_crossfilter.py")
    with served(command(script, port), url, tmp_path, {"MAGPIE_FLIGHTS": str(flights)}), browser_page() as page:
        page.goto(url)
        brush_first_histogram(page)
        page.get_by_text("distance: {'distance': [").wait_for()


@pytest.mark.parametrize("way", ["plain script", "base path", "st.App", "channel"])
def test_a_chart_in_a_fragment(tmp_path: Path, way: str) -> None:
    port = free_port()
    script = tmp_path / "page.py"
    script.write_text(APP.format(setup=CHANNEL if way == "channel" else ""))
    if way == "st.App":
        script = tmp_path / "asgi.py"
        app = "import streamlit as st\nimport streamlit_magpie\n"
        script.write_text(app + "app = st.App('page.py', routes=streamlit_magpie.routes())\n")
    base = "inner/" if way == "base path" else ""
    options = ["--server.baseUrlPath", "inner"] if base else []
    url = f"http://127.0.0.1:{port}/{base}"
    with served(command(script, port, *options), url, tmp_path), browser_page() as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(url)
        page.locator(READY).first.wait_for()
        page.get_by_text("everything").wait_for()
        drag(page, page.locator(READY).first, (60, 60), (120, 60))
        page.get_by_text("selected ['a']").wait_for()
        page.get_by_text("between").wait_for()
        if way != "channel":
            # Once for the brush, never for what the script knows.
            page.get_by_text("part 2").wait_for()
        assert page.get_by_text("script 1").count() == 1, "only the fragment runs"
        assert "nowhere" in page.get_by_role("alert").filter(has_text="nowhere").inner_text()
        assert any(f"/{base}_magpie/" in sent for sent in requests) == (way != "channel")
