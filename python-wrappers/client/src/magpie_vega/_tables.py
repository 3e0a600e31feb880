"""From a frame and the columns that a chart needs to a stored table."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pyarrow as pa

from ._canonical import canonical_batches
from ._errors import FrameError, UnsupportedColumnError
from ._frame_state import FrameState, frame_state
from ._frames import column_names, materialised, read_frame
from ._spool import StoredTable, find_stored, store_batches

__all__ = ["Need", "TableCache", "store_frame"]


@dataclass(slots=True)
class _Known:
    """What is known of one living frame."""

    frame: weakref.ref[Any]
    lock: threading.Lock = field(default_factory=threading.Lock)
    #: The rows of a stream that can be read only once.
    streamed: pa.Table | None = None
    stored: dict[tuple[str, ...], tuple[FrameState, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """What a chart may read of a frame."""

    #: Names of columns, among them some that the frame may not have; ``None``: any column.
    columns: Container[str] | None
    #: Those that the chart is sure to read: here a type without meaning is an error, elsewhere the column is left out.
    named: Container[str]


class TableCache:
    """Remembers the tables of frames that are still alive and unchanged; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._lock = threading.RLock()

    def readable(self, frame: Any) -> Any:
        """The frame itself, or the rows of a stream; those of a reader, which can be read once, are kept with it."""
        frame = nw.to_native(frame, pass_through=True)
        if not isinstance(frame, pa.RecordBatchReader):
            return materialised(frame)
        known = self._of(frame)
        if known is None:
            return materialised(frame)
        with known.lock:
            if known.streamed is None:
                known.streamed = materialised(frame)
            return known.streamed

    def store(self, frame: Any, need: Need) -> StoredTable:
        """Store the columns of ``frame`` that are needed, or find them stored already."""
        frame = self.readable(frame)
        known = self._of(frame)
        if known is None:
            return store_frame(frame, need)
        with known.lock:
            names = _names(frame, need)
            # Taken before the rows are read, so that a change meanwhile shows the next time.
            state = frame_state(frame, names)
            key = (*names, *sorted(name for name in names if name in need.named))
            before = known.stored.get(key)
            if before is not None and state is not None and before[0].addresses == state.addresses:
                stored = find_stored(before[1])
                if stored is not None:
                    return stored
            stored = store_frame(frame, need)
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


def store_frame(frame: Any, need: Need) -> StoredTable:
    """Store the needed columns of a readable frame in canonical form.

    Raises :class:`UnsupportedColumnError` or :class:`FrameError`.
    """
    names = _names(frame, need)
    while True:
        try:
            if names or not column_names(frame):
                return store_batches(*canonical_batches(read_frame(frame, names)))
            return _store_row_count(frame)
        except UnsupportedColumnError as error:
            if error.column not in names or error.column in need.named:
                raise
            names.remove(error.column)


def _names(frame: Any, need: Need) -> list[str]:
    """The needed columns in the frame's own order, so that equal needs give equal tables."""
    names = [name for name in column_names(frame) if need.columns is None or name in need.columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
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
