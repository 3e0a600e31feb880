"""The bundled service: started once per host and user, shared by all processes, replaced when it dies.

The runtime folder holds the secret, and for each program (version, bundle, Node.js) a lock, the address of its running
service, and its log. Nothing is started before the first request; the service ends by itself when nobody has asked for
a while, and the next request starts it again.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import filelock
import httpx

from ._address import Address
from ._errors import ServiceUnreachableError
from ._grants import upload_grant
from ._health import read_health
from ._http import client
from ._program import START_SECONDS, Program, find_program, remove_stale
from ._version import PROTOCOL_VERSION

__all__ = ["DEFAULT_IDLE_EXIT_MS", "ensure_local_service", "running_local_service", "stop_local_service"]

#: After this long without a request the service ends; ``MAGPIE_IDLE_EXIT_MS`` overrides it, and 0 means never.
DEFAULT_IDLE_EXIT_MS = 15 * 60 * 1000

#: More than the most queries that the service may be told to run at the same time.
_THREADS = "72"
_LOG_LINES = 12
_NO_TABLE = "0" * 64

#: Kept so that ended children are collected, and none is reported as still running.
_started: list[subprocess.Popen[bytes]] = []


def ensure_local_service() -> Address:
    """The address of the bundled service, started first when none runs.

    Raises :class:`NodeNotFoundError`, :class:`RuntimeMissingError` or :class:`ServiceUnreachableError`.
    """
    program = find_program()
    running = _running(program)
    if running is not None:
        return running
    with program.locked():
        return _running(program) or _start(program)


def running_local_service() -> Address | None:
    """The address of the bundled service when it runs."""
    return _running(find_program())


def stop_local_service(known: Address | None = None) -> None:
    """End the service at ``known``, else the bundled one of this host and user, when it runs."""
    program = find_program()
    with program.locked():
        running = known if known is not None and _is_ours(known) else _running(program)
        if running is None or running.pid is None:
            return
        with suppress(OSError):
            os.kill(running.pid, signal.SIGTERM)
        _await_end(running)


def _running(program: Program) -> Address | None:
    try:
        address = _written_address(program)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if _is_ours(address) else None


def _written_address(program: Program) -> Address:
    state = json.loads(program.state.read_text())
    return Address(f"http://127.0.0.1:{int(state['port'])}", _secret(program.folder), int(state["pid"]))


def _is_ours(address: Address) -> bool:
    """Whether our service answers there: its port may by now be another program's, or another user's service's."""
    health = read_health(address.url)
    if health is None or health.status != "ok" or health.protocol_version != PROTOCOL_VERSION:
        return False
    headers = {"authorization": f"Bearer {upload_grant(address.secret, [_NO_TABLE])}"}
    try:
        answer = client(address.url).head(f"{address.url}/v1/tables/{_NO_TABLE}", headers=headers)
    except httpx.HTTPError:
        return False
    return answer.status_code in {httpx.codes.OK, httpx.codes.NOT_FOUND}


def _start(program: Program) -> Address:
    secret = _secret(program.folder)
    program.state.unlink(missing_ok=True)
    remove_stale(program, is_running=lambda other: _running(other) is not None)
    command = [
        str(program.node),
        str(program.main),
        *("--host", "127.0.0.1", "--port", "0", "--port-file", str(program.state)),
        # A page still needs a grant for each file; the user who signs it may read these files anyway.
        *("--data-dir", str(program.tables), "--files", program.main.anchor),
    ]
    if not os.environ.get("MAGPIE_IDLE_EXIT_MS"):
        command += ["--idle-exit-ms", str(DEFAULT_IDLE_EXIT_MS)]
    environment = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    # With the size of its thread pool given, the service need not start itself again to set it.
    # Node.js from 22 on keeps what it compiled there; older ones take no notice.
    defaults = {"UV_THREADPOOL_SIZE": _THREADS, "NODE_COMPILE_CACHE": str(program.folder / "compiled")}
    environment = defaults | environment | {"MAGPIE_SECRET": secret.decode()}
    with program.log.open("wb") as log:
        process = _detached(program, command, environment, log.fileno())
    _started[:] = [child for child in _started if child.poll() is None]
    _started.append(process)
    return _await_start(program, process)


def _detached(program: Program, command: list[str], environment: dict[str, str], log: int) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
            creationflags=flags,
            cwd=program.folder,
        )
    except OSError as error:
        msg = f"{command[0]} could not be started: {error}"
        raise ServiceUnreachableError(msg, remedy="Set MAGPIE_NODE to a Node.js binary that runs here.") from error


def _await_start(program: Program, process: subprocess.Popen[bytes]) -> Address:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        running = _running(program)
        if running is not None:
            return running
        if process.poll() is not None:
            raise _not_started(program, f"ended with {process.returncode}")
        time.sleep(0.02)
    process.kill()
    raise _not_started(program, f"did not answer within {START_SECONDS:.0f} s")


def _not_started(program: Program, what: str) -> ServiceUnreachableError:
    lines = program.log.read_text(errors="replace").strip().splitlines()[-_LOG_LINES:]
    said = f": {' | '.join(lines)}" if lines else ""
    return ServiceUnreachableError(
        f"The runtime service {what} while starting{said}", place=str(program.log), remedy="Read its log."
    )


def _await_end(address: Address) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and read_health(address.url) is not None:
        time.sleep(0.02)


def _secret(folder: Path) -> bytes:
    """The secret of this user on this host; it outlives the service, so that open pages keep their grants."""
    path = folder / "secret"
    with suppress(OSError):
        found = path.read_bytes().strip()
        if found:
            return found
    with filelock.FileLock(folder / "secret.lock", timeout=START_SECONDS):
        if not path.exists() or not path.read_bytes().strip():
            _write_private(path, secrets.token_hex(32))
        return path.read_bytes().strip()


def _write_private(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    temporary.replace(path)
