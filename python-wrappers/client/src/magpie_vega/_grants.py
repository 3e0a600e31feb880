"""Grants: what a page may read, signed with the secret that this process shares with the service.

A token is ``body + "." + base64url(HMAC-SHA256(secret, body))`` where ``body`` is the payload in base64url, both
without padding. The payload is compact JSON with sorted keys: ``v`` (1), ``exp`` (seconds since the epoch), and, where
there is something to say, ``tables`` (SHA-256s), ``urls``, ``files`` (absolute paths) and ``write`` (SHA-256s of tables
that may be uploaded). ``runtime-server/src/grants.ts`` reads the same form.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["LIFETIME_SECONDS", "grant", "granted_tables", "upload_grant"]

_DAY = 24 * 60 * 60

#: How long a page can keep asking: at least this long, and at most half as long again.
LIFETIME_SECONDS = 30 * _DAY


def grant(
    secret: bytes,
    *,
    tables: Iterable[str] = (),
    urls: Iterable[str] = (),
    files: Iterable[str] = (),
    now: float | None = None,
) -> str:
    """A token to read these; the same arguments give the same token for days, in every process."""
    # Expiry moves in steps, so that a rerun does not give the page another token each time.
    step = LIFETIME_SECONDS // 2
    expires = (int(time.time() if now is None else now) // step + 3) * step
    return _signed(secret, _payload(expires, tables=tables, urls=urls, files=files))


def upload_grant(secret: bytes, tables: Iterable[str]) -> str:
    """A token to upload these tables and to see whether they are there; valid for a day."""
    return _signed(secret, _payload(int(time.time()) + _DAY, tables=tables, write=tables))


def granted_tables(token: str) -> list[str]:
    """The tables that a token names, whether or not its signature holds; empty when it is no token."""
    try:
        body = token.partition(".")[0]
        payload = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return [str(table) for table in payload.get("tables", [])]
    except (ValueError, AttributeError, TypeError):
        return []


def _payload(expires: int, **lists: Iterable[str]) -> dict[str, Any]:
    named = {name: sorted(set(values)) for name, values in lists.items()}
    return {"v": 1, "exp": expires} | {name: values for name, values in named.items() if values}


def _signed(secret: bytes, payload: Mapping[str, Any]) -> str:
    body = _base64(json.dumps(payload, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())
    return f"{body}.{_base64(hmac.digest(secret, body.encode(), hashlib.sha256))}"


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
