"""The Dash component."""

from __future__ import annotations

from typing import Any, Literal

import magpie_vega
from magpie_vega import ChartPayload, MagpieError

from ._generated.MagpieChart import MagpieChart as _Generated

__all__ = ["MagpieChart", "prepare"]

_PREPARED = frozenset({"grants", "protocolVersion"})


def prepare(chart: Any, *, raise_errors: bool = False) -> dict[str, Any]:
    """Take a chart's data to the runtime service, and give the value of the ``chart`` property.

    ``chart`` is an Altair chart, a Vega or Vega-Lite specification, a
    :class:`magpie_vega.ChartPayload`, or already the value of this function. What goes wrong is shown in the place of
    the chart, in one sentence; with ``raise_errors`` it is raised.

    :raises MagpieError: with ``raise_errors``, when the chart or its data cannot be prepared
    """
    if isinstance(chart, dict) and chart.keys() >= _PREPARED:
        return chart
    try:
        payload = chart if isinstance(chart, ChartPayload) else magpie_vega.prepare(chart)
    except MagpieError as error:
        if raise_errors:
            raise
        return {"spec": {}, "error": {"message": error.cause, "place": error.place, "remedy": error.remedy}}
    return payload.to_json_dict()


class MagpieChart(_Generated):
    """A Vega or Altair chart over data that stays on the server.

    ``id``: the ID by which callbacks know the chart. ``chart``: an Altair chart, or a Vega or Vega-Lite specification;
    a callback sets it to :func:`prepare` of one. ``theme``: the name of a theme of vega-themes, or a Vega config.
    ``renderer``: ``"canvas"`` or ``"svg"``. ``actions``: show the menu of vega-embed. ``debounce``: milliseconds of
    quiet before ``selection`` and ``params`` change (50 when not given). ``timeZone``: IANA name of the viewer's zone
    (the browser's when not given). ``endpoint``: base URL of a service that the browser can reach (the app's own server
    when not given). ``raise_errors``: raise what goes wrong with the chart rather than show it in its place.

    Callbacks read the properties ``selection`` (see :func:`dash_magpie.selections`), ``params`` and ``status``.
    """

    def __init__(
        self,
        id: str | dict[str, Any] | None = None,  # noqa: A002 - Dash's name
        chart: Any = None,
        *,
        theme: str | dict[str, Any] | None = None,
        renderer: Literal["canvas", "svg"] | None = None,
        actions: bool | dict[str, Any] | None = None,
        debounce: float | None = None,
        timeZone: str | None = None,  # noqa: N803 - Dash's way of writing
        endpoint: str | None = None,
        className: str | None = None,  # noqa: N803
        style: dict[str, Any] | None = None,
        raise_errors: bool = False,
    ) -> None:
        given: dict[str, Any] = {
            "id": id,
            "chart": None if chart is None else prepare(chart, raise_errors=raise_errors),
            "theme": theme,
            "renderer": renderer,
            "actions": actions,
            "debounce": debounce,
            "timeZone": timeZone,
            "endpoint": endpoint,
            "className": className,
            "style": style,
        }
        super().__init__(**{name: value for name, value in given.items() if value is not None})
