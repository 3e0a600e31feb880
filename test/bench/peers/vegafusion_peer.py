"""VegaFusion, asked by JSON lines; it is timed here, without the pipe."""

from __future__ import annotations

import datetime
import json
import math
import sys
import time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import vegafusion as vf

TABLES: dict[str, pa.Table] = {}
STATES: dict[int, Any] = {}


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=value.tzinfo or datetime.UTC).timestamp() * 1000
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC).timestamp() * 1000
    return value


def rows(table: Any) -> Any:
    return plain(pa.table(table).to_pylist())


def load(message: dict[str, Any]) -> dict[str, Any]:
    TABLES[message["name"]] = pq.read_table(message["parquet"])
    return {"rows": TABLES[message["name"]].num_rows}


def datasets(message: dict[str, Any]) -> dict[str, Any]:
    vf.runtime.clear_cache()
    start = time.perf_counter()
    tables, warnings = vf.runtime.pre_transform_datasets(
        message["spec"], message["datasets"], local_tz="UTC", inline_datasets=TABLES, dataset_format="pyarrow"
    )
    taken = time.perf_counter() - start
    return {"ms": taken * 1000, "rows": [rows(table) for table in tables], "warnings": plain(warnings)}


def transformed(message: dict[str, Any]) -> dict[str, Any]:
    vf.runtime.clear_cache()
    start = time.perf_counter()
    spec, warnings = vf.runtime.pre_transform_spec(
        message["spec"], local_tz="UTC", inline_datasets=TABLES, preserve_interactivity=True
    )
    taken = time.perf_counter() - start
    return {"ms": taken * 1000, "spec": json.dumps(spec, separators=(",", ":"), ensure_ascii=False), "warnings": plain(warnings)}


def open_state(message: dict[str, Any]) -> dict[str, Any]:
    vf.runtime.clear_cache()
    start = time.perf_counter()
    state = vf.runtime.new_chart_state(message["spec"], local_tz="UTC", inline_datasets=TABLES)
    STATES[message["id"]] = state
    return {"ms": (time.perf_counter() - start) * 1000, "plan": plain(state.get_comm_plan())}


def update(message: dict[str, Any]) -> dict[str, Any]:
    state = STATES[message["id"]]
    start = time.perf_counter()
    updates = state.update(message["updates"])
    return {"ms": (time.perf_counter() - start) * 1000, "updates": plain(updates)}


COMMANDS = {"load": load, "datasets": datasets, "transformed": transformed, "open": open_state, "update": update}

print(json.dumps({"version": vf.__version__}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = COMMANDS[asked["command"]](asked)
    except BaseException as error:
        answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
    print(json.dumps(answer, allow_nan=False), flush=True)
