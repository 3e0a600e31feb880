"""What the viewer selected, as parameters that Panel can watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import param
from magpie_vega import parse_selections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magpie_vega import Selection

__all__ = ["new_selection", "update_selection"]


def new_selection(declared: Mapping[str, Selection]) -> param.Parameterized:
    """One parameter for each selection of the chart; its value is a typed selection, empty at first."""
    parameters = {name: param.Parameter(default=empty, doc=type(empty).__doc__) for name, empty in declared.items()}
    return param.parameterized_class("Selection", parameters)()


def update_selection(selection: param.Parameterized, message: Mapping[str, Any]) -> None:
    """Take over what the page reports; a selection of another chart's is left out."""
    known = {name: value for name, value in parse_selections(message).items() if name in selection.param}
    changed = {name: value for name, value in known.items() if getattr(selection, name) != value}
    if changed:
        selection.param.update(**changed)
