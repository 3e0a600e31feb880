"""Protects: the public names, one version in every package, and importing without side effects."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import magpie_vega
from magpie_vega import MagpieError, UnsupportedColumnError, _errors

REPOSITORY = Path(__file__).resolve().parents[3]


def test_everything_that_is_public_is_listed() -> None:
    found = {
        name
        for name, value in vars(magpie_vega).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("magpie_vega")
    }
    constants = {"DEFAULT_INLINE_LIMIT_BYTES", "PROTOCOL_VERSION", "__version__", "Selection"}
    assert set(magpie_vega.__all__) - constants == found - constants


def test_the_version_has_one_source() -> None:
    root = json.loads((REPOSITORY / "package.json").read_text())["version"]
    assert (REPOSITORY / "python-wrappers" / "VERSION").read_text().strip() == root == magpie_vega.__version__


def test_the_protocol_version_is_the_services() -> None:
    source = (REPOSITORY / "packages" / "protocol" / "src" / "version.ts").read_text()
    assert re.search(r"PROTOCOL_VERSION = (\d+)", source)[1] == str(magpie_vega.PROTOCOL_VERSION)  # type: ignore[index]


def test_the_error_codes_are_the_protocols() -> None:
    source = (REPOSITORY / "packages" / "protocol" / "src" / "errors.ts").read_text()
    known = set(re.findall(r"\| '([a-z-]+)'", source))
    assert known
    assert {vars(_errors)[name].code for name in _errors.__all__} <= known


def test_the_tree_of_errors_is_drawn() -> None:
    assert all(name in (_errors.__doc__ or "") for name in _errors.__all__)


def test_an_error_tells_place_cause_and_remedy_also_in_another_process() -> None:
    error = UnsupportedColumnError("c", "list<int8>", remedy="Take its parts.")
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert isinstance(copied, UnsupportedColumnError)
    assert str(copied) == str(error)
    assert (copied.column, copied.place, copied.remedy) == ("c", "column 'c'", "Take its parts.")
    assert isinstance(copied, MagpieError)


@pytest.mark.parametrize("module", ["altair", "pandas", "polars", "duckdb"])
def test_importing_loads_no_frame_library_and_starts_nothing(module: str) -> None:
    code = f"import sys, subprocess; subprocess.Popen = None; import magpie_vega; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
