"""Vega and Altair charts over big data: what the Dash, Streamlit and Panel components share.

:func:`prepare` takes a chart's data to the runtime service and gives what its page needs; :func:`relay` carries the
page's requests to the service; :mod:`magpie_vega.selections` types what the viewer selected.
"""

from ._errors import (
    ChartError,
    ColumnMissingError,
    ConfigurationError,
    FrameError,
    MagpieError,
    NodeNotFoundError,
    NotGrantedError,
    RuntimeMissingError,
    ServiceError,
    ServiceUnreachableError,
    UnsupportedColumnError,
    VersionMismatchError,
)
from ._payload import ChartPayload
from ._prepare import DEFAULT_INLINE_LIMIT_BYTES, prepare
from ._relay import RelayAnswer, relay, relay_async
from ._service import Service
from ._version import PROTOCOL_VERSION, __version__
from .selections import IndexSelection, IntervalSelection, PointSelection, Selection, parse_selections

__all__ = [
    "DEFAULT_INLINE_LIMIT_BYTES",
    "PROTOCOL_VERSION",
    "ChartError",
    "ChartPayload",
    "ColumnMissingError",
    "ConfigurationError",
    "FrameError",
    "IndexSelection",
    "IntervalSelection",
    "MagpieError",
    "NodeNotFoundError",
    "NotGrantedError",
    "PointSelection",
    "RelayAnswer",
    "RuntimeMissingError",
    "Selection",
    "Service",
    "ServiceError",
    "ServiceUnreachableError",
    "UnsupportedColumnError",
    "VersionMismatchError",
    "__version__",
    "parse_selections",
    "prepare",
    "relay",
    "relay_async",
]
