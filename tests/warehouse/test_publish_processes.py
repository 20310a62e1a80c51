"""Readers, publishers and killed publishers, each in a process of its own."""

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.copies import names, put, seen
from tests.warehouse.making import NOW
from warehouse import DiskFull, import_posts, open_reader, publish

#: What is true of every state in which a step leaves the warehouse, and of none in between.
WHOLE = """
SELECT (SELECT count(*) FROM posts) AS post_count,
    (SELECT count(*) FROM mentions) AS mention_count,
    (SELECT count(*) FROM tag_queue) AS queue_count,
    (SELECT count(*) FROM answers)
    + (SELECT count(*) FROM dirty_threads) AS judged_or_dirty_count
"""
ROUNDS, EACH = 2, 25

WRITE_AND_PUBLISH = f"""
import sys
from pathlib import Path
from tests.warehouse.making import NOW
from warehouse import import_posts, open_writer, publish, update_answers

folder, who = Path(sys.argv[1]), sys.argv[2]
database, reader = folder / "warehouse.duckdb", folder / "reader.duckdb"
patience = 900  # the machine may be busy
for number in range({ROUNDS}):
    with open_writer(database, patience) as con:
        import_posts(con, folder / f"{{who}}{{number}}.jsonl", "kronfurt", NOW)
    publish(database, reader, patience)
    with open_writer(database, patience) as con:
        update_answers(con, NOW)
    publish(database, reader, patience)
"""

HOLD = """
import sys
import duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
half = con.cursor().execute("SELECT i FROM range(10000) AS r (i), posts")
got = len(half.fetchmany(1000))
print("holds", flush=True)
states = set()
for line in sys.stdin:
    states |= set(con.execute(line).fetchall())
while some := len(half.fetchmany(50000)):
    got += some
print(states, got)
"""


def test_readers_and_publishers_never_meet(
    con: duckdb.DuckDBPyConnection, database: Path, tmp_path: Path
) -> None:
    """One reader holds a connection and half a result; others open, read and close."""
    for name in ("a", "b"):
        for number in range(ROUNDS):
            write_posts(tmp_path, f"{name}{number}")
    write_posts(tmp_path, "first")
    import_posts(con, tmp_path / "first.jsonl", "kronfurt", NOW)
    con.close()
    reader = tmp_path / "reader.duckdb"
    publish(database, reader)
    holder = started(HOLD, str(reader), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "holds\n"
    writers = [started(WRITE_AND_PUBLISH, str(tmp_path), name) for name in ("a", "b")]
    states, copy = [], None
    while not all(has_ended(writer) for writer in writers):
        if copy != (copy := reader.stat().st_ino):
            states.append(state_of(reader))
            holder.stdin.write(" ".join(WHOLE.split()) + "\n")
            holder.stdin.flush()
    assert [writer.returncode for writer in writers] == [0, 0]
    states.append(state_of(reader))
    assert all(len(set(state)) == 1 for state in states), states
    assert states == sorted(states)
    assert states[-1][0] == (1 + 2 * ROUNDS) * EACH
    out, _ = holder.communicate()
    assert out == f"{{{(EACH,) * 4}}} {10_000 * EACH}\n"
    left = [name for name in names(tmp_path) if not name.endswith(".jsonl")]
    assert left == ["reader.duckdb", "warehouse.duckdb"]


def write_posts(folder: Path, name: str) -> None:
    """A file of mentions, each in a thread of its own."""
    record = {"platform": "x", "author_id": "5", "created_at": NOW.isoformat()}
    posts = [
        record | {"post_id": f"{name}-{number}", "text": "@SWKronfurt Hallo?"}
        for number in range(EACH)
    ]
    (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, posts)))


def started(code: str, *arguments: str, **pipes: int) -> subprocess.Popen[str]:
    """A Python process of its own."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], text=True, **pipes)


def has_ended(process: subprocess.Popen[str]) -> bool:
    """Whether a process ends within the next tenth of a second."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=0.1)
    return process.returncode is not None


def state_of(reader: Path) -> tuple[int, ...]:
    """The state that somebody finds who opens the copy just now."""
    with open_reader(reader) as con:
        (state,) = con.execute(WHOLE).fetchall()
    return tuple(state)


KILLED = """
import os, signal, sys, time
from pathlib import Path
from warehouse import publish, publishing

COPY_HALF = '''
import sys, time
from pathlib import Path
source, part = map(Path, sys.argv[1:])
whole = source.read_bytes()
with part.open("wb") as out:
    out.write(whole[: len(whole) // 2])
    out.flush()
    Path("here").touch()
    while not Path("go on").exists():
        time.sleep(0.02)
    out.write(whole[len(whole) // 2 :])
Path("done").touch()
'''

def wait_to_be_killed():
    Path("here").touch()
    signal.pause()

def before(part, target):
    wait_to_be_killed()

def after(part, target):
    part.rename(target)
    wait_to_be_killed()

for point in ("while", "before", "after"):
    os.chdir(Path(sys.argv[1], point))
    child = os.fork()
    if not child:
        if point == "while":
            publishing._COPY = COPY_HALF
        else:
            publishing.replace_durably = globals()[point]
        publish(Path("warehouse.duckdb"), Path("reader.duckdb"))
    while not Path("here").exists():
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    Path("here").unlink()
"""


def test_a_killed_publisher_leaves_the_old_copy_or_the_new_one(
    database: Path, reader: Path, tmp_path: Path
) -> None:
    """While copying, before the copy takes its place, after it; in the first case it goes on."""
    points = {"while": 1, "before": 1, "after": 2}
    for point in points:
        (tmp_path / point).mkdir()
        for file in (database, reader):
            shutil.copy2(file, tmp_path / point)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == 0
    for point, count in points.items():
        folder = tmp_path / point
        assert seen(folder / "reader.duckdb") == count
        assert len(names(folder)) == 3 - (point == "after")
        put(folder / "warehouse.duckdb", "3")
        publish(folder / "warehouse.duckdb", folder / "reader.duckdb")
        assert names(folder) == ["reader.duckdb", "warehouse.duckdb"]
    let_it_finish(tmp_path / "while")
    for point in points:
        assert seen(tmp_path / point / "reader.duckdb") == 3


def let_it_finish(folder: Path) -> None:
    """The copying process of the killed publisher writes the rest of its half."""
    (folder / "go on").touch()
    while not (folder / "done").exists():
        time.sleep(0.02)
    assert names(folder) == ["done", "go on", "reader.duckdb", "warehouse.duckdb"]


def test_a_full_disk_keeps_the_old_copy(database: Path, reader: Path) -> None:
    with (
        files_of_at_most(database.stat().st_size // 2),
        pytest.raises(DiskFull, match=r"^[^\n]*\.part: the disk is full; free some space[^\n]*$"),
    ):
        publish(database, reader)
    assert seen(reader) == 1
    assert names(reader.parent) == ["reader.duckdb", "warehouse.duckdb"]
    assert publish(database, reader) is True
    assert seen(reader) == 2


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No process of ours may write a larger file meanwhile, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
