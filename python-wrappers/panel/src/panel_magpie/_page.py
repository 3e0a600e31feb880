"""What the pane sends to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import magpie_vega
from magpie_vega import ChartPayload, MagpieError
from magpie_vega.declared import declared_params, declared_selections

__all__ = ["Prepared", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chart made ready: the properties that the page needs, and what the chart declares."""

    props: dict[str, Any]
    selections: dict[str, magpie_vega.Selection]
    params: dict[str, Any]


def prepare(chart: Any, *, raise_errors: bool) -> Prepared:
    """Take the chart's data to the runtime service. Without ``raise_errors``, an error becomes what the page shows."""
    if chart is None:
        return Prepared({"spec": {}}, {}, {})
    try:
        payload = chart if isinstance(chart, ChartPayload) else magpie_vega.prepare(chart)
    except MagpieError as error:
        if raise_errors:
            raise
        shown = {"message": error.cause, "place": error.place, "remedy": error.remedy}
        return Prepared({"spec": {}, "error": shown}, {}, {})
    return Prepared(payload.to_json_dict(), declared_selections(payload.spec), declared_params(payload.spec))
