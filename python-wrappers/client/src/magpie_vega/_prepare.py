"""From an Altair chart or a specification to what its page needs.

::

    chart ─ chart_to_spec ─▶ spec with frames ─ take_sources ─▶ spec with placeholders + frames
                                                                    │ inspect: which columns?
    payload ◀─ grants ◀─ spec with table URLs ◀─ upload ◀─ tables ◀─┘ select, write, hash
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from ._altair import chart_to_spec
from ._errors import ChartError, ColumnMissingError, MagpieError
from ._field_check import missing_fields
from ._frames import column_names
from ._inspect import ColumnUse
from ._mentions import Mentions
from ._payload import ChartPayload
from ._plain import plain
from ._server_data import ServerData
from ._service import Service
from ._sources import TABLE_SCHEME, TakenSpec, take_sources
from ._spec import DataObject, is_vega, rewrite_data
from ._tables import Need, TableCache
from ._version import PROTOCOL_VERSION, __version__

__all__ = ["DEFAULT_INLINE_LIMIT_BYTES", "prepare"]

#: Inline rows above this many bytes of JSON leave the specification and become tables.
DEFAULT_INLINE_LIMIT_BYTES = 256 * 1024

_tables = TableCache()


def prepare(
    chart: Any,
    *,
    server_data: Sequence[str] = (),
    inline_limit_bytes: int = DEFAULT_INLINE_LIMIT_BYTES,
    service: Service | None = None,
) -> ChartPayload:
    """Take the data out of a chart, bring it to the service, and give what the page needs.

    ``chart`` is an Altair chart, or a Vega-Lite or Vega specification as a dict, in which a frame may stand where a
    data object or its ``values`` may. Frames are those of pandas, polars, pyarrow and DuckDB, and whatever else has
    ``__arrow_c_stream__``. Only the columns that the chart reads leave the process, each table is uploaded once, and
    nothing about the user's Altair settings changes.

    ``server_data`` lists data URLs and paths that the service reads instead of the browser (see :class:`ServerData`).
    ``service`` is :meth:`Service.from_environment` by default, and is not asked when the chart has nothing for it.

    Raises :class:`ChartError`, :class:`FrameError`, :class:`UnsupportedColumnError`, :class:`ColumnMissingError`,
    :class:`NodeNotFoundError`, :class:`ServiceError` or another :class:`MagpieError`.
    """
    entries = [server_data] if isinstance(server_data, str) else list(server_data)
    taken = take_sources(_spec_of(chart), ServerData(entries), inline_limit_bytes)
    spec = plain(taken.spec)
    if not taken.sources and not taken.server:
        return ChartPayload(spec, (), (), __version__, PROTOCOL_VERSION)
    service = service or Service.from_environment()
    urls = _upload(spec, taken, service)
    files = [source.file for source in taken.server if source.file is not None]
    token = service.grant(
        tables=[url.removeprefix(TABLE_SCHEME) for url in urls.values()],
        urls=[source.url for source in taken.server if source.file is None],
        files=files,
    )

    def with_table(data: DataObject, _pointer: str) -> DataObject:
        url = data.get("url")
        return {**data, "url": urls[url]} if isinstance(url, str) and url in urls else data

    server_urls = tuple(dict.fromkeys(source.url for source in taken.server))
    return ChartPayload(rewrite_data(spec, with_table), (token,), server_urls, __version__, PROTOCOL_VERSION)


def _spec_of(chart: Any) -> Mapping[str, Any]:
    spec = chart_to_spec(chart)
    if spec is not None:
        return spec
    if isinstance(chart, Mapping):
        return chart
    raise ChartError(
        f"An object of the type {type(chart).__name__} is not a chart",
        remedy="Pass an Altair chart, or a Vega-Lite or Vega specification as a dict.",
    )


def _upload(spec: dict[str, Any], taken: TakenSpec, service: Service) -> dict[str, str]:
    """Placeholder → URL of the uploaded table."""
    if not taken.sources:
        return {}
    frames = {source.placeholder: _tables.readable(source.frame) for source in taken.sources}
    if not is_vega(spec):
        _check_fields(spec, {url: column_names(frame) for url, frame in frames.items()})
    uses = _column_uses(json.dumps(spec, separators=(",", ":")), service)
    mentions = Mentions(spec)
    urls: dict[str, str] = {}
    for source in taken.sources:
        try:
            # A frame that no part of the chart reads keeps its place with as little as a table can have.
            stored = _tables.store(frames[source.placeholder], _need(spec, uses.get(source.placeholder, ()), mentions))
        except MagpieError as error:
            error.add_note(f"in the chart's data at {source.pointer}")
            raise
        service.upload(stored)
        urls[source.placeholder] = TABLE_SCHEME + stored.sha256
    return urls


def _check_fields(spec: dict[str, Any], frames: dict[str, list[str]]) -> None:
    for column, pointer in missing_fields(spec, frames):
        raise ColumnMissingError(column, sorted({name for names in frames.values() for name in names}), place=pointer)


def _need(spec: dict[str, Any], use: ColumnUse, mentions: Mentions) -> Need:
    if use is None:
        return Need(None, mentions)
    # The compiler of Vega-Lite makes many words of few; what its author did not write is none of the frame's columns.
    columns = frozenset(use) if is_vega(spec) else frozenset(name for name in use if name in mentions)
    return Need(columns, mentions)


_MOST_USES = 256
_uses: OrderedDict[tuple[int, str], dict[str, ColumnUse]] = OrderedDict()
_uses_lock = threading.Lock()


def _column_uses(spec: str, service: Service) -> dict[str, ColumnUse]:
    """What the service's planner says of ``spec``; asked once, since it is pure."""
    key = (id(service), spec)
    with _uses_lock:
        if key in _uses:
            _uses.move_to_end(key)
            return _uses[key]
    found = service.inspect(spec)
    with _uses_lock:
        _uses[key] = found
        while len(_uses) > _MOST_USES:
            _uses.popitem(last=False)
    return found
