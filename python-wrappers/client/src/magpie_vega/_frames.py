"""Reading frames of any library as Arrow tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

import narwhals as nw
import pyarrow as pa
from narwhals.dependencies import (
    get_polars,
    is_duckdb_relation,
    is_pandas_dataframe,
    is_polars_dataframe,
    is_polars_lazyframe,
)

from ._errors import FrameError, MagpieError, UnsupportedColumnError

__all__ = ["column_names", "is_frame", "materialised", "read_frame"]


@runtime_checkable
class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class _Interchange(Protocol):
    def __dataframe__(self) -> object: ...


def is_frame(value: object) -> bool:
    """Whether ``value`` is a frame: eager or lazy, of a library that Arrow or narwhals can read."""
    if value is None or isinstance(value, str | bytes | dict | list | tuple | int | float):
        return False
    if isinstance(value, _ArrowStream | _Interchange | pa.Table | pa.RecordBatch | pa.RecordBatchReader):
        return True
    return isinstance(nw.from_native(value, pass_through=True), nw.DataFrame | nw.LazyFrame)


def column_names(frame: Any) -> list[str]:
    """The columns' names of a materialised frame, as text; the index of a pandas frame is not a column."""
    if is_pandas_dataframe(frame):
        return [str(name) for name in frame.columns]
    if is_duckdb_relation(frame):
        return list(frame.columns)
    if isinstance(frame, pa.Table | pa.RecordBatch):
        return list(frame.schema.names)
    wrapped = nw.from_native(frame, pass_through=True)
    if isinstance(wrapped, nw.DataFrame | nw.LazyFrame):
        return list(wrapped.collect_schema().names())
    if isinstance(frame, _Interchange):
        return list(frame.__dataframe__().column_names())  # type: ignore[attr-defined]
    msg = f"An object of the type {type(frame).__name__} cannot be read as a frame"
    raise FrameError(msg, remedy="Pass a pandas, polars or pyarrow frame, or a DuckDB relation.")


def materialised(frame: Any) -> Any:
    """The frame of its own library; a stream, whose columns only show while it is read, as a table."""
    frame = nw.to_native(frame, pass_through=True)
    known = (
        is_pandas_dataframe(frame)
        or is_duckdb_relation(frame)
        or isinstance(frame, pa.Table | pa.RecordBatch)
        or isinstance(nw.from_native(frame, pass_through=True), nw.DataFrame | nw.LazyFrame)
    )
    return frame if known or not isinstance(frame, _ArrowStream) else read_frame(frame, None)


def read_frame(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    """The frame's rows in order, with ``columns`` only (``None``: all); raises :class:`FrameError`.

    Readers and other one-shot streams are used up.
    """
    try:
        return _reader(frame)(frame, columns)
    except MagpieError:
        raise
    except Exception as error:
        msg = f"The {type(frame).__module__.partition('.')[0]} frame could not be read: {error}"
        raise FrameError(msg, remedy="Check the query or file behind the frame.") from error


def _reader(frame: Any) -> Callable[[Any, Sequence[str] | None], pa.Table]:
    if is_pandas_dataframe(frame):
        return _read_pandas
    if is_polars_lazyframe(frame) or is_polars_dataframe(frame):
        return _read_polars
    if is_duckdb_relation(frame):
        return _read_duckdb
    if isinstance(frame, pa.Table | pa.RecordBatch | _ArrowStream):
        return _read_stream
    if isinstance(nw.from_native(frame, pass_through=True), nw.DataFrame | nw.LazyFrame):
        return _read_narwhals
    return _read_interchange


def _read_pandas(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    names = [str(name) for name in frame.columns]
    wanted = names if columns is None else list(columns)
    return pa.table({name: _pandas_column(name, frame.iloc[:, names.index(name)]) for name in wanted})


def _pandas_column(name: str, series: Any) -> pa.ChunkedArray:
    import pandas as pd

    if isinstance(series.dtype, pd.SparseDtype):
        series = series.sparse.to_dense()
    try:
        array = pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        remedy = f"Give it values of one type: numbers, text, booleans or timestamps ({error})."
        raise UnsupportedColumnError(name, str(series.dtype), remedy=remedy) from error
    if series.dtype == object and _has_struct(array.type):
        # Python's dicts need not have the same keys; a struct's rows all have all of them.
        raise UnsupportedColumnError(
            name, "dict", remedy="Take the values that the chart reads into columns of their own."
        )
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _has_struct(kind: pa.DataType) -> bool:
    if pa.types.is_struct(kind):
        return True
    return any(_has_struct(kind.field(index).type) for index in range(kind.num_fields))


def _read_polars(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    selected = frame if columns is None else frame.select(list(columns))
    eager = selected.collect() if is_polars_lazyframe(selected) else selected
    # As a stream of Arrow it would first make one piece of all its own.
    table: pa.Table = eager.to_arrow(compat_level=get_polars().CompatLevel.newest())
    return table


def _read_duckdb(relation: Any, columns: Sequence[str] | None) -> pa.Table:
    if columns is not None:
        import duckdb

        relation = relation.select(*[duckdb.ColumnExpression(name) for name in columns])
    return _from_stream(relation)


def _read_stream(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    table = frame if isinstance(frame, pa.Table) else _from_stream(frame)
    return table if columns is None else table.select(list(columns))


def _from_stream(stream: Any) -> pa.Table:
    return pa.RecordBatchReader.from_stream(stream).read_all()


def _read_narwhals(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    wrapped: Any = nw.from_native(frame)
    selected = wrapped if columns is None else wrapped.select(list(columns))
    if isinstance(selected, nw.LazyFrame):
        collected: pa.Table = selected.collect("pyarrow").to_native()
        return collected
    return selected.to_arrow()


def _read_interchange(frame: Any, columns: Sequence[str] | None) -> pa.Table:
    from pyarrow.interchange import from_dataframe

    table = from_dataframe(frame)
    return table if columns is None else table.select(list(columns))
