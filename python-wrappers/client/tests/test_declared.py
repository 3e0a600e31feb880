"""What a specification declares is found in every kind of view, with its type."""

from magpie_vega import IndexSelection, IntervalSelection, PointSelection
from magpie_vega.declared import declared_params, declared_selections

SPEC = {
    "params": [{"name": "k", "value": 3}, {"name": "computed", "expr": "k + 1"}],
    "hconcat": [
        {"layer": [{"params": [{"name": "brush", "select": {"type": "interval"}}]}]},
        {"facet": {"row": {"field": "a"}}, "spec": {"params": [{"name": "pick", "select": "point"}]}},
        {"params": [{"name": "named", "select": {"type": "point", "fields": ["a"]}}]},
    ],
}


def test_selections_are_found_and_empty() -> None:
    assert declared_selections(SPEC) == {
        "brush": IntervalSelection("brush", {}, []),
        "pick": IndexSelection("pick", [], []),
        "named": PointSelection("named", [], []),
    }


def test_params_have_their_initial_values() -> None:
    assert declared_params(SPEC) == {"k": 3, "computed": None}


def test_what_is_not_a_view_declares_nothing() -> None:
    assert declared_selections({"params": "none", "layer": 3}) == {}
