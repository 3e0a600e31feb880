"""Protects: what a user installs, a wheel in a clean environment, starts the service with the Node.js that comes with it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CLIENT = Path(__file__).resolve().parents[1]

SHOW_A_CHART = """
import magpie_vega, pyarrow
from queries import count_query, counted
assert "_runtime" in str(magpie_vega._bundle.find_service_program()), magpie_vega._bundle.find_service_program()
chart = {"data": pyarrow.table({"a": [1, 2, 3]}), "mark": "bar", "encoding": {"x": {"field": "a"}}}
payload = magpie_vega.prepare(chart)
answer = magpie_vega.relay("/v1/query", count_query(payload.spec["data"]["url"], list(payload.grants)), {})
assert counted(answer.body) == 3, answer
magpie_vega.Service.local().stop()
print("drawn")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CLIENT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.mark.slow
def test_the_wheel_holds_the_service_for_one_platform(wheel: Path) -> None:
    assert re.fullmatch(r"magpie_vega-[\d.]+-py3-none-(?!any).+\.whl", wheel.name)
    names = zipfile.ZipFile(wheel).namelist()
    runtime = "magpie_vega/_runtime"
    programs = {
        f"{runtime}/{name}.{kind}" for name in ("main", "vega-process", "build-process") for kind in ("mjs", "cjs")
    }
    assert {*programs, "magpie_vega/py.typed"} <= set(names)
    assert not any(name.endswith(".compiled") for name in names)
    assert any(re.search(r"node_modules/@duckdb/node-bindings-[^/]+/duckdb\.node$", name) for name in names)
    assert not any(name.startswith(("tests/", "build/")) for name in names)


@pytest.mark.slow
def test_a_clean_environment_draws_a_chart(wheel: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    venv.create(clean, with_pip=True)
    python = clean / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True)
    # The dependencies, which another test holds against the imports, without fetching them again. Installations that point
    # to this checkout do not come along, since their .pth files are not read here.
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(site.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    environment = {name: value for name, value in os.environ.items() if name not in {"MAGPIE_NODE", "MAGPIE_RUNTIME"}}
    environment |= {"MAGPIE_RUNTIME_DIR": str(tmp_path / "runtime"), "PYTHONPATH": str(CLIENT / "tests"), "PATH": ""}
    shown = subprocess.run(
        [str(python), "-c", SHOW_A_CHART], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert shown.stdout.strip() == "drawn", shown.stderr


def test_everything_that_is_imported_is_a_declared_dependency() -> None:
    declared = {re.split(r"[<>=! ]", text)[0].lower() for text in importlib.metadata.requires("magpie-vega") or []}
    distributions = importlib.metadata.packages_distributions()
    optional = {"pandas", "duckdb"}  # imported only with a frame of theirs in hand
    imported = {
        line.split()[1].partition(".")[0]
        for file in (CLIENT / "src").rglob("*.py")
        for line in file.read_text().splitlines()
        if re.match(r"\s*(import|from) [a-z_]", line)
    } - set(sys.stdlib_module_names)
    needed = {name.lower() for module in imported - optional for name in distributions.get(module, [module])}
    assert needed <= declared
