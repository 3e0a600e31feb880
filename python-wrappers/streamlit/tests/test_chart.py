"""The command in a script, without a page."""

import tomllib
from pathlib import Path

import pytest
from magpie_vega import IntervalSelection
from streamlit.testing.v1 import AppTest

import streamlit_magpie
from streamlit_magpie import Named, magpie_chart
from streamlit_magpie._event import chart_event

SPEC = {
    "params": [{"name": "brush", "select": {"type": "interval"}}, {"name": "k", "value": 3}],
    "layer": [{"params": [{"name": "click", "select": "point"}]}],
}


def script() -> None:
    import streamlit as st  # noqa: PLC0415 - the whole of a script

    from streamlit_magpie import magpie_chart  # noqa: PLC0415

    event = magpie_chart(object(), key="c", on_select="rerun")
    st.text(f"{dict(event.selection)}")


def test_an_error_leaves_the_app_running() -> None:
    app = AppTest.from_function(script).run(timeout=30)
    assert not app.exception
    assert [text.value for text in app.text] == ["{}"]


def test_what_the_chart_declares_is_there_before_the_page_reports() -> None:
    event = chart_event(SPEC, None, None)
    assert list(event.selection) == ["brush", "click"]
    assert event.selection.brush == IntervalSelection("brush", {}, [])
    assert event.params.k == 3


def test_what_the_page_reports_replaces_it() -> None:
    reported = {"brush": {"type": "interval", "value": {"a": [1, 2]}, "store": []}, "gone": {"type": "index"}}
    event = chart_event(SPEC, reported, {"k": 5})
    assert event.selection["brush"].value == {"a": [1, 2]}
    assert "gone" not in event.selection
    assert event.params.k == 5


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(AttributeError, match="there is brush"):
        Named({"brush": 1}).bruhs  # noqa: B018


def test_on_select_must_be_known() -> None:
    with pytest.raises(ValueError, match="on_select"):
        magpie_chart({}, key="c", on_select="always")  # type: ignore[arg-type]


def test_the_manifest_has_the_version_of_the_package() -> None:
    manifest = Path(streamlit_magpie.__file__).parent / "pyproject.toml"
    assert tomllib.loads(manifest.read_text())["project"]["version"] == streamlit_magpie.__version__
