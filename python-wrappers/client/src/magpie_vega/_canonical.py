"""One Arrow form for each column, so that equal frames give equal bytes and the service reads few types.

What each type becomes follows what Altair writes into a chart's JSON, and what JavaScript makes of it:

=========================  ==========================================================================
Arrow type of the frame    Arrow type that is sent
=========================  ==========================================================================
bool                       bool
(u)int8, 16, 32            the same
(u)int64, decimal, null    float64: JavaScript's only number
float16, 32, 64            float32, float32, float64; NaN and the infinities become null
text, dictionary of text   utf8, or when few values repeat dictionary<int8, 16 or 32, utf8> in order of appearance
date                       timestamp[ms] without zone: midnight where the viewer is
timestamp without zone     timestamp[ms] without zone: wall-clock time where the viewer is
timestamp with zone        timestamp[ms, UTC]: an instant
list, struct               list, struct of these; text in them is utf8
=========================  ==========================================================================
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ._errors import UnsupportedColumnError

__all__ = ["BATCH_ROWS", "canonical_batches", "canonical_column"]

#: Rows of a record batch; a multiple of 8, so that validity bitmaps stay aligned.
BATCH_ROWS = 131_072

_MOST_DICTIONARY_VALUES = 65_536

#: Validity and views; those of texts that are longer than 12 bytes have buffers for the texts as well.
_BUFFERS_OF_SHORT_VIEWS = 2

#: Texts of so many bytes get 64-bit offsets: where they all differ, those of 32 bits would not reach to the last.
_LONG_TEXTS_BYTES = 2**31 - 2**20


def canonical_batches(table: pa.Table) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema and the batches of ``table`` in canonical form; raises :class:`UnsupportedColumnError`."""
    names = table.column_names
    # Arrow works outside the interpreter's lock. Texts take longest, and so begin first.
    by_cost = sorted(range(len(names)), key=lambda at: not _is_text(table.columns[at].type))
    with ThreadPoolExecutor(max_workers=min(len(names), os.cpu_count() or 1) or 1) as pool:
        running = {at: pool.submit(canonical_column, names[at], table.columns[at]) for at in by_cost}
        # Of several columns that fail, the first is told of.
        arrays = [running[at].result() for at in range(len(names))]
    types = [_sent_type(array.type) for array in arrays]
    schema = pa.schema([pa.field(name, kind) for name, kind in zip(names, types, strict=True)])

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, table.num_rows, BATCH_ROWS):
            parts = [array.slice(start, BATCH_ROWS) for array in arrays]
            sent = [part.cast(kind) if part.type != kind else part for part, kind in zip(parts, types, strict=True)]
            yield pa.RecordBatch.from_arrays(sent, schema=schema)

    return schema, batches()


def canonical_column(name: str, column: pa.ChunkedArray) -> pa.Array:
    """One array in canonical form; long texts have 64-bit offsets, which a batch does not need."""
    kind = column.type
    try:
        return _text(column) if _is_text(kind) else _canonical(_one_array(column))
    except _NoMeaningError as error:
        raise UnsupportedColumnError(name, str(kind), remedy=error.remedy) from None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        remedy = f"Convert it to numbers, text, booleans or timestamps in the frame ({error})."
        raise UnsupportedColumnError(name, str(kind), remedy=remedy) from error


class _NoMeaningError(Exception):
    def __init__(self, remedy: str) -> None:
        self.remedy = remedy


def _sent_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_list(kind):
        return pa.list_(_sent_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _sent_type(field.type)) for field in kind])
    return pa.string() if pa.types.is_large_string(kind) else kind


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks or [pa.nulls(0, column.type)])


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or _is_view(kind))


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind))


def _canonical(array: pa.Array) -> pa.Array:
    for applies, convert in _CONVERSIONS:
        if applies(array.type):
            return convert(array)
    raise _NoMeaningError(_remedy(array.type))


def _remedy(kind: pa.DataType) -> str:
    if pa.types.is_duration(kind):
        return "Convert it to a number, such as its total seconds, or to a timestamp."
    if pa.types.is_time(kind):
        return "Convert it to a timestamp or to text."
    if pa.types.is_nested(kind):
        return "Take the parts that the chart reads into columns of their own, or convert it to a list or struct."
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return "Decode it to text."
    return "Convert it to numbers, text, booleans or timestamps."


def _decode_dictionary(array: pa.DictionaryArray) -> pa.Array:
    values = array.dictionary
    return _canonical(_texts_of(array) if _is_text(values.type) else values.take(array.indices))


def _decode_runs(array: pa.Array) -> pa.Array:
    return _canonical(pc.run_end_decode(array))


def _text(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    chunks = _encoded(texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts], texts.type)
    indices = pa.concat_arrays([chunk.indices for chunk in chunks] or [pa.nulls(0, pa.int32())])
    # Texts of several chunks may exceed what 32-bit offsets reach.
    values = (chunks[-1].dictionary if chunks else pa.nulls(0, pa.string())).cast(pa.large_string())
    if len(values) <= min(_MOST_DICTIONARY_VALUES, len(texts) // 2):
        codes = _fixed(indices.cast(_code_type(len(values))))
        return pa.DictionaryArray.from_arrays(codes, _compact(values).cast(pa.string()))
    return _compact(values.take(indices))


def _encoded(chunks: list[pa.Array], kind: pa.DataType) -> list[pa.DictionaryArray]:
    """Chunks that all have the same dictionary, that of the last."""
    if _is_view(kind) and all(len(chunk.buffers()) == _BUFFERS_OF_SHORT_VIEWS for chunk in chunks):
        # Texts of up to 12 bytes are in the views themselves, which are compared faster than texts are.
        slots = [_as_type(chunk, pa.binary(16)) for chunk in chunks]
        coded = pa.chunked_array(slots, pa.binary(16)).dictionary_encode().chunks
        return [pa.DictionaryArray.from_arrays(one.indices, _as_type(one.dictionary, kind)) for one in coded]
    long = _is_view(kind) or sum(chunk.nbytes for chunk in chunks) >= _LONG_TEXTS_BYTES
    texts = pa.chunked_array(chunks, kind)
    encoded: list[pa.DictionaryArray] = (texts.cast(pa.large_string()) if long else texts).dictionary_encode().chunks
    return encoded


def _as_type(array: pa.Array, kind: pa.DataType) -> pa.Array:
    return pa.Array.from_buffers(kind, len(array), array.buffers(), offset=array.offset)


def _code_type(count: int) -> pa.DataType:
    return next(kind for kind in (pa.int8(), pa.int16(), pa.int32()) if count <= 1 << (kind.bit_width - 1))


def _compact(array: pa.Array) -> pa.Array:
    # What an invalid slot holds is empty after `take`; only the bitmap's padding may differ.
    _, offsets, data = array.buffers()
    if array.null_count == 0 and array.offset == 0:
        return pa.Array.from_buffers(array.type, len(array), [None, offsets, data], null_count=0)
    return array if array.offset else pa.Array.from_buffers(array.type, len(array), [_validity(array), offsets, data])


def _timestamp(array: pa.Array) -> pa.Array:
    unit, zone = array.type.unit, array.type.tz
    instant = array.cast(pa.timestamp(unit))
    try:
        milliseconds = instant.cast(pa.timestamp("ms"))
    except pa.ArrowInvalid:
        if unit not in {"us", "ns"}:
            raise
        # JavaScript reads an ISO text's fraction digit by digit, so times before 1970 round down as well.
        milliseconds = pc.floor_temporal(instant, unit="millisecond").cast(pa.timestamp("ms"), safe=False)
    fixed = _fixed(milliseconds)
    return fixed if zone is None else fixed.view(pa.timestamp("ms", "UTC"))


def _float(array: pa.Array) -> pa.Array:
    array = array.cast(pa.float32()) if pa.types.is_float16(array.type) else array
    finite = pc.fill_null(pc.is_finite(array), False)  # noqa: FBT003
    zero = pa.scalar(0.0, array.type)
    values = pc.if_else(finite, array, zero)
    return _with_validity(values, None if pc.all(finite).as_py() is not False else _bitmap(finite))


def _fixed(array: pa.Array) -> pa.Array:
    if array.null_count == 0:
        return _with_validity(_unsliced(array), None)
    integers = array.cast(pa.int64()) if pa.types.is_timestamp(array.type) else array
    filled = pc.fill_null(integers, pa.scalar(0, integers.type))
    return _with_validity(_unsliced(filled.cast(array.type)), _validity(array))


def _boolean(array: pa.Array) -> pa.Array:
    values = _bitmap(pc.fill_null(array, False))  # noqa: FBT003
    validity = _validity(array) if array.null_count else None
    return pa.Array.from_buffers(pa.bool_(), len(array), [validity, values])


def _number(array: pa.Array) -> pa.Array:
    return _fixed(array.cast(pa.float64(), safe=False))


def _decimal(array: pa.Array) -> pa.Array:
    return _float(array.cast(pa.float64(), safe=False))


def _date(array: pa.Array) -> pa.Array:
    return _fixed(array.cast(pa.timestamp("ms")))


def _list(array: pa.Array) -> pa.Array:
    lengths = pc.fill_null(pc.list_value_length(array), 0).cast(pa.int32())
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths)])
    items = _item(_canonical(array.flatten()))
    validity = _validity(array) if array.null_count else None
    return pa.Array.from_buffers(pa.list_(items.type), len(array), [validity, offsets.buffers()[1]], children=[items])


def _struct(array: pa.Array) -> pa.Array:
    fields = [_item(_canonical(child)) for child in array.flatten()]
    kind = pa.struct([pa.field(field.name, child.type) for field, child in zip(array.type, fields, strict=True)])
    validity = _validity(array) if array.null_count else None
    return pa.Array.from_buffers(kind, len(array), [validity], children=fields)


def _item(array: pa.Array) -> pa.Array:
    return _compact(_texts_of(array)) if pa.types.is_dictionary(array.type) else array


def _texts_of(array: pa.DictionaryArray) -> pa.Array:
    return array.dictionary.cast(pa.large_string()).take(array.indices)


def _with_validity(values: pa.Array, validity: pa.Buffer | None) -> pa.Array:
    values = _unsliced(values)
    return pa.Array.from_buffers(values.type, len(values), [validity, values.buffers()[1]])


def _unsliced(array: pa.Array) -> pa.Array:
    return pa.concat_arrays([array, array.slice(0, 0)]) if array.offset else array


def _validity(array: pa.Array) -> pa.Buffer:
    return _bitmap(pc.is_valid(array))


def _bitmap(flags: Any) -> pa.Buffer:
    """The bits of a boolean array without nulls, padding zeroed."""
    flags = pc.invert(pc.invert(flags)) if flags.offset else flags
    length = (len(flags) + 7) // 8
    bits = bytearray(memoryview(flags.buffers()[1])[:length])
    if len(flags) % 8:
        bits[-1] &= (1 << (len(flags) % 8)) - 1
    return pa.py_buffer(bytes(bits))


_is = pa.types
#: The first that applies to a type converts it; the order matters.
_CONVERSIONS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (_is.is_dictionary, _decode_dictionary),
    (_is.is_run_end_encoded, _decode_runs),
    (_is_text, _text),
    (_is.is_null, _number),
    (_is.is_boolean, _boolean),
    (_is.is_floating, _float),
    (_is.is_int64, _number),
    (_is.is_uint64, _number),
    (_is.is_integer, _fixed),
    (_is.is_decimal, _decimal),
    (_is.is_date, _date),
    (_is.is_timestamp, _timestamp),
    (_is.is_list, _list),
    (_is.is_large_list, _list),
    (_is.is_fixed_size_list, _list),
    (_is.is_struct, _struct),
)
