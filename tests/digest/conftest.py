"""A brand, its filled warehouse, and a digest rendered from it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import digest_sample as sample

from digest import Rendered, build, render
from watchlist.model import Brand

DAY = date(2026, 11, 18)


@pytest.fixture
def brand() -> Brand:
    return sample.a_brand()


@pytest.fixture
def con(brand: Brand) -> Iterator[duckdb.DuckDBPyConnection]:
    with sample.warehouse(brand) as con:
        yield con


@pytest.fixture(scope="session")
def rendered() -> Rendered:
    """The sample morning as mailed."""
    brand = sample.a_brand()
    with sample.warehouse(brand) as con:
        sample.fill(con)
        return render(build(con, brand, DAY, sample.NOW))
