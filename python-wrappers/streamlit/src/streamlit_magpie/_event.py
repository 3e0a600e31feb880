"""What a chart tells the script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from magpie_vega import Selection, parse_selections
from magpie_vega.declared import declared_params, declared_selections

__all__ = ["ChartEvent", "Named", "chart_event"]

Value = TypeVar("Value")


class Named(Mapping[str, Value], Generic[Value]):
    """Values by name: ``named.brush`` is ``named["brush"]``."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __getattr__(self, name: str) -> Value:
        try:
            return self.__dict__["_values"][name]  # type: ignore[no-any-return]
        except KeyError:
            known = ", ".join(self.__dict__.get("_values", {})) or "none"
            message = f"There is no {name!r} here; there is {known}."
            raise AttributeError(message) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Named({self._values!r})"


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """What the viewer did: every selection and every variable parameter of the chart, by name.

    ``event.selection.brush.value`` is empty while nothing is selected.
    """

    selection: Named[Selection]
    params: Named[Any]


def chart_event(
    spec: Mapping[str, Any], selection: Mapping[str, Any] | None, params: Mapping[str, Any] | None
) -> ChartEvent:
    """Join what the chart declares with what its page has reported."""
    declared = declared_selections(spec)
    reported = {name: value for name, value in parse_selections(selection).items() if name in declared}
    return ChartEvent(Named(declared | reported), Named(declared_params(spec) | dict(params or {})))
