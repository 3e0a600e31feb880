"""The command that draws a chart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import magpie_vega
import streamlit as st
from magpie_vega import ChartPayload, MagpieError
from magpie_vega.declared import declared_params

from ._channel import latest_answer, responder
from ._event import ChartEvent, chart_event
from ._relay import relay_is_served

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["magpie_chart"]


@cache
def _component() -> Callable[..., Mapping[str, Any]]:
    # Not when this module is imported: without a running app, Streamlit does not know where the component's files are.
    return st.components.v2.component("streamlit-magpie.chart", js="index-*.js", isolate_styles=False)


def magpie_chart(
    chart: Any,
    *,
    key: str,
    on_select: Literal["ignore", "rerun"] | Callable[[], None] = "ignore",
    selection_mode: str | Sequence[str] | None = None,
    width: Literal["stretch", "content"] | int = "stretch",
    height: Literal["stretch", "content"] | int = "content",
    theme: Literal["streamlit"] | str | dict[str, Any] | None = "streamlit",  # noqa: PYI051 - says what is the default
    renderer: Literal["canvas", "svg"] = "canvas",
    actions: bool | dict[str, Any] = False,
    debounce: float = 150,
    time_zone: str | None = None,
    endpoint: str | None = None,
    raise_errors: bool = False,
) -> ChartEvent:
    """Draw a Vega or Altair chart over data that stays on the server, and give what the viewer selected.

    ``chart`` is an Altair chart, a Vega or Vega-Lite specification, or a :class:`magpie_vega.ChartPayload`. ``key`` is
    the chart's identity: the same key keeps the drawn chart, and what is selected in it, across runs of the script.

    ``on_select``: ``"ignore"`` runs nothing, ``"rerun"`` runs the script (or the fragment) after a selection or
    parameter changed, a callable is called before that. ``selection_mode`` names the ones that count; all when not
    given. Brushing itself never waits for the script. ``debounce``: milliseconds of quiet before the script runs.

    ``width`` and ``height`` are the element's, as in Streamlit's own commands; the chart has the size that it states
    (``width="container"`` follows the element). ``theme``: ``"streamlit"`` follows the app, ``None`` is Vega's own
    look; or the name of a theme of vega-themes, or a Vega config. ``actions``: the menu of vega-embed. ``time_zone``:
    IANA name of the viewer's zone; the browser's when not given. ``endpoint``: base URL of a service that the browser
    can reach; the app's own server relays when not given. What goes wrong is shown in the place of the chart; with
    ``raise_errors`` it is raised.

    :raises MagpieError: with ``raise_errors``, when the chart or its data cannot be prepared
    :raises ValueError: when ``on_select`` is none of these
    """
    if not callable(on_select) and on_select not in {"ignore", "rerun"}:
        message = f"on_select is {on_select!r}; it is 'ignore', 'rerun' or a callable."
        raise ValueError(message)
    page = _page(chart, raise_errors=raise_errors)
    options = {
        "theme": None if theme == "streamlit" else theme,
        "renderer": renderer,
        "actions": actions,
        "debounce": debounce,
        "timeZone": time_zone,
        "endpoint": endpoint,
    }
    via = "direct" if endpoint is not None else "relay" if relay_is_served() else "channel"
    data = {
        "props": page | {name: value for name, value in options.items() if value is not None},
        "streamlitTheme": theme == "streamlit",
        "report": _report(on_select, selection_mode),
        "params": declared_params(page["spec"]),
        "via": via,
        "answer": latest_answer(key) if via == "channel" else None,
    }
    chosen = on_select if callable(on_select) else _nothing
    result = _component()(
        key=key,
        data=data,
        width=width,
        height=height,
        on_selection_change=chosen,
        on_params_change=chosen,
        on_request_change=responder(key),
        on_table_missing_change=_nothing,
    )
    return chart_event(page["spec"], result.get("selection"), result.get("params"))


def _page(chart: Any, *, raise_errors: bool) -> dict[str, Any]:
    try:
        payload = chart if isinstance(chart, ChartPayload) else magpie_vega.prepare(chart)
    except MagpieError as error:
        if raise_errors:
            raise
        return {"spec": {}, "error": {"message": error.cause, "place": error.place, "remedy": error.remedy}}
    return payload.to_json_dict()


def _report(on_select: object, selection_mode: str | Sequence[str] | None) -> str | list[str]:
    if on_select == "ignore":
        return "none"
    if selection_mode is None:
        return "all"
    return [selection_mode] if isinstance(selection_mode, str) else list(selection_mode)


def _nothing() -> None:
    """Let Streamlit know the name of a state or trigger."""
