"""The program of the bundled service, and the files in which its state is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import filelock

from ._bundle import find_service_program
from ._errors import ServiceUnreachableError
from ._folders import runtime_folder, table_folder
from ._node import find_node
from ._version import PROTOCOL_VERSION, __version__

__all__ = ["START_SECONDS", "Program", "find_program", "remove_stale"]

#: A service that has not answered for this long after its start is given up.
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """What is run, and where its state is; ``name`` differs with the version, the bundle and the Node.js."""

    node: Path
    main: Path
    folder: Path
    name: str

    @property
    def state(self) -> Path:
        """Where the service itself writes its port once it listens."""
        return self.folder / f"{self.name}.json"

    @property
    def lock(self) -> Path:
        return self.folder / f"{self.name}.lock"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def tables(self) -> Path:
        return table_folder() / self.name

    @contextmanager
    def locked(self, seconds: float = START_SECONDS * 2) -> Iterator[None]:
        """One process at a time starts or ends the service."""
        lock = filelock.FileLock(self.lock, timeout=seconds)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            msg = "Another process has been starting the runtime service for too long"
            remedy = f"End the process that holds {self.lock}."
            raise ServiceUnreachableError(msg, place=str(self.lock), remedy=remedy) from error
        try:
            yield
        finally:
            lock.release()


def find_program() -> Program:
    """The program of this installation; raises :class:`NodeNotFoundError` or :class:`RuntimeMissingError`."""
    node, main = find_node(), find_service_program()
    status = main.stat()
    identity = [__version__, PROTOCOL_VERSION, str(node), str(main), status.st_size, status.st_mtime_ns]
    digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:12]
    return Program(node, main, runtime_folder(), f"service-{__version__}-{digest}")


def remove_stale(program: Program, *, is_running: Callable[[Program], bool]) -> None:
    """Remove what other programs left, such as earlier versions, unless they run or are being started."""
    for folder in table_folder().glob("service-*"):
        if folder.name == program.name:
            continue
        other = Program(program.node, program.main, program.folder, folder.name)
        with suppress(ServiceUnreachableError, OSError), other.locked(seconds=0):
            if not is_running(other):
                shutil.rmtree(folder, ignore_errors=True)
                other.log.unlink(missing_ok=True)
                other.state.unlink(missing_ok=True)
