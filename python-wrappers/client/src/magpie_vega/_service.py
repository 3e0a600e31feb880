"""The runtime service that this process talks to."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import httpx

from ._address import Address
from ._errors import ConfigurationError, ServiceError, ServiceUnreachableError
from ._grants import grant, granted_tables, upload_grant
from ._health import check_version, read_health
from ._http import client, is_loopback
from ._inspect import ColumnUse, inspect_spec
from ._local_service import ensure_local_service, stop_local_service
from ._refusals import refusal
from ._spool import StoredTable, discard, find_stored

__all__ = ["Service"]

_CHUNK = 1 << 20


class Service:
    """The runtime service: where it is, and the secret that signs grants for it.

    Get one from :meth:`from_environment`, :meth:`local` or :meth:`external`. Making one does not start or ask anything;
    the first use does. Safe to share between threads and across forks.
    """

    def __init__(self, find: Callable[[], Address], *, is_local: bool) -> None:
        self._find = find
        self._address: Address | None = None
        self._lock = threading.Lock()
        #: Whether this package starts the service, and starts it again when it dies.
        self.is_local = is_local

    @classmethod
    def from_environment(cls) -> Service:
        """The service at ``MAGPIE_URL`` with ``MAGPIE_SECRET``, else the bundled one of this host and user."""
        url, secret = os.environ.get("MAGPIE_URL", ""), os.environ.get("MAGPIE_SECRET", "")
        if not url:
            return cls.local()
        if not secret:
            raise ConfigurationError(
                "MAGPIE_URL names a service, but the secret that it shares with this app is not set",
                place="MAGPIE_SECRET",
                remedy="Set MAGPIE_SECRET to the secret that the service was started with.",
            )
        return cls.external(url, secret)

    @classmethod
    def local(cls) -> Service:
        """The bundled service: started on first use, once per host and user, and shared by all processes."""
        return _local()

    @classmethod
    def external(cls, url: str, secret: str | bytes) -> Service:
        """A service that somebody else runs at ``url``, started with the same ``secret``."""
        if not re.match(r"https?://[^/]", url):
            raise ConfigurationError(
                f"{url!r} is not the address of a service", place="MAGPIE_URL", remedy="Set it to http://host:port."
            )
        return _external(url.rstrip("/"), secret if isinstance(secret, bytes) else secret.encode())

    def address(self) -> Address:
        """Where the service is; starts the local one when this process has not found it yet."""
        with self._lock:
            if self._address is None:
                self._address = self._find()
            return self._address

    @property
    def known_address(self) -> Address | None:
        """Where this process last found the service; never blocks."""
        return self._address

    def recover(self, failed: Address) -> Address:
        """Where the service is after ``failed`` did not answer; starts the local one again when it is dead."""
        with self._lock:
            if self._address is None or self._address == failed:
                self._address = None
                self._address = self._find()
            return self._address

    def stop(self) -> None:
        """End the local service; the next use starts it again. An external one is left alone."""
        with self._lock:
            if self.is_local:
                stop_local_service(self._address)
            self._address = None

    def grant(self, *, tables: Iterable[str] = (), urls: Iterable[str] = (), files: Iterable[str] = ()) -> str:
        """A token with which a page may read these tables (SHA-256), URLs and files (absolute paths)."""
        return grant(self.address().secret, tables=tables, urls=urls, files=files)

    def inspect(self, spec: str) -> dict[str, ColumnUse]:
        """Which columns of which table URLs a specification (JSON text) reads; raises :class:`ServiceError`."""
        return inspect_spec(spec, self._send)

    def has_table(self, sha256: str) -> bool:
        """Whether the service holds the table."""
        answer = self._send("HEAD", f"/v1/tables/{sha256}", headers=self._upload_headers(sha256))
        if answer.status_code == httpx.codes.NOT_FOUND:
            return False
        _accepted(answer)
        return True

    def upload(self, table: StoredTable, *, checked: bool = False) -> None:
        """Bring the table to the service, unless it is there already; raises :class:`ServiceError`.

        ``checked``: do not return before the service has looked at all of its bytes. Else one that takes the file
        itself does so while this process goes on, and who asks for the table waits for that.
        """
        # A service that has the table already says so before it looks at the file.
        if (is_loopback(self.address().url) and self._adopted(table, checked=checked)) or self.has_table(table.sha256):
            return
        size = table.path.stat().st_size
        headers = self._upload_headers(table.sha256) | {
            "content-type": "application/vnd.apache.arrow.stream",
            "content-length": str(size),
        }
        answer = self._send("PUT", f"/v1/tables/{table.sha256}", headers=headers, file=table.path)
        if not answer.is_success:
            error = refusal(answer)
            if error.code == "table-invalid":
                discard(table)
            raise error

    def _adopted(self, table: StoredTable, *, checked: bool) -> bool:
        """Whether the service, on this host, took the file as it is, without a copy; it cannot from another disk."""
        headers = self._upload_headers(table.sha256) | {"magpie-file": quote(str(table.path)), "content-length": "0"}
        if not checked:
            headers["prefer"] = "respond-async"
        return self._send("PUT", f"/v1/tables/{table.sha256}", headers=headers).is_success

    def restore_tables(self, grants: Iterable[str]) -> bool:
        """Upload again what these grants name and the service has lost; whether anything was brought back."""
        restored = False
        for sha256 in sorted({table for token in grants for table in granted_tables(token)}):
            stored = find_stored(sha256)
            if stored is not None and not self.has_table(sha256):
                self.upload(stored, checked=True)
                restored = True
        return restored

    def _upload_headers(self, sha256: str) -> dict[str, str]:
        return {"authorization": f"Bearer {upload_grant(self.address().secret, [sha256])}"}

    def _send(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        file: Path | None = None,
    ) -> httpx.Response:
        """One request, sent a second time when the service turns out to be dead and is found again."""
        address = self.address()
        for last in (False, True):
            try:
                return _request(address, method, path, headers, body, file)
            except httpx.RequestError as error:
                if last or isinstance(error, httpx.ReadTimeout):
                    raise unreachable(address, error) from error
                address = self.recover(address)
        raise AssertionError

    def __repr__(self) -> str:
        where = "local" if self.is_local else self.address().url
        return f"Service({where})"


def unreachable(address: Address, error: Exception) -> ServiceError:
    """What to say of a service that does not answer."""
    if isinstance(error, httpx.ReadTimeout):
        return ServiceError(
            f"The runtime service at {address.url} did not finish in time",
            code="timeout",
            place=address.url,
            remedy="Aggregate or filter the data earlier.",
        )
    reason = str(error) or type(error).__name__
    remedy = "It is started again with the next request." if is_loopback(address.url) else "Check MAGPIE_URL."
    return ServiceUnreachableError(
        f"The runtime service at {address.url} does not answer: {reason}", place=address.url, remedy=remedy
    )


def _request(
    address: Address, method: str, path: str, headers: dict[str, str] | None, body: bytes | None, file: Path | None
) -> httpx.Response:
    content = body if file is None else _chunks(file)
    return client(address.url).request(method, address.url + path, headers=headers, content=content)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _accepted(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise refusal(answer)


@cache
def _local() -> Service:
    return Service(ensure_local_service, is_local=True)


@cache
def _external(url: str, secret: bytes) -> Service:
    def find() -> Address:
        address = Address(url, secret)
        health = read_health(url)
        if health is None:
            raise ServiceUnreachableError(
                f"No runtime service answers at {url}", place="MAGPIE_URL", remedy="Start it, or correct the address."
            )
        check_version(url, health)
        return address

    return Service(find, is_local=False)
