import errno
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from warehouse import (
    DiskFull,
    WarehouseBroken,
    WarehouseBusy,
    WarehouseMissing,
    WarehouseNewer,
    WarehouseOlder,
    open_reader,
    open_writer,
    transaction,
)

HOLD = """
import sys, time
from pathlib import Path
from warehouse import open_writer
with open_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(database: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the database open; returns once it has."""
    command = [sys.executable, "-c", HOLD, str(database), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_new_database_has_every_table(database: Path) -> None:
    with open_writer(database) as con:
        versions = con.execute("SELECT version, name FROM schema_version").fetchall()
        assert versions[0] == (1, "001_tables")
        assert con.execute("SELECT count(*) FROM posts").fetchone() == (0,)
        zone = con.execute("SELECT current_setting('TimeZone')").fetchone()
        assert zone == ("UTC",)


def test_opening_again_changes_nothing(database: Path) -> None:
    with open_writer(database):
        pass
    before = database.stat().st_mtime_ns
    with open_writer(database):
        pass
    assert database.stat().st_mtime_ns == before


def test_busy_names_the_process(database: Path) -> None:
    holder = hold(database, 30)
    try:
        with (
            pytest.raises(WarehouseBusy, match=f"in use by process {holder.pid}; wait") as caught,
            open_writer(database, wait_s=0),
        ):
            pass
        assert caught.value.pid == holder.pid
    finally:
        holder.kill()
        holder.wait()


def test_a_writer_waits_for_another(database: Path) -> None:
    holder = hold(database, 0.4)
    start = time.monotonic()
    with open_writer(database, wait_s=20) as con:
        assert con.execute("SELECT count(*) FROM posts").fetchone() == (0,)
    assert time.monotonic() - start < 15
    assert holder.wait() == 0


def test_what_is_no_database_is_said_to_be_none(database: Path) -> None:
    database.write_text("hello " * 5000)
    with pytest.raises(WarehouseBroken, match="is no usable database"), open_writer(database):
        pass


def test_a_newer_database_is_left_alone(database: Path) -> None:
    with open_writer(database) as con:
        con.execute("INSERT INTO schema_version VALUES (999, 'tomorrow')")
    with pytest.raises(WarehouseNewer, match="update this one"), open_writer(database):
        pass
    with pytest.raises(WarehouseNewer), open_reader(database):
        pass


def test_a_reader_of_an_older_copy_is_told_what_to_do(database: Path) -> None:
    with duckdb.connect(str(database)) as con:
        con.execute("CREATE TABLE other (one INTEGER)")
    with pytest.raises(WarehouseOlder, match="horch run"), open_reader(database):
        pass


def test_nothing_to_read_yet(database: Path) -> None:
    with pytest.raises(WarehouseMissing, match="does not exist yet"), open_reader(database):
        pass


def test_readers_cannot_write(database: Path) -> None:
    with open_writer(database):
        pass
    with open_reader(database) as con, pytest.raises(duckdb.InvalidInputException):
        con.execute("DELETE FROM posts")


def test_a_transaction_is_all_or_nothing(database: Path) -> None:
    with open_writer(database) as con:
        with pytest.raises(duckdb.ConversionException), transaction(con):
            con.execute("INSERT INTO dirty_threads VALUES ('x', '1'); SELECT 'a'::INTEGER")
        assert con.execute("SELECT count(*) FROM dirty_threads").fetchone() == (0,)


def test_a_full_disk_is_named(database: Path) -> None:
    with pytest.raises(DiskFull, match="the disk is full; free some space"), open_writer(database):
        raise OSError(errno.ENOSPC, "No space left on device")


FILL = """
import resource, sys
from pathlib import Path
from warehouse import DiskFull, open_writer
database = Path(sys.argv[1])
limit = database.stat().st_size + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with open_writer(database) as con:
        con.execute("INSERT INTO dirty_threads SELECT md5(i::VARCHAR), i::VARCHAR "
                    "FROM range(2000000) t(i)")
except DiskFull as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_leaves_the_database_whole(database: Path) -> None:
    with open_writer(database) as con:
        con.execute("INSERT INTO dirty_threads VALUES ('x', '1')")
    command = [sys.executable, "-c", FILL, str(database)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the disk is full" in done.stdout, done.stderr
    with open_writer(database) as con:
        assert con.execute("SELECT * FROM dirty_threads").fetchall() == [("x", "1")]
