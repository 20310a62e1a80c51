"""Killed while a new model reads old posts again: run again, it goes on where it was."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.making import NOW, write_landing, x_page
from warehouse import load_landing, open_writer

POSTS = 7

#: Tags with a model in portions of two posts and three per run until nothing waits; kills itself at
#: the n-th line written or statement run, and notes down what it tags.
STEPS = """
import json, sys
from datetime import timedelta
from pathlib import Path
import warehouse, warehouse.tagging
from tests.warehouse.deadly import Deadly
from tests.warehouse.making import NOW

folder, model, deadly = Path(sys.argv[1]), sys.argv[2], Deadly(int(sys.argv[3]))
now = NOW + timedelta(hours=int(model[1:]))

warehouse.tagging.run_sql = deadly(warehouse.tagging.run_sql)
warehouse.tagging.replace_durably = deadly(warehouse.tagging.replace_durably)
replace = deadly(Path.replace)
(folder / "tagged").mkdir(exist_ok=True)

def load():
    with warehouse.open_writer(folder / "warehouse.duckdb") as con:
        warehouse.load_tags(con, sorted((folder / "tagged").glob("*.jsonl")), now)

def export():
    with warehouse.open_writer(folder / "warehouse.duckdb") as con:
        out = folder / "out"
        return warehouse.export_untagged(con, out, model, now, batch_size=2, retagged=3)

load()
while batches := export():
    for batch in batches:
        rows = [json.loads(line) for line in batch.read_text().splitlines()]
        part = folder / "tagged" / f"{batch.name}.part"
        part.write_text("".join(json.dumps(row | {"model": model}) + "\\n" for row in rows))
        replace(part, folder / "tagged" / batch.name)
        with (folder / "log").open("a") as log:
            log.writelines(f"{model} {row['post_id']}\\n" for row in rows)
        batch.unlink()
    load()
print(deadly.calls)
"""


def run(folder: Path, model: str, kill_at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STEPS, str(folder), model, str(kill_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database holds posts with an earlier model's tags."""
    folder = tmp_path_factory.mktemp("read_once")
    landing = folder / "landing"
    page = x_page(*({"id": str(n), "text": f"@SWKronfurt Frage {n}?"} for n in range(POSTS)))
    with open_writer(folder / "warehouse.duckdb") as con:
        load_landing(con, [write_landing(landing, "a", page)], landing, NOW)
    done = run(folder, "m1")
    assert done.returncode == 0, done.stderr
    (folder / "log").unlink()
    return folder


@pytest.mark.parametrize("kill_at", [6, 14, 24])
def test_killed_while_it_tags_again_nothing_is_lost_or_there_twice(
    read_once: Path, tmp_path: Path, kill_at: int
) -> None:
    tagged = shutil.copytree(read_once, tmp_path / "killed")
    assert run(tagged, "m2", kill_at).returncode == -9
    done = run(tagged, "m2")
    assert done.returncode == 0, done.stderr
    every = [(str(n),) for n in range(POSTS)]
    with duckdb.connect(str(tagged / "warehouse.duckdb")) as con:
        for model in ("m1", "m2"):
            query = "SELECT post_id FROM tags WHERE model = $1 ORDER BY 1"
            assert con.execute(query, [model]).fetchall() == every
        assert con.execute("SELECT DISTINCT model FROM current_tags").fetchall() == [("m2",)]
        assert con.execute("FROM retag_queue").fetchall() == []
    assert not list((tagged / "tagged").iterdir())
    again = (tagged / "log").read_text().splitlines()
    assert set(again) == {f"m2 {n}" for n in range(POSTS)}
    assert len(again) <= POSTS + 2, "more than the batch that was under way was tagged twice"
