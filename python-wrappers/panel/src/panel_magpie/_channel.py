"""The requests of a page that come as messages over Panel's own connection."""

from __future__ import annotations

from typing import Any

from magpie_vega import relay_async

__all__ = ["answer"]

_CONTENT_TYPE = "application/x-protobuf"


async def answer(message: dict[str, Any]) -> dict[str, Any]:
    """Answer one request: the bytes, or why there are none."""
    reply = await relay_async(str(message["path"]), bytes(message["body"]), {"content-type": _CONTENT_TYPE})
    if reply.content_type != _CONTENT_TYPE:
        return {"id": message["id"], "error": f"The app could not reach the runtime service ({reply.status})"}
    return {"id": message["id"], "body": reply.body}
