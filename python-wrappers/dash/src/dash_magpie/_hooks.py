"""The relay: a route of the Dash app that carries the charts' requests to the runtime service.

Dash finds this module by the entry point ``dash_hooks`` of the package, for every app of the process.
"""

from typing import Any

from dash import hooks
from magpie_vega import relay

try:
    from starlette.requests import Request
except ImportError:  # A Dash without its FastAPI backend.
    Request = object  # type: ignore[assignment, misc]

__all__ = ["ROUTE", "query"]

#: Below the app's own base path, for every backend.
ROUTE = "_magpie/v1/query"


_CONTENT_TYPE = "application/x-protobuf"


def _is_foreign(content_type: str | None) -> bool:
    """Tell a request that a page of another site could send: this content type needs the app's permission."""
    return (content_type or "").partition(";")[0] != _CONTENT_TYPE


def _fastapi(request: Any) -> Any:
    from anyio import from_thread  # noqa: PLC0415 - present exactly where FastAPI is
    from starlette.responses import Response  # noqa: PLC0415

    if _is_foreign(request.headers.get("content-type")):
        return Response(status_code=415)
    answer = relay("/v1/query", from_thread.run(request.body), dict(request.headers))
    return Response(answer.body, answer.status, media_type=answer.content_type)


def _flask() -> Any:
    from flask import Response, request  # noqa: PLC0415

    if _is_foreign(request.content_type):
        return Response(status=415)
    answer = relay("/v1/query", request.get_data(), dict(request.headers))
    return Response(answer.body, answer.status, content_type=answer.content_type)


# One function for both backends, since a hook does not know its app: FastAPI gives what the annotation asks for, and
# runs a plain function in a worker thread; Flask gives nothing, and has the request at hand.
@hooks.route(ROUTE, methods=["POST"])  # type: ignore[untyped-decorator, unused-ignore]
def query(request: Request = None) -> Any:  # type: ignore[assignment]
    """Answer one request of a page."""
    return _flask() if request is None else _fastapi(request)
