"""Killed at any point and run again, every step ends where an undisturbed run ends."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.making import NOW, write_landing, x_page
from warehouse import open_reader, open_writer

#: Runs all steps in a folder and kills itself at the n-th call of what every step goes through.
STEPS = """
import json, sys
from pathlib import Path
import warehouse.db, warehouse.load, warehouse.publishing, warehouse.statements, warehouse.tagging
from tests.warehouse.deadly import Deadly
from tests.warehouse.making import NOW, make_watchlist

folder, deadly = Path(sys.argv[1]), Deadly(int(sys.argv[2]))

run_sql, replace = warehouse.statements.run_sql, warehouse.publishing.replace_durably
for module in [m for name, m in sys.modules.items() if name.startswith("warehouse.")]:
    if getattr(module, "run_sql", None) is run_sql:
        module.run_sql = deadly(run_sql)
warehouse.publishing._copy = deadly(warehouse.publishing._copy)
warehouse.publishing.replace_durably = deadly(replace)
warehouse.tagging.replace_durably = deadly(replace)

database = folder / "warehouse.duckdb"
with warehouse.open_writer(database) as con:
    warehouse.sync_watchlist(con, make_watchlist(), NOW)
with warehouse.open_writer(database) as con:
    pending = warehouse.pending_landings(con, folder / "landing")
    warehouse.load_landing(con, pending, folder / "landing", NOW)
    warehouse.import_posts(con, folder / "posts.jsonl", "kronfurt", NOW)
(folder / "tagged").mkdir(exist_ok=True)
with warehouse.open_writer(database) as con:
    warehouse.load_tags(con, sorted((folder / "tagged").glob("*.jsonl")), NOW)
    for batch in warehouse.export_untagged(con, folder / "out", "m", NOW, batch_size=2):
        rows = [json.loads(line) for line in batch.read_text().splitlines()]
        lines = [json.dumps(row | {"model": "m", "complaint": True}) + "\\n" for row in rows]
        part = folder / "tagged" / f"{batch.name}.part"
        part.write_text("".join(lines))
        part.rename(folder / "tagged" / batch.name)
    warehouse.load_tags(con, sorted((folder / "tagged").glob("*.jsonl")), NOW)
    warehouse.update_answers(con, NOW)
warehouse.publish(database, folder / "reader.duckdb")
print(deadly.calls)
"""
TABLES = ("posts", "authors", "mentions", "tags", "coverage", "usage", "landings", "rejects")


def run(folder: Path, kill_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STEPS, str(folder), str(kill_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def dump(path: Path) -> dict[str, list[Any]]:
    """Everything that is stored, in order; the landing folder is not part of it."""
    with open_reader(path) as con:
        tables = (*TABLES, "dirty_threads", "tag_queue", "answers", "model_runs")
        return {name: sorted(map(str, con.table(name).fetchall())) for name in tables}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with landing files, one of them broken, and a file to import."""
    folder = tmp_path_factory.mktemp("start")
    posts = [{"id": str(n), "text": f"@SWKronfurt Frage {n}?"} for n in range(4)]
    replies = [{"id": f"9{n}", "text": "ja", "conversation_id": str(n)} for n in range(4)]
    write_landing(folder / "landing", "a", x_page(*posts))
    write_landing(folder / "landing", "b", x_page(*replies))
    (folder / "landing" / "x" / "kronfurt" / "c.jsonl.zst").write_bytes(b"broken")
    record = {"platform": "x", "author_id": "5", "text": "Hallo", "created_at": NOW.isoformat()}
    lines = [json.dumps(record | {"post_id": f"i{n}"}) for n in range(3)] + ["{"]
    (folder / "posts.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def undisturbed(
    start: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], int]:
    """What an undisturbed run ends in, and how many points to be killed at it passes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(start, folder, dirs_exist_ok=True)
    done = run(folder, kill_at=0)
    assert done.returncode == 0, done.stderr
    return without_path(dump(folder / "reader.duckdb"), folder), int(done.stdout)


def without_path(tables: dict[str, list[Any]], folder: Path) -> dict[str, list[Any]]:
    """Rejects name the imported file by its path."""
    return {name: [row.replace(str(folder), "") for row in rows] for name, rows in tables.items()}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.86, 0.98])
def test_killed_and_run_again(
    start: Path, undisturbed: tuple[dict[str, Any], int], tmp_path: Path, share: float
) -> None:
    expected, points = undisturbed
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    assert run(tmp_path, kill_at=max(1, int(points * share))).returncode == -9
    done = run(tmp_path, kill_at=0)
    assert done.returncode == 0, done.stderr
    assert without_path(dump(tmp_path / "reader.duckdb"), tmp_path) == expected


IMPORT = """
import sys
from pathlib import Path
from warehouse import import_posts, open_writer
from tests.warehouse.making import NOW
folder, name = Path(sys.argv[1]), sys.argv[2]
with open_writer(folder / "warehouse.duckdb", wait_s=60) as con:
    print(import_posts(con, folder / name, "kronfurt", NOW).new)
"""


def test_two_writers_at_once_lose_nothing(
    con: duckdb.DuckDBPyConnection, database: Path, tmp_path: Path
) -> None:
    con.close()
    record = {"platform": "x", "author_id": "5", "text": "Hallo", "created_at": NOW.isoformat()}
    processes = []
    for writer in range(3):
        ids = range(writer * 50, writer * 50 + 100)  # each shares half with its neighbour
        lines = [json.dumps(record | {"post_id": str(post_id)}) for post_id in ids]
        (tmp_path / f"{writer}.jsonl").write_text("\n".join(lines))
        command = [sys.executable, "-c", IMPORT, str(tmp_path), f"{writer}.jsonl"]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    new = [int(process.communicate()[0]) for process in processes]
    assert sum(new) == 200
    with open_writer(database) as again:
        counts = "SELECT count(*), count(DISTINCT post_id) FROM posts"
        assert again.execute(counts).fetchall() == [(200, 200)]
