"""The relay: a route of the server that Streamlit runs, which carries the charts' requests to the runtime service."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import streamlit as st
from magpie_vega import relay_async
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime import Runtime

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

__all__ = ["relay_is_served", "routes"]

_PATH = "/_magpie/v1/query"
_NAME = "magpie-relay"
_CONTENT_TYPE = "application/x-protobuf"
_STREAMLIT = "_stcore/health"

_served: WeakKeyDictionary[Runtime, bool] = WeakKeyDictionary()


async def _query(request: Request) -> Response:
    # A page of another site cannot send this content type unless the app permits it first.
    if request.headers.get("content-type", "").partition(";")[0] != _CONTENT_TYPE:
        return Response(status_code=415)
    answer = await relay_async("/v1/query", await request.body(), dict(request.headers))
    return Response(answer.body, answer.status, media_type=answer.content_type)


def routes() -> list[BaseRoute]:
    """Give the routes that charts need, for ``st.App("app.py", routes=streamlit_magpie.routes())``.

    An app that runs by ``streamlit run app.py`` needs them not: the first chart adds them to the running server.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    paths = [_PATH, f"/{base}{_PATH}"] if base else [_PATH]
    return [Route(path, _query, methods=["POST"], name=_NAME) for path in paths]


def relay_is_served() -> bool:
    """Make sure that the server of this script has the relay. False when no server can be found."""
    if not Runtime.exists():
        return False
    runtime = Runtime.instance()
    if runtime not in _served:
        _served[runtime] = _add_to_server()
    return _served[runtime]


def _add_to_server() -> bool:
    # Streamlit keeps its server to itself, so it is looked for, once per process. Its routes are a plain list.
    servers = [app for app in gc.get_objects() if isinstance(app, Starlette) and _is_streamlit(app)]
    for app in servers:
        if not any(getattr(route, "name", None) == _NAME for route in app.router.routes):
            app.router.routes[:0] = routes()
    return bool(servers)


def _is_streamlit(app: Starlette) -> bool:
    return any(str(getattr(route, "path", "")).endswith(_STREAMLIT) for route in app.router.routes)
