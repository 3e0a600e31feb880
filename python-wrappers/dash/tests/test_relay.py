"""The route that the package adds to every Dash app."""

import pytest
from dash import Dash, html

TYPE = "application/x-protobuf"


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGPIE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("MAGPIE_SECRET", "0" * 64)


def test_flask_answers_below_the_base_path() -> None:
    app = Dash(__name__, url_base_pathname="/base/")
    app.layout = html.Div()
    answer = app.server.test_client().post("/base/_magpie/v1/query", data=b"\xff", content_type=TYPE)
    assert answer.content_type == TYPE
    assert answer.status_code == 502


def test_fastapi_answers_below_the_base_path() -> None:
    testclient = pytest.importorskip("starlette.testclient")
    app = Dash(__name__, backend="fastapi", url_base_pathname="/base/")
    app.layout = html.Div()
    answer = testclient.TestClient(app.server).post(
        "/base/_magpie/v1/query", content=b"\xff", headers={"content-type": TYPE}
    )
    assert answer.headers["content-type"] == TYPE
    assert answer.status_code == 502


def test_what_a_page_of_another_site_can_send_is_refused() -> None:
    app = Dash(__name__)
    app.layout = html.Div()
    answer = app.server.test_client().post("/_magpie/v1/query", data=b"", content_type="text/plain")
    assert answer.status_code == 415
