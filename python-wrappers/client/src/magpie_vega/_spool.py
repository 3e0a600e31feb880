"""Arrow IPC streams on disk, named by the SHA-256 of their bytes and shared by this user's processes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ._folders import spool_folder

__all__ = ["SPOOL_LIMIT_BYTES", "StoredTable", "discard", "find_stored", "store_batches"]

#: The spool's size; the least recently used tables leave first, and are written again when needed.
SPOOL_LIMIT_BYTES = 8 * 1024**3

#: Bytes from which hashing on another thread is worth the way there.
_HASHED_APART = 64 * 1024


@dataclass(frozen=True, slots=True)
class StoredTable:
    """An Arrow IPC stream: its SHA-256 in lower-case hexadecimal, and where its bytes are."""

    sha256: str
    path: Path


class _Hashing:
    """A sink for pyarrow that hashes what it writes; large pieces on a thread of its own, while they are written."""

    def __init__(self, file: tempfile._TemporaryFileWrapper[bytes], hasher: ThreadPoolExecutor) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.closed = False
        self._hasher = hasher
        self._last: Future[None] | None = None

    def write(self, data: pa.Buffer | bytes) -> int:
        view = memoryview(data)
        if len(view) < _HASHED_APART:
            self._hashed()
            self.digest.update(view)
            return self.file.write(view)
        # One after the other: the thread takes them in order. The view keeps the bytes alive until then.
        self._last = self._hasher.submit(self.digest.update, view)
        return self.file.write(view)

    def hexdigest(self) -> str:
        self._hashed()
        return self.digest.hexdigest()

    def _hashed(self) -> None:
        if self._last is not None:
            self._last.result()
            self._last = None

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


def store_batches(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> StoredTable:
    """Write the batches to disk once, hashing on the way."""
    folder = spool_folder()
    options = pa.ipc.IpcWriteOptions(metadata_version=pa.ipc.MetadataVersion.V5, unify_dictionaries=False)
    with (
        ThreadPoolExecutor(max_workers=1) as hasher,
        tempfile.NamedTemporaryFile(dir=folder, prefix=".writing-", delete=False) as file,
    ):
        sink = _Hashing(file, hasher)
        try:
            with pa.ipc.new_stream(pa.PythonFile(sink, mode="w"), schema, options=options) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        except BaseException:
            file.close()
            Path(file.name).unlink(missing_ok=True)
            raise
    sha256 = sink.hexdigest()
    path = folder / f"{sha256}.arrow"
    _keep(Path(file.name), path)
    _prune(folder, keep=path)
    return StoredTable(sha256, path)


def _keep(written: Path, path: Path) -> None:
    # To take the place of a file, a new one must be on the disk, which takes longer than writing it did.
    with suppress(OSError):
        if path.stat().st_size == written.stat().st_size:
            os.utime(path)
            written.unlink()
            return
    written.replace(path)


def discard(table: StoredTable) -> None:
    """Remove a table whose bytes are found to be others than its name says."""
    table.path.unlink(missing_ok=True)


def find_stored(sha256: str) -> StoredTable | None:
    """The stored table of that name, marked as used; ``None`` when it left the spool."""
    path = spool_folder() / f"{sha256}.arrow"
    try:
        os.utime(path)
    except OSError:
        return None
    return StoredTable(sha256, path)


def _prune(folder: Path, keep: Path) -> None:
    found: list[tuple[float, int, Path]] = []
    for entry in folder.glob("*.arrow"):
        with suppress(OSError):
            status = entry.stat()
            found.append((status.st_mtime, status.st_size, entry))
    excess = sum(size for _, size, _ in found) - SPOOL_LIMIT_BYTES
    for _, size, path in sorted(found):
        if excess <= 0:
            return
        if path != keep:
            with suppress(OSError):
                path.unlink()
                excess -= size
