# AUTO GENERATED FILE - DO NOT EDIT

import typing  # noqa: F401
from typing_extensions import TypedDict, NotRequired, Literal # noqa: F401
from dash.development.base_component import Component, _explicitize_args
try:
    from dash.types import NumberType  # noqa: F401
except ImportError:
    # Backwards compatibility for dash<=4.1.0
    if typing.TYPE_CHECKING:
        raise
    NumberType = typing.Union[  # noqa: F401
        typing.SupportsFloat, typing.SupportsInt, typing.SupportsComplex
    ]

ComponentSingleType = typing.Union[str, int, float, Component, None]
ComponentType = typing.Union[
    ComponentSingleType,
    typing.Sequence[ComponentSingleType],
]


class MagpieChart(Component):
    """A MagpieChart component.
A Vega or Altair chart over data that stays on the server. The heavy part loads with the first chart of a page.

Keyword arguments:

- id (string; optional):
    The ID of this component, by which callbacks know it.

- actions (boolean | dict; optional):
    The menu of vega-embed: True, False (default), or its object form.

- chart (dict; optional):
    What is drawn: the value of `dash_magpie.prepare(chart)`.
    `MagpieChart(chart=…)` prepares it by itself.

- className (string; optional):
    CSS class of the element around the chart.

- debounce (number; optional):
    Milliseconds of quiet before `selection` and `params` change;
    brushing itself never waits. Default: 50.

- endpoint (string; optional):
    Base URL of a Magpie service that the browser can reach. Default:
    the app's own server, which relays.

- params (dict; optional):
    Read-only: every variable parameter of the chart by name.

- renderer (a value equal to: 'canvas', 'svg'; optional):
    `canvas` (default) or `svg`.

- selection (dict; optional):
    Read-only: every selection of the chart by name, as `{type, value,
    store}`. `dash_magpie.selections` types it.

- status (dict; optional):
    Read-only: `{phase, message, drawn, empty}`; phase is loading,
    ready, updating, reconnecting or error.

- theme (string | dict; optional):
    Name of a theme of vega-themes, or a Vega config object. Default:
    Vega's own look.

- timeZone (string; optional):
    IANA name of the viewer's time zone. Default: the browser's."""
    _children_props: typing.List[str] = []
    _base_nodes = ['children']
    _namespace = 'dash_magpie'
    _type = 'MagpieChart'


    def __init__(
        self,
        id: typing.Optional[typing.Union[str, dict]] = None,
        chart: typing.Optional[dict] = None,
        theme: typing.Optional[typing.Union[str, dict]] = None,
        renderer: typing.Optional[Literal["canvas", "svg"]] = None,
        actions: typing.Optional[typing.Union[bool, dict]] = None,
        debounce: typing.Optional[NumberType] = None,
        timeZone: typing.Optional[str] = None,
        endpoint: typing.Optional[str] = None,
        className: typing.Optional[str] = None,
        style: typing.Optional[typing.Any] = None,
        selection: typing.Optional[dict] = None,
        params: typing.Optional[dict] = None,
        status: typing.Optional[dict] = None,
        **kwargs
    ):
        self._prop_names = ['id', 'actions', 'chart', 'className', 'debounce', 'endpoint', 'params', 'renderer', 'selection', 'status', 'style', 'theme', 'timeZone']
        self._valid_wildcard_attributes =            []
        self.available_properties = ['id', 'actions', 'chart', 'className', 'debounce', 'endpoint', 'params', 'renderer', 'selection', 'status', 'style', 'theme', 'timeZone']
        self.available_wildcard_properties =            []
        _explicit_args = kwargs.pop('_explicit_args')
        _locals = locals()
        _locals.update(kwargs)  # For wildcard attrs and excess named props
        args = {k: _locals[k] for k in _explicit_args}

        super(MagpieChart, self).__init__(**args)

setattr(MagpieChart, "__init__", _explicitize_args(MagpieChart.__init__))
