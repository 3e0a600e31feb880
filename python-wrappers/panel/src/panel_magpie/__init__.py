"""Vega and Altair charts over big data in Panel: :class:`MagpieChart` is the pane."""

from magpie_vega import IndexSelection, IntervalSelection, MagpieError, PointSelection, Selection

from ._pane import MagpieChart
from ._version import __version__

__all__ = [
    "IndexSelection",
    "IntervalSelection",
    "MagpieChart",
    "MagpieError",
    "PointSelection",
    "Selection",
    "__version__",
]
