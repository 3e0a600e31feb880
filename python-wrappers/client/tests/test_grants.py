"""Protects: a grant has the form that the service reads, names only what it is for, and stays the same across reruns."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from magpie_vega._grants import LIFETIME_SECONDS, grant, granted_tables, upload_grant

SECRET = b"a secret that both sides know"
TABLE = "ab" * 32


def opened(token: str) -> dict[str, Any]:
    body, _, mac = token.partition(".")
    expected = hmac.new(SECRET, body.encode(), hashlib.sha256).digest()
    assert mac == base64.urlsafe_b64encode(expected).rstrip(b"=").decode()
    payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return payload


def test_a_grant_names_what_may_be_read() -> None:
    payload = opened(grant(SECRET, tables=[TABLE], urls=["https://example.com/ä.csv"], files=["/data/a.csv"], now=0))
    assert payload == {
        "v": 1,
        "exp": LIFETIME_SECONDS * 3 // 2,
        "tables": [TABLE],
        "urls": ["https://example.com/ä.csv"],
        "files": ["/data/a.csv"],
    }


def test_only_an_upload_grant_may_write() -> None:
    assert "write" not in opened(grant(SECRET, tables=[TABLE]))
    assert opened(upload_grant(SECRET, [TABLE]))["write"] == [TABLE]


def test_a_rerun_gives_the_same_token_and_a_later_one_lasts_long_enough() -> None:
    tokens = {grant(SECRET, tables=[TABLE, "00" * 32], now=now) for now in (10.0, 86_400.0)}
    assert tokens == {grant(SECRET, tables=["00" * 32, TABLE, TABLE], now=5.0)}
    for now in range(0, 4 * LIFETIME_SECONDS, 86_400):
        left = opened(grant(SECRET, now=now))["exp"] - now
        assert LIFETIME_SECONDS <= left <= LIFETIME_SECONDS * 3 // 2


def test_a_token_tells_its_tables_and_anything_else_tells_none() -> None:
    assert granted_tables(grant(SECRET, tables=[TABLE])) == [TABLE]
    assert granted_tables(grant(SECRET)) == []
    for text in ("", "x", "a.b", "bnVsbA.x", "é.é"):
        assert granted_tables(text) == []
