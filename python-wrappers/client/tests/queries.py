"""The bytes that a page would send."""

from __future__ import annotations

import json

from magpie_vega import PROTOCOL_VERSION
from magpie_vega._gen import magpie_pb2 as wire
from magpie_vega._sources import TABLE_SCHEME


def count_query(url: str, grants: list[str]) -> bytes:
    """Ask how many rows the table has."""
    source = wire.Task(source=wire.Source(table=url.removeprefix(TABLE_SCHEME)))
    count = {"type": "aggregate", "ops": ["count"], "as": ["n"]}
    transform = wire.Task(transform=wire.Transform(definition=json.dumps(count), input=0))
    request = wire.QueryRequest(
        protocol_version=PROTOCOL_VERSION,
        graph=wire.TaskGraph(tasks=[source, transform]),
        wanted=[wire.Wanted(task=1, all_columns=True)],
        time_zone="UTC",
        grants=grants,
    )
    return request.SerializeToString()


def first_result(body: bytes) -> wire.Result:
    """The only value that was asked for."""
    response = wire.QueryResponse.FromString(body)
    assert not response.HasField("error"), response.error
    (result,) = response.results
    return result


def counted(body: bytes) -> float:
    """The number of rows that the service found."""
    import pyarrow as pa

    result = first_result(body)
    assert result.WhichOneof("kind") == "table", result.error
    (row,) = pa.ipc.open_stream(result.table).read_all().to_pylist()
    return float(row["n"])
