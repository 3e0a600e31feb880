"""Vega and Altair charts over big data in Streamlit.

:func:`magpie_chart` draws a chart and gives what the viewer selected; :func:`routes` are for an ``st.App``.
"""

from magpie_vega import IndexSelection, IntervalSelection, MagpieError, PointSelection, Selection

from ._chart import magpie_chart
from ._event import ChartEvent, Named
from ._relay import routes
from ._version import __version__

__all__ = [
    "ChartEvent",
    "IndexSelection",
    "IntervalSelection",
    "MagpieError",
    "Named",
    "PointSelection",
    "Selection",
    "__version__",
    "magpie_chart",
    "routes",
]
