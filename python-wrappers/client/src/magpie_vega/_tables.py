"""From a frame and the columns that a chart needs to a stored table."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pyarrow as pa

from ._canonical import canonical_batches
from ._errors import ColumnMissingError, FrameError, UnsupportedColumnError
from ._frame_state import FrameState, frame_state
from ._frames import column_names, materialised, read_frame
from ._spool import StoredTable, find_stored, store_batches

__all__ = ["TableCache", "store_frame"]


@dataclass(slots=True)
class _Known:
    """What is known of one living frame."""

    frame: weakref.ref[Any]
    lock: threading.Lock = field(default_factory=threading.Lock)
    #: The rows of a stream that can be read only once.
    streamed: pa.Table | None = None
    stored: dict[tuple[str, ...], tuple[FrameState, str]] = field(default_factory=dict)


class TableCache:
    """Remembers the tables of frames that are still alive and unchanged; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._lock = threading.RLock()

    def store(self, frame: Any, columns: Sequence[str] | None) -> StoredTable:
        """Store the columns of ``frame`` (``None``: all), or find them stored already."""
        frame = nw.to_native(frame, pass_through=True)
        known = self._of(frame)
        if known is None:
            return store_frame(frame, columns)
        with known.lock:
            if isinstance(frame, pa.RecordBatchReader):
                known.streamed = read_frame(frame, None) if known.streamed is None else known.streamed
                frame = known.streamed
            frame = materialised(frame)
            names = _needed(frame, columns)
            state = frame_state(frame, names)  # taken before the rows, so that a change meanwhile shows
            key = tuple(names)
            before = known.stored.get(key)
            if before is not None and state is not None and before[0].addresses == state.addresses:
                stored = find_stored(before[1])
                if stored is not None:
                    return stored
            stored = store_frame(frame, columns)
            if state is not None:
                known.stored[key] = (state, stored.sha256)
            return stored

    def _of(self, frame: Any) -> _Known | None:
        identity = id(frame)
        with self._lock:
            known = self._known.get(identity)
            if known is None or known.frame() is not frame:
                try:
                    reference = weakref.ref(frame, lambda gone: self._forget(identity, gone))
                except TypeError:
                    return None
                known = self._known[identity] = _Known(reference)
            return known

    def _forget(self, identity: int, gone: weakref.ref[Any]) -> None:
        with self._lock:
            known = self._known.get(identity)
            if known is not None and known.frame is gone:
                del self._known[identity]


def store_frame(frame: Any, columns: Sequence[str] | None) -> StoredTable:
    """Store the columns of ``frame`` in canonical form.

    Raises :class:`ColumnMissingError`, :class:`UnsupportedColumnError` or :class:`FrameError`.
    """
    frame = materialised(frame)
    names = _needed(frame, columns)
    if names or not column_names(frame):
        return store_batches(*canonical_batches(read_frame(frame, names)))
    return _store_row_count(frame)


def _needed(frame: Any, columns: Sequence[str] | None) -> list[str]:
    """The needed columns in the frame's own order, so that equal needs give equal tables."""
    available = column_names(frame)
    wanted = set(available if columns is None else columns)
    missing = wanted.difference(available)
    if missing:
        raise ColumnMissingError(min(missing), available)
    names = [name for name in available if name in wanted]
    if len(names) != len(wanted):
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"The frame has several columns named {twice!r}"
        raise FrameError(msg, place=f"column {twice!r}", remedy="Give each column a name of its own.")
    return names


def _store_row_count(frame: Any) -> StoredTable:
    """A chart that only counts rows still needs one column to count."""
    problem: UnsupportedColumnError | None = None
    for name in column_names(frame):
        try:
            return store_batches(*canonical_batches(read_frame(frame, [name])))
        except UnsupportedColumnError as error:
            problem = problem or error
    raise problem or FrameError("The frame has no columns")
