"""Test helpers of the three framework packages: a real server of the framework, and a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Locator, Page

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


#: Far more than anything here takes, also on a machine that does much else; nothing waits so long when all is well.
SECONDS = 180

_reserved: list[socket.socket] = []


def free_port() -> int:
    """A port of the loopback, kept free for a server of this process's tests."""
    probe = socket.socket()
    if sys.platform == "linux":
        # Bound, but not listened to, it is nobody else's, and a server that may reuse addresses still gets it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _reserved.append(probe)
    probe.bind(("127.0.0.1", 0))
    port: int = probe.getsockname()[1]
    if sys.platform != "linux":
        probe.close()
    return port


def until(what: str, probe: Callable[[], bool]) -> None:
    """Wait until `probe` is true; say what was waited for when it does not become so."""
    deadline = time.monotonic() + SECONDS
    while not probe():
        assert time.monotonic() < deadline, f"{what}: not within {SECONDS} s"
        time.sleep(0.1)


@contextmanager
def served(command: Sequence[str], url: str, folder: Path, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server, with a runtime service of its own in `folder`, until it is left; wait until `url` answers."""
    # Whatever a killed run leaves behind ends by itself.
    own = {"MAGPIE_RUNTIME_DIR": str(folder / "runtime"), "MAGPIE_IDLE_EXIT_MS": "300000", "PYTHONUNBUFFERED": "1"}
    environment = {**os.environ, **own, **(env or {})}
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait(url, server, log)
        yield
    finally:
        _end(server)
        subprocess.run([sys.executable, "-m", "magpie_vega", "stop"], env=environment, check=False)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    def answers() -> bool:
        assert server.poll() is None, f"{url} ended: {log.read_text(errors='replace')[-4000:]}"
        try:
            urllib.request.urlopen(url, timeout=30).close()
        except OSError:
            return False
        return True

    until(f"an answer of {url}, whose log is {log}", answers)


def _end(server: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, kind)
        with suppress(subprocess.TimeoutExpired):
            server.wait(30)
            return


@contextmanager
def browser_page() -> Iterator[Page]:
    """Open a page in Chromium; an error that a script of the page does not catch fails the test."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        program = os.environ.get("MAGPIE_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS, timeout=SECONDS * 1000)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(SECONDS * 1000)
        yield page
        browser.close()
    assert errors == []


def drag(page: Page, chart: Locator, start: tuple[float, float], end: tuple[float, float], steps: int = 1) -> None:
    """Drag over a chart once it stands still. A brush has one value per step, and so makes at least one report."""
    chart.hover(position={"x": start[0], "y": start[1]})
    box = chart.bounding_box()
    assert box is not None
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=steps)
    page.mouse.up()


def picture(chart: Locator) -> str:
    """The pixels of a chart, read at once: a canvas may be replaced at any time while a chart changes."""
    pixels: str = chart.evaluate("canvas => canvas.toDataURL()")
    return pixels


def last_third(chart: Locator) -> str:
    """The pixels of the right third of a chart, read at once."""
    pixels: str = chart.evaluate(
        """canvas => {
            const part = document.createElement('canvas')
            part.width = canvas.width / 3
            part.height = canvas.height
            part.getContext('2d').drawImage(canvas, (-canvas.width * 2) / 3, 0)
            return part.toDataURL()
        }"""
    )
    return pixels


def mark_types(chart: Locator) -> list[str]:
    """The types of the marks that a chart's View draws."""
    types: list[str] = chart.evaluate(
        """canvas => {
            let holder = canvas
            while (holder.vegaView === undefined) holder = holder.parentElement
            const typesIn = (group) => group.items.flatMap((mark) => [mark.marktype, ...mark.items.flatMap(inner)])
            const inner = (item) => (item.items === undefined ? [] : typesIn(item))
            return inner(holder.vegaView.scenegraph().root.items[0])
        }"""
    )
    return types


def brush_first_histogram(page: Page) -> None:
    """Drag over the first third of the chart, and wait until the last third has another picture."""
    chart = page.locator(READY).first
    before = last_third(chart)
    with page.expect_response(lambda response: response.url.endswith(QUERY) and response.ok):
        drag(page, chart, (100, 80), (200, 90), steps=8)
    until("the last view follows the brush", lambda: last_third(chart) != before)
