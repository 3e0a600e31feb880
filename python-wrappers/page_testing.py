"""Test helpers of the three framework packages: a real server of the framework, and a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
READY = "[data-magpie-phase=ready] canvas"
QUERY = "/_magpie/v1/query"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(command: Sequence[str], url: str, folder: Path, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server, with a runtime service of its own in `folder`, until it is left; wait until `url` answers."""
    own = {"MAGPIE_RUNTIME_DIR": str(folder / "runtime"), "MAGPIE_IDLE_EXIT_MS": "5000", "PYTHONUNBUFFERED": "1"}
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(  # noqa: S603 - the tests' own command
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **own, **(env or {})},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait(url, server, log)
        yield
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - the tests' own server
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    message = f"{url} does not answer: {log.read_text()[-4000:]}"
    raise AssertionError(message)


@contextmanager
def browser_page() -> Iterator[Page]:
    """Open a page in Chromium; an error that a script of the page does not catch fails the test."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        program = os.environ.get("MAGPIE_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(60_000)
        yield page
        browser.close()
    assert errors == []  # noqa: S101


def brush_first_histogram(page: Page) -> bool:
    """Drag over the first third of the chart. True when the last third has another picture afterwards."""
    canvas = page.locator(READY).first
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None  # noqa: S101
    last = {"x": box["x"] + box["width"] * 2 / 3, "y": box["y"], "width": box["width"] / 3, "height": box["height"]}
    before = page.screenshot(clip=last)
    with page.expect_response(lambda response: response.url.endswith(QUERY) and response.ok):
        page.mouse.move(box["x"] + 100, box["y"] + 80)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 90, steps=8)
        page.mouse.up()
    for _ in range(100):
        if page.screenshot(clip=last) != before:
            return True
        page.wait_for_timeout(100)
    return False
