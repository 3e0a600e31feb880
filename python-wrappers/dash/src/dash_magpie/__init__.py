"""Vega and Altair charts over big data in Dash.

:class:`MagpieChart` is the component; :func:`prepare` makes what a callback returns for its ``chart`` property;
:func:`selections` types what its ``selection`` property holds.
"""

from magpie_vega import IndexSelection, IntervalSelection, MagpieError, PointSelection, Selection

from ._component import MagpieChart, prepare
from ._resources import JS_DIST
from ._selections import selections
from ._version import __version__

#: What Dash looks for in a component package.
_js_dist = JS_DIST
_css_dist: list[dict[str, object]] = []

__all__ = [
    "IndexSelection",
    "IntervalSelection",
    "MagpieChart",
    "MagpieError",
    "PointSelection",
    "Selection",
    "__version__",
    "prepare",
    "selections",
]
