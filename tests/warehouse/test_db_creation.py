"""A database is there whole or not at all, whatever happens while it is made."""

import os
import resource
from multiprocessing import get_context
from pathlib import Path

import pytest

import warehouse


def _create_with_little_room(path: Path, size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        with warehouse.open_writer(path):
            pass
    except (warehouse.WarehouseError, OSError):
        os._exit(1)


@pytest.mark.parametrize("size", [1_000, 5_000, 13_000, 300_000])
def test_a_full_disk_leaves_no_half_database(tmp_path: Path, size: int) -> None:
    path = tmp_path / "warehouse.duckdb"
    process = get_context("spawn").Process(target=_create_with_little_room, args=(path, size))
    process.start()
    process.join(60)

    with warehouse.open_writer(path) as con:
        assert con.execute("SELECT count(*) FROM posts").fetchone() == (0,)
