import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.copies import names, put, seen
from warehouse import NotPublished, WarehouseMissing, open_reader, open_writer, publish


def test_only_what_has_changed_is_published(database: Path, reader: Path) -> None:
    assert seen(reader) == 1
    assert publish(database, reader) is True
    assert seen(reader) == 2
    assert publish(database, reader) is False
    reader.unlink()
    assert publish(database, reader) is True
    assert names(reader.parent) == ["reader.duckdb", "warehouse.duckdb"]


def test_the_lock_outlives_publishing(database: Path, tmp_path: Path) -> None:
    """Reading the file in the writer's own process would have dropped the lock."""
    put(database, "1")
    with open_writer(database):
        publish(database, tmp_path / "reader.duckdb")
        code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
        done = subprocess.run(
            [sys.executable, "-c", code, str(database)], capture_output=True, text=True, check=False
        )
    assert "Could not set lock" in done.stderr


def test_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing):
        publish(tmp_path / "none.duckdb", tmp_path / "reader.duckdb")


def test_a_copy_that_cannot_take_its_place(database: Path, tmp_path: Path) -> None:
    put(database, "1")
    (tmp_path / "reader.duckdb").mkdir()
    with pytest.raises(NotPublished, match=r"cannot be written \(Is a directory\); make"):
        publish(database, tmp_path / "reader.duckdb")
    assert names(tmp_path) == ["reader.duckdb", "warehouse.duckdb"]


def test_nobody_changes_the_copy_by_accident(reader: Path) -> None:
    """A client that opens it for writing would lock all others out."""
    assert not reader.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


WRITE = """
import duckdb, os, signal, sys
con = duckdb.connect(sys.argv[1])
con.execute("CREATE TABLE mine AS SELECT 1 AS one")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_writing_client_left_is_not_replayed_on_the_next_copy(
    database: Path, reader: Path
) -> None:
    reader.chmod(0o644)
    subprocess.run([sys.executable, "-c", WRITE, str(reader)], check=False)
    assert "reader.duckdb.wal" in names(reader.parent)
    publish(database, reader)
    with open_reader(reader) as con:
        assert ("mine",) not in con.execute("SHOW TABLES").fetchall()
    assert names(reader.parent) == ["reader.duckdb", "warehouse.duckdb"]


def test_a_reader_beside_somebody_s_own_connection(database: Path, reader: Path) -> None:
    """A notebook holds a connection and asks by name: same process, other settings, one state."""
    with duckdb.connect(str(reader), read_only=True) as own:
        own.execute("SET TimeZone = 'Europe/Berlin'")
        publish(database, reader)
        assert seen(reader) == 1
        assert own.execute("SELECT current_setting('TimeZone')").fetchone() == ("Europe/Berlin",)
    assert seen(reader) == 2


def test_readers_spill_into_folders_of_their_own(database: Path, reader: Path) -> None:
    """DuckDB's default is one folder for all: two at once would read each other's files."""
    with open_reader(reader) as con:
        (told,) = con.execute("SELECT current_setting('temp_directory')").fetchall()[0]
    mine = Path(told)
    assert mine.name == f"reader.duckdb.{os.getpid()}.tmp"
    gone, fresh = (reader.with_name(f"reader.duckdb.{pid}.tmp") for pid in (2**22 + 1, 2**22 + 2))
    for folder in (mine, gone, fresh):
        folder.mkdir()
        (folder / "duckdb_temp_storage_S32K-0.tmp").touch()
    for folder in (mine, gone):
        os.utime(folder, (0, 0))
    publish(database, reader)
    assert [folder.exists() for folder in (mine, gone, fresh)] == [True, False, True]
