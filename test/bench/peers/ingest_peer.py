"""Frames of three libraries through our Python client, beside a raw write of the same bytes; and a first question."""

from __future__ import annotations

import json
import pathlib
import sys
import time

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from magpie_vega import PROTOCOL_VERSION, prepare, relay
from magpie_vega._gen import magpie_pb2 as wire

parquet, folder = sys.argv[1:3]
FRAMES = {
    "pyarrow": lambda: pq.read_table(parquet),
    "polars": lambda: pl.read_parquet(parquet),
    "pandas": lambda: pd.read_parquet(parquet),
}
COLUMNS = ("delay", "distance", "time", "airline", "origin")


def chart(frame: object, *names: str) -> dict[str, object]:
    """A chart that reads these columns."""
    tooltip = [{"field": name, "type": "nominal"} for name in names]
    return {"data": frame, "mark": "point", "encoding": {"tooltip": tooltip}}


def counted(payload: object) -> float:
    """Rows of the table, counted by airline by the service."""
    source = wire.Task(source=wire.Source(table=payload.spec["data"]["url"].rpartition("/")[2]))
    count = {"type": "aggregate", "groupby": ["airline"], "ops": ["count"], "as": ["n"]}
    request = wire.QueryRequest(
        protocol_version=PROTOCOL_VERSION,
        graph=wire.TaskGraph(tasks=[source, wire.Task(transform=wire.Transform(definition=json.dumps(count), input=0))]),
        wanted=[wire.Wanted(task=1, all_columns=True)],
        time_zone="UTC",
        grants=list(payload.grants),
    )
    answer = relay("/v1/query", request.SerializeToString(), {"content-type": "application/x-protobuf"})
    (result,) = wire.QueryResponse.FromString(answer.body).results
    return sum(pa.ipc.open_stream(result.table).read_all()["n"].to_pylist())


# a service that has drawn a chart before
prepare(chart(pa.table({"x": [1.0]}), "x"), inline_limit_bytes=0)
for number, (library, read) in enumerate(FRAMES.items()):
    frame = read()
    # the columns' order is part of the table's name: so no library finds the table of another
    names = [*COLUMNS[number:], *COLUMNS[:number]]
    frame = frame.select(names) if library != "pandas" else frame[names]
    table = frame if library == "pyarrow" else pa.table(frame)
    start = time.perf_counter()
    path = pathlib.Path(folder) / "raw.arrow"
    with path.open("wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=131_072)
    raw = time.perf_counter() - start
    path.unlink()
    spec = chart(frame, *COLUMNS)
    start = time.perf_counter()
    payload = prepare(spec, inline_limit_bytes=0)
    taken = time.perf_counter() - start
    rows = counted(payload)
    answered = time.perf_counter() - start
    print(
        json.dumps(
            {
                "library": library,
                "magpie": taken * 1000,
                "answered": answered * 1000,
                "raw": raw * 1000,
                "rows": rows,
            }
        ),
        flush=True,
    )
