"""The pane."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import panel as pn
import param
from panel.custom import JSComponent

from ._channel import answer
from ._page import prepare
from ._relay import served_by_relay
from ._selection import new_selection, update_selection

if TYPE_CHECKING:
    from bokeh.document import Document
    from bokeh.model import Model
    from pyviz_comms import Comm

__all__ = ["MagpieChart"]

_OPTIONS = {"renderer": "renderer", "actions": "actions", "debounce": "debounce", "time_zone": "timeZone"}


class MagpieChart(JSComponent):
    """A Vega or Altair chart over data that stays on the server.

    ``pane.selection.<name>`` is what the viewer selected, typed as Altair's ``JupyterChart`` types it;
    ``pane.selection.param.<name>`` can be watched. ``pane.params`` holds the chart's variable parameters.
    """

    object = param.Parameter(
        default=None,
        precedence=-1,
        doc="An Altair chart, a Vega or Vega-Lite specification, or a ``magpie_vega.ChartPayload``.",
    )
    selection = param.ClassSelector(
        class_=param.Parameterized,
        constant=True,
        precedence=-1,
        doc="One parameter for each selection of the chart.",
    )
    params = param.Dict(default={}, constant=True, precedence=-1, doc="The chart's variable parameters, by name.")
    theme = param.Parameter(
        default="panel",
        precedence=-1,
        doc="``'panel'`` follows the app's design, ``None`` is Vega's own look; or a name of vega-themes, or a config.",
    )
    renderer: param.Selector[str] = param.Selector(default="canvas", objects=["canvas", "svg"], precedence=-1)
    actions = param.Parameter(
        default=False, precedence=-1, doc="Show the menu of vega-embed: a boolean or its object form."
    )
    debounce = param.Number(
        default=50,
        bounds=(0, None),
        precedence=-1,
        doc="Milliseconds of quiet before ``selection`` and ``params`` change.",
    )
    time_zone = param.String(
        default=None, allow_None=True, precedence=-1, doc="IANA name of the viewer's time zone; else the browser's."
    )
    endpoint = param.String(
        default=None,
        allow_None=True,
        precedence=-1,
        doc="Base URL of a service that the browser can reach; else the app's own server relays, or its messages do.",
    )
    raise_errors = param.Boolean(
        default=False, precedence=-1, doc="Raise what goes wrong with the chart rather than show it in its place."
    )

    page = param.Dict(default={}, doc="Internal: what the page draws.")
    reported_selection = param.Dict(default={}, doc="Internal: what the page reports.")
    reported_params = param.Dict(default={}, doc="Internal: what the page reports.")

    _bundle: ClassVar[Path] = Path(__file__).parent / "static" / "panel_magpie.js"
    _rename: ClassVar[dict[str, str | None]] = {
        "object": None,
        "selection": None,
        "params": None,
        "theme": None,
        "renderer": None,
        "actions": None,
        "debounce": None,
        "time_zone": None,
        "endpoint": None,
        "raise_errors": None,
    }

    def __init__(self, object: Any = None, **params: Any) -> None:  # noqa: A002 - Panel's name
        self._props: dict[str, Any] = {}
        self._selection = new_selection({})
        super().__init__(object=object, **params)  # type: ignore[no-untyped-call, unused-ignore]
        self._prepare()
        self.param.watch(lambda _: self._prepare(), ["object"])
        self.param.watch(lambda _: self._show(), ["theme", "endpoint", *_OPTIONS])
        self.param.watch(lambda event: update_selection(self._selection, event.new), ["reported_selection"])
        self.param.watch(lambda event: self._set(params=dict(event.new)), ["reported_params"])

    def _set(self, **constants: Any) -> None:
        with param.edit_constant(self):
            self.param.update(**constants)

    def _prepare(self) -> None:
        """Take the chart to the service, then show it."""
        prepared = prepare(self.object, raise_errors=self.raise_errors)
        self._props = prepared.props
        if set(self._selection.param) - {"name"} == prepared.selections.keys():
            self._selection.param.update(**prepared.selections)
        else:
            self._selection = new_selection(prepared.selections)
        self._set(selection=self._selection, params=prepared.params)
        if prepared.props["spec"].get("width") == "container" and self.sizing_mode is None and self.width is None:
            self.sizing_mode = "stretch_width"
        self._show()

    def _show(self, via: str | None = None) -> None:
        options = {name: getattr(self, parameter) for parameter, name in _OPTIONS.items()}
        if self.theme != "panel":
            options["theme"] = self.theme
        if self.endpoint is not None:
            options["endpoint"] = self.endpoint
        self.page = {
            "props": self._props | {name: value for name, value in options.items() if value is not None},
            "panelTheme": self.theme == "panel",
            "via": "direct" if self.endpoint is not None else via or self.page.get("via", "channel"),
        }

    def _get_model(
        self, doc: Document, root: Model | None = None, parent: Model | None = None, comm: Comm | None = None
    ) -> Model:
        self._show("relay" if comm is None and served_by_relay(doc) else "channel")
        return super()._get_model(doc, root, parent, comm)

    def _handle_msg(self, data: Any) -> None:
        match data.get("type"):
            case "request":
                pn.state.execute(partial(self._answer, data))
            case "table-missing":
                self._prepare()

    async def _answer(self, message: dict[str, Any]) -> None:
        self._send_msg(await answer(message))
