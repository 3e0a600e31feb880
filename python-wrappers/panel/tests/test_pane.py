"""The pane, without a page."""

import pytest
from magpie_vega import ChartPayload, IntervalSelection

from panel_magpie import MagpieChart, MagpieError


def payload(**spec: object) -> ChartPayload:
    params = [{"name": "brush", "select": {"type": "interval"}}, {"name": "k", "value": 3}]
    return ChartPayload({"mark": "bar", "params": params, **spec}, ("token",), (), "0.1.0", 1)


def test_each_selection_can_be_watched() -> None:
    pane = MagpieChart(payload())
    seen = []
    pane.selection.param.watch(lambda event: seen.append(event.new), "brush")
    pane.reported_selection = {"brush": {"type": "interval", "value": {"a": [1, 2]}, "store": []}}
    assert seen == [IntervalSelection("brush", {"a": [1, 2]}, [])]


def test_params_follow_the_page() -> None:
    pane = MagpieChart(payload())
    assert pane.params == {"k": 3}
    pane.reported_params = {"k": 5}
    assert pane.params == {"k": 5}


def test_another_chart_with_the_same_selections_keeps_their_watchers() -> None:
    pane = MagpieChart(payload())
    selection = pane.selection
    pane.object = payload(mark="area")
    assert pane.selection is selection
    assert pane.page["props"]["spec"]["mark"] == "area"


def test_an_error_becomes_a_sentence_of_the_page() -> None:
    pane = MagpieChart(object())
    assert pane.page["props"]["error"]["message"]
    pane.object = payload()
    assert "error" not in pane.page["props"]


def test_an_error_is_raised_when_asked() -> None:
    with pytest.raises(MagpieError):
        MagpieChart(object(), raise_errors=True)


def test_a_chart_as_wide_as_its_container_stretches() -> None:
    assert MagpieChart(payload(width="container")).sizing_mode == "stretch_width"
    assert MagpieChart(payload(width=300)).sizing_mode is None


def test_options_reach_the_page() -> None:
    pane = MagpieChart(payload(), theme="dark")
    pane.debounce = 200
    assert pane.page["props"]["theme"] == "dark"
    assert pane.page["props"]["debounce"] == 200
    assert not pane.page["panelTheme"]
