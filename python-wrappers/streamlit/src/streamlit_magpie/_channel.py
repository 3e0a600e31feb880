"""The requests of a page that come by way of the script, where its server has no route for them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import streamlit as st
from magpie_vega import relay

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["latest_answer", "responder"]

_CONTENT_TYPE = "application/x-protobuf"


def _slot(key: str) -> str:
    return f"_magpie_answer_{key}"


def responder(key: str) -> Callable[[], None]:
    """Make the callback that answers the request which the chart ``key`` has just sent, before the script runs."""

    def respond() -> None:
        request: dict[str, Any] | None = st.session_state[key].get("request")
        if request is None:
            return
        answer = relay(str(request["path"]), b64decode(request["body"]), {"content-type": _CONTENT_TYPE})
        reply: dict[str, Any] = {"id": request["id"]}
        if answer.content_type == _CONTENT_TYPE:
            reply["body"] = b64encode(answer.body).decode("ascii")
        else:
            reply["error"] = f"The app could not reach the runtime service ({answer.status})"
        st.session_state[_slot(key)] = reply

    return respond


def latest_answer(key: str) -> dict[str, Any] | None:
    """Give the answer to the latest request of the chart ``key``; the page ignores one that it has had."""
    answer: dict[str, Any] | None = st.session_state.get(_slot(key))
    return answer
