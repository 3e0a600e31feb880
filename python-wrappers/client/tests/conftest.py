"""A runtime folder for the tests, and the real service in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from magpie_vega import Service
from magpie_vega._http import client

Metrics = Callable[[str], float]


@pytest.fixture(scope="session", autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing of the tests meets the user's own service."""
    folder = tmp_path_factory.mktemp("runtime")
    before = {name: os.environ.pop(name, None) for name in ("MAGPIE_URL", "MAGPIE_SECRET", "MAGPIE_RUNTIME_DIR")}
    os.environ["MAGPIE_RUNTIME_DIR"] = str(folder)
    # Whatever a failing test leaves behind ends by itself.
    os.environ["MAGPIE_IDLE_EXIT_MS"] = "60000"
    yield folder
    os.environ.pop("MAGPIE_RUNTIME_DIR")
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture(scope="session")
def service(runtime_folder: Path) -> Iterator[Service]:
    """The bundled service, started as a user's first chart starts it."""
    local = Service.local()
    yield local
    local.stop()


@pytest.fixture
def uploads(service: Service) -> Metrics:
    """Uploads counted by the service since the test began, by outcome."""
    start = _counts(service)
    return lambda outcome: _counts(service).get(outcome, 0) - start.get(outcome, 0)


def _counts(service: Service) -> dict[str, float]:
    url = service.address().url
    lines = client(url).get(f"{url}/metrics").raise_for_status().text.splitlines()
    found: dict[str, float] = {}
    for line in lines:
        name, _, value = line.rpartition(" ")
        if name.startswith("magpie_") and "upload" in name and 'outcome="' in name:
            outcome = name.partition('outcome="')[2].partition('"')[0]
            found[outcome] = found.get(outcome, 0) + float(value)
    return found
