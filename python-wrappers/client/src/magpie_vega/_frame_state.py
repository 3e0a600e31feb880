"""Whether a frame still holds the rows it held before.

Frames can be changed in place, so being the same object is not enough. A :class:`FrameState` keeps the frame's buffers
alive, without copying them; as long as it does, equal addresses mean equal rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from narwhals.dependencies import get_polars, is_pandas_dataframe, is_polars_dataframe

__all__ = ["FrameState", "frame_state"]

_PANDAS_WITH_COPY_ON_WRITE = 3


@dataclass(frozen=True, slots=True)
class FrameState:
    """Where the rows are; ``kept`` only keeps them there."""

    addresses: tuple[object, ...]
    kept: object


def frame_state(frame: Any, columns: Sequence[str]) -> FrameState | None:
    """The state of these columns; ``None`` when it cannot be told cheaply, as for a query that runs when it is read."""
    if isinstance(frame, pa.Table | pa.RecordBatch):
        return FrameState((), frame)
    if is_polars_dataframe(frame):
        return _polars_state(frame, columns)
    if is_pandas_dataframe(frame):
        return _pandas_state(frame, columns)
    return None


def _polars_state(frame: Any, columns: Sequence[str]) -> FrameState:
    # Without conversion polars shares its buffers, and copies a shared buffer before it writes.
    table = frame.select(list(columns)).to_arrow(compat_level=get_polars().CompatLevel.newest())
    return FrameState(_buffers(table.columns), table)


def _pandas_state(frame: Any, columns: Sequence[str]) -> FrameState | None:
    import pandas as pd

    if int(pd.__version__.partition(".")[0]) < _PANDAS_WITH_COPY_ON_WRITE:
        return None
    names = [str(name) for name in frame.columns]
    # A shallow copy shares its buffers under copy-on-write: whoever writes to the frame gets new ones.
    kept = frame.iloc[:, [names.index(name) for name in columns]].copy(deep=False)
    addresses = [_pandas_addresses(kept.iloc[:, position].array) for position in range(kept.shape[1])]
    return None if None in addresses else FrameState(tuple(addresses), kept)


def _pandas_addresses(values: Any) -> object:
    import pandas as pd

    if isinstance(values, pd.arrays.ArrowExtensionArray):
        shared = values.__arrow_array__()
        return _buffers([shared if isinstance(shared, pa.ChunkedArray) else pa.chunked_array([shared])])
    if isinstance(values, pd.Categorical):
        return id(values.dtype), _numpy_address(values.codes)
    if hasattr(values, "_data") and hasattr(values, "_mask"):
        return _numpy_address(values._data), _numpy_address(values._mask)  # noqa: SLF001
    array = getattr(values, "_ndarray", None)
    # What a cell of objects holds can change without the frame.
    return None if array is None or array.dtype == object else _numpy_address(array)


def _numpy_address(array: Any) -> object:
    return array.__array_interface__["data"][0], array.shape, array.strides, str(array.dtype)


def _buffers(columns: Sequence[pa.ChunkedArray]) -> tuple[object, ...]:
    return tuple(
        (str(column.type), tuple((len(chunk), chunk.offset, *_addresses(chunk)) for chunk in column.chunks))
        for column in columns
    )


def _addresses(array: pa.Array) -> list[tuple[int, int] | None]:
    found = [None if buffer is None else (buffer.address, buffer.size) for buffer in array.buffers()]
    return found + (_addresses(array.dictionary) if isinstance(array, pa.DictionaryArray) else [])
