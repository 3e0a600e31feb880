"""Protects: what the page sends arrives with the types that Altair gives selections."""

from __future__ import annotations

from magpie_vega import IndexSelection, IntervalSelection, PointSelection, parse_selections


def test_each_kind_of_selection_has_its_type() -> None:
    sent = {
        "brush": {"type": "interval", "value": {"x": [1, 2]}, "store": [{"unit": "", "values": [[1, 2]]}]},
        "click": {"type": "point", "value": [{"origin": "ATL"}], "store": []},
        "row": {"type": "index", "value": [0, 5], "store": []},
    }
    assert parse_selections(sent) == {
        "brush": IntervalSelection("brush", {"x": [1, 2]}, [{"unit": "", "values": [[1, 2]]}]),
        "click": PointSelection("click", [{"origin": "ATL"}], []),
        "row": IndexSelection("row", [0, 5], []),
    }


def test_an_empty_selection_is_empty_and_what_is_none_is_left_out() -> None:
    sent = {"brush": {"type": "interval", "value": None, "store": None}, "cut": 5, "other": {"type": "else"}}
    assert parse_selections(sent) == {"brush": IntervalSelection("brush", {}, [])}
    assert parse_selections(None) == {}
