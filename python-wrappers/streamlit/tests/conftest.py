"""A small flights file, which the example reads as it reads the large one."""

from pathlib import Path

import polars as pl
import pytest
from page_testing import ROOT


@pytest.fixture(scope="session")
def flights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flights") / "flights.parquet"
    pl.read_parquet(ROOT / "node_modules/vega-datasets/data/flights-3m.parquet", n_rows=100_000).write_parquet(path)
    return path
