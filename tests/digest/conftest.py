"""A brand and its warehouse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import digest_sample as sample

from watchlist.model import Brand


@pytest.fixture
def brand() -> Brand:
    return sample.a_brand()


@pytest.fixture
def con(brand: Brand) -> Iterator[duckdb.DuckDBPyConnection]:
    with sample.warehouse(brand) as con:
        yield con
