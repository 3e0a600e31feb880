"""Frames of three libraries through our Python client, beside a raw write of the same bytes to disk."""

from __future__ import annotations

import json
import pathlib
import sys
import time

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from magpie_vega import prepare

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
    prepare(spec, inline_limit_bytes=0)
    taken = time.perf_counter() - start
    print(
        json.dumps(
            {
                "library": library,
                "magpie": taken * 1000,
                "raw": raw * 1000,
                "rows": len(frame),
            }
        ),
        flush=True,
    )
