"""The relay: a handler of the Bokeh server that carries the charts' requests to the runtime service."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from bokeh.server.tornado import BokehTornado
from bokeh.server.views.auth_request_handler import AuthRequestHandler
from magpie_vega import relay_async

if TYPE_CHECKING:
    from bokeh.document import Document

__all__ = ["served_by_relay"]

# Beside every page of the app, whatever prefix the server has and a proxy adds.
_PATTERN = r"(?:/.*)?/_magpie/v1/query"
_CONTENT_TYPE = "application/x-protobuf"


class _Query(AuthRequestHandler):
    """Answers one request of a page, to whom the app would show its pages."""

    def check_xsrf_cookie(self) -> None:
        """Nothing: a page of another site cannot send this content type unless the app permits it first."""

    async def prepare(self) -> None:
        await super().prepare()
        provider = getattr(self.application, "auth_provider", None)
        if provider is not None and (provider.get_user or provider.get_user_async) and self.current_user is None:
            self.set_status(401)
            self.finish()
        elif self.request.headers.get("Content-Type", "").partition(";")[0] != _CONTENT_TYPE:
            self.set_status(415)
            self.finish()

    async def post(self) -> None:
        answer = await relay_async("/v1/query", self.request.body, dict(self.request.headers))
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.content_type)
        self.finish(answer.body)


def _application(doc: Document) -> BokehTornado | None:
    """Find the Tornado application that holds the document's session; none in a notebook or another kind of server."""
    context = doc.session_context
    server_context = getattr(context, "server_context", None)
    if server_context is None:
        return None
    held = server_context.application_context
    # A session does not know its server: the servers of the process are few, and this runs once for each session.
    servers = (item for item in gc.get_objects() if isinstance(item, BokehTornado))
    return next((app for app in servers if held in app.applications.values()), None)


def served_by_relay(doc: Document | None) -> bool:
    """Give the server of this document the relay, once. False when there is no server of Bokeh's own."""
    app = None if doc is None else _application(doc)
    if app is None:
        return False
    settings: dict[str, Any] = app.settings
    if "magpie_relay" not in settings:
        app.add_handlers(r".*", [(_PATTERN, _Query)])
        settings["magpie_relay"] = _PATTERN
    return True
