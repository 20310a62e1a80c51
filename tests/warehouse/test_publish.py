import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import NotPublished, WarehouseMissing, open_reader, open_writer, publish


def put(database: Path, thread: str) -> None:
    with open_writer(database) as con:
        con.execute("INSERT INTO dirty_threads VALUES ('x', $thread)", {"thread": thread})


def seen(path: Path) -> int:
    with open_reader(path) as con:
        (row,) = con.execute("SELECT count(*) FROM dirty_threads").fetchall()
    return int(row[0])


def test_only_what_has_changed_is_published(database: Path, tmp_path: Path) -> None:
    reader = tmp_path / "reader.duckdb"
    put(database, "1")
    assert publish(database, reader) is True
    assert seen(reader) == 1
    assert publish(database, reader) is False
    put(database, "2")
    assert publish(database, reader) is True
    assert seen(reader) == 2
    reader.unlink()
    assert publish(database, reader) is True
    assert not list(tmp_path.glob("*.part"))


def test_who_holds_the_old_copy_keeps_it(database: Path, tmp_path: Path) -> None:
    reader = tmp_path / "reader.duckdb"
    put(database, "1")
    publish(database, reader)
    hold = (
        "import sys; from pathlib import Path; from warehouse import open_reader\n"
        "with open_reader(Path(sys.argv[1])) as con:\n"
        "    print('open', flush=True); sys.stdin.readline()\n"
        "    print(con.execute('SELECT count(*) FROM dirty_threads').fetchone())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", hold, str(reader)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    put(database, "2")
    assert publish(database, reader) is True
    assert seen(reader) == 2
    out, _ = process.communicate("\n")
    assert out == "(1,)\n"


def test_the_lock_outlives_publishing(database: Path, tmp_path: Path) -> None:
    """Reading the file in the writer's own process would have dropped the lock."""
    put(database, "1")
    with open_writer(database):
        publish(database, tmp_path / "reader.duckdb")
        code = (
            "import sys; from pathlib import Path; from warehouse import open_writer\n"
            "with open_writer(Path(sys.argv[1]), wait_s=0): pass\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(database)], capture_output=True, text=True, check=False
        )
    assert "WarehouseBusy" in done.stderr


def test_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing):
        publish(tmp_path / "none.duckdb", tmp_path / "reader.duckdb")


def test_a_copy_that_fails_leaves_the_old_one(database: Path, tmp_path: Path) -> None:
    reader = tmp_path / "reader.duckdb"
    put(database, "1")
    publish(database, reader)
    put(database, "2")
    (tmp_path / "reader.duckdb.part").mkdir()
    with pytest.raises(NotPublished, match="cannot be written"):
        publish(database, reader)
    assert seen(reader) == 1
