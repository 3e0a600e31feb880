"""HTTP connections to the service, kept open and shared by the threads of a process."""

from __future__ import annotations

import asyncio
import os
import threading
import weakref

import httpx

__all__ = ["TIMEOUT", "async_client", "client", "is_loopback"]

#: A query may take long; a service that does not accept connections is dead.
TIMEOUT = httpx.Timeout(300.0, connect=5.0)
_LIMITS = httpx.Limits(max_connections=256, max_keepalive_connections=32, keepalive_expiry=4.0)

_lock = threading.Lock()
_clients: dict[tuple[int, bool], httpx.Client] = {}
_async_clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, httpx.AsyncClient]] = (
    weakref.WeakKeyDictionary()
)


def client(url: str) -> httpx.Client:
    """The client of this process; a forked process gets its own, since sockets must not be shared."""
    key = (os.getpid(), is_loopback(url))
    with _lock:
        if key not in _clients:
            _clients[key] = httpx.Client(timeout=TIMEOUT, limits=_LIMITS, trust_env=not key[1])
        return _clients[key]


def async_client(url: str) -> httpx.AsyncClient:
    """The client of the running event loop."""
    local = is_loopback(url)
    with _lock:
        clients = _async_clients.setdefault(asyncio.get_running_loop(), {})
        if local not in clients:
            clients[local] = httpx.AsyncClient(timeout=TIMEOUT, limits=_LIMITS, trust_env=not local)
        return clients[local]


def is_loopback(url: str) -> bool:
    """Whether a URL points to this host, past any proxy of the environment."""
    return httpx.URL(url).host in {"127.0.0.1", "localhost", "::1"}


def _after_fork() -> None:
    # Another thread of the parent may have held it.
    global _lock  # noqa: PLW0603
    _lock = threading.Lock()
    _clients.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
