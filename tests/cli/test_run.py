"""The whole way through the command: the demo world collected, tagged, answered, asked, mailed."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from cli.main import app
from demo import serve
from demo.http_server import Fault
from demo.mail_sink import MailSink
from demo.reddit_server import RedditServer
from demo.x_server import XServer
from tests.cli.conftest import COMMAND, environment, one_line

#: One process of several: making the installation takes longer than most of its tests.
pytestmark = pytest.mark.xdist_group("installation")
ROOT = Path(__file__).parents[2]


@dataclass
class Installation:
    """A watch-list, its data folder, and the servers it reads."""

    folder: Path
    x: XServer
    reddit: RedditServer
    mail: MailSink

    def horch(
        self, *args: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with this watch-list and, unless told otherwise, all connections."""
        variables = {
            **serve.connections(self.x.url, self.reddit.url),
            "AIRFLOW_CONN_HORCH_SMTP": self.mail.connection,
            "HORCH_WATCHLIST": str(self.folder / "watchlist.toml"),
            **(env or {}),
        }
        done = CliRunner().invoke(app, args, env=variables, catch_exceptions=False)
        return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables have that a repetition must not change."""
        import warehouse

        names = ("posts", "authors", "mentions", "tags", "answers", "replies", "digests")
        with warehouse.open_writer(self.folder / "var" / "warehouse.duckdb") as con:
            return {name: con.table(name).count("*").fetchall()[0][0] for name in names}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation after two runs: the second reads the threads that the first has found."""
    folder = tmp_path_factory.mktemp("installation")
    text = (ROOT / "demo" / "watchlist.toml").read_text(encoding="utf-8")
    text = text.replace('path = "../var/demo"', 'path = "var"')
    for at in ("07:30", "08:00"):
        text = text.replace(f'at = "{at}"', 'at = "00:00"')
    (folder / "watchlist.toml").write_text(text, encoding="utf-8")
    x, reddit = serve.start(datetime.now(UTC))
    with x, reddit, MailSink(folder / "mail") as mail:
        installation = Installation(folder, x, reddit, mail)
        for _ in range(2):
            done = installation.horch("run")
            assert done.returncode == 0, done.stderr
        yield installation


def test_a_run_mails_every_recipient_once(world: Installation) -> None:
    mailed = sorted(path.name.split("-")[-1] for path in world.mail.received)
    assert len(mailed) == len(set(mailed)) == 3


def test_another_run_adds_nothing(world: Installation) -> None:
    before, mails = world.counts(), len(world.mail.received)
    assert before["posts"] > 200
    assert before["tags"] > 200
    done = world.horch("run", "--once")
    assert done.returncode == 0
    assert "0 new posts" in done.stdout
    assert (world.counts(), len(world.mail.received)) == (before, mails)


def test_every_query_of_the_list_runs(world: Installation) -> None:
    listed = json.loads(world.horch("queries", "--format", "json").stdout)
    assert {"triage/unanswered", "metrics/daily", "ledger/usage"} <= {q["query"] for q in listed}
    for entry in listed:
        assert entry["description"]
        done = world.horch("query", entry["query"], "--format", "json")
        assert (done.returncode, done.stderr) == (0, ""), entry["query"]
        json.loads(done.stdout)


def test_a_query_in_every_form(world: Installation) -> None:
    rows = json.loads(world.horch("query", "unanswered", "--format", "json").stdout)
    assert len(rows) >= 5
    assert {"brand", "platform", "post_id", "text"} <= set(rows[0])
    printed = world.horch("query", "triage/unanswered", "--format", "csv").stdout
    parsed = list(csv.DictReader(io.StringIO(printed)))
    assert [row["post_id"] for row in parsed] == [row["post_id"] for row in rows]
    table = world.horch("query", "unanswered", "--limit", "2").stdout.splitlines()
    assert len(table) == 4
    assert table[-1] == f"… and {len(rows) - 2} more; --limit 0 shows all"


def test_a_query_of_one_brand(world: Installation) -> None:
    out = world.horch("query", "unanswered", "--brand", "kronfurt", "--format", "json").stdout
    assert {row["brand"] for row in json.loads(out)} == {"kronfurt"}


def test_private_data_and_escapes_never_reach_the_terminal(world: Installation) -> None:
    for form in ("table", "csv", "json"):
        out = world.horch("query", "private_data", "--format", form).stdout
        assert "[" in out
        assert "\x1b" not in out
        assert "\u202e" not in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("query", "unanswerd"), "unanswered"),
        (("query", "unanswered", "--brand", "kronfrt"), "did you mean kronfurt?"),
        (("query", "unanswered", "--since", "soon"), "--since"),
        (("query", "unanswered", "--since", "1d", "--until", "2d"), "ends before it begins"),
        (("query", "unanswered", "--format", "xml"), "--format"),
        (("query",), "Missing argument"),
        (("collect", "--platform", "twitter"), "choose of reddit, x"),
        (("digest", "--brand", "kronfurt", "--date", "20.11."), "--date"),
        (("digest",), "--brand"),
        (("import", "x.jsonl"), "--brand"),
        (("run", "--every", "often"), "--every"),
    ],
)
def test_wrong_usage(world: Installation, args: tuple[str, ...], said: str) -> None:
    done = world.horch(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in one_line(done.stderr)


@pytest.mark.parametrize("width", [80, 200])
def test_the_triage_list_fits_the_terminal(world: Installation, width: int) -> None:
    out = on_a_terminal(world, width, "query", "unanswered")
    too_long = [line for line in out.splitlines() if cell_len(line) > width]
    # A link stays whole, so that the terminal can open it.
    assert not [line for line in too_long if not line.strip().startswith("https://")]
    assert "…" in out or len(out.splitlines()) > 5


def on_a_terminal(world: Installation, width: int, *args: str) -> str:
    """Run a command on a pseudo-terminal and return its text without colours."""
    import pty
    import re

    main, side = pty.openpty()
    variables = {"HORCH_WATCHLIST": str(world.folder / "watchlist.toml"), "COLUMNS": str(width)}
    process = subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", *args],
        env=environment({**variables, "TERM": "xterm-256color"}),
        stdin=subprocess.DEVNULL,
        stdout=side,
        stderr=side,
    )
    os.close(side)
    shown = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    os.close(main)
    assert process.wait(timeout=60) == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()).replace("\r", "")


def test_the_digest_is_shown_written_and_not_sent_again(
    world: Installation, tmp_path: Path
) -> None:
    shown = world.horch("digest", "--brand", "kronfurt")
    assert shown.returncode == 0
    assert "Stadtwerke Kronfurt" in shown.stdout
    written = world.horch(
        "digest", "--brand", "dunmarrow", "--date", "today", "--to", str(tmp_path)
    )
    assert written.returncode == 0
    assert {Path(line).suffix for line in written.stdout.splitlines()} == {".html", ".txt", ".csv"}
    assert all(Path(line).stat().st_size for line in written.stdout.splitlines())
    mails = len(world.mail.received)
    assert world.horch("digest", "--brand", "kronfurt", "--send").returncode == 0
    assert len(world.mail.received) == mails


def test_the_books(world: Installation) -> None:
    used = json.loads(world.horch("usage", "--format", "json").stdout)
    assert {row["platform"] for row in used} == {"x", "reddit"}
    assert sum(row["cost_usd"] for row in used if row["platform"] == "x") > 0
    read = json.loads(world.horch("coverage", "--format", "json").stdout)
    assert any(row["topic"] == "#swkronfurt" for row in read)
    assert "r/kronfurt:posts" in world.horch("coverage", "--brand", "kronfurt").stdout
    gaps = world.horch("gaps", "--format", "json")
    assert gaps.returncode == 0
    assert json.loads(world.horch("rejects", "--format", "json").stdout) == []


def test_a_dry_run_lists_what_would_be_asked_and_asks_nothing(world: Installation) -> None:
    asked = len(world.x.requests)
    done = world.horch("collect", "--platform", "x", "--dry-run", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert {job["platform"] for job in json.loads(done.stdout)} <= {"x"}
    assert len(world.x.requests) == asked


def test_doctor_tells_when_was_read_last(world: Installation) -> None:
    done = world.horch("doctor")
    assert "read up to " in done.stdout
    assert "published " in done.stdout


def test_one_platform_without_a_key_holds_up_nothing_else(world: Installation) -> None:
    for broken, said in {"": "no connection is set", "{nonsense": "cannot be read"}.items():
        done = world.horch("run", env={"AIRFLOW_CONN_HORCH_X": broken})
        assert done.returncode == 1
        assert "AIRFLOW_CONN_HORCH_X" in done.stderr
        assert said in done.stderr
        assert done.stderr.count("AIRFLOW_CONN_HORCH_X") == 1
        assert "reddit: " in done.stdout
        assert "Traceback" not in done.stderr


def test_a_wrong_token_is_one_line(world: Installation) -> None:
    wrong = json.dumps({"conn_type": "http", "host": world.x.url, "password": "wrong-token"})
    done = world.horch("collect", "--platform", "x", env={"AIRFLOW_CONN_HORCH_X": wrong})
    assert done.returncode == 1
    assert "wrong-token" not in done.stdout + done.stderr
    assert "AIRFLOW_CONN_HORCH_X" in one_line(done.stderr)


def test_no_network_is_one_line(world: Installation) -> None:
    nowhere = json.dumps({"conn_type": "http", "host": "http://127.0.0.1:9", "password": "t"})
    done = world.horch("collect", "--platform", "x", env={"AIRFLOW_CONN_HORCH_X": nowhere})
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("x: ")


def test_an_outage_is_one_line_and_the_next_run_reads_on(world: Installation) -> None:
    world.x.faults.append(Fault(path="search/recent", status=503, body="<html>down", times=99))
    try:
        done = world.horch("collect", "--platform", "x")
    finally:
        world.x.faults.clear()
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("x: ")
    assert world.horch("collect", "--platform", "x").returncode == 0


@pytest.fixture
def own(world: Installation, tmp_path: Path) -> Installation:
    """A copy of the installation that a test may spoil."""
    for name in ("watchlist.toml", "var"):
        source = world.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return Installation(tmp_path, world.x, world.reddit, world.mail)


def test_a_broken_landing_file_is_moved_aside_and_told(own: Installation) -> None:
    folder = own.folder / "var" / "landing" / "x" / "kronfurt"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "search-abc-1-2.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd broken")
    done = own.horch("load")
    assert done.returncode == 1
    assert "moved aside" in done.stderr.splitlines()[-1]
    assert own.horch("load").returncode == 0


def test_a_locked_database_names_the_process(
    own: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own.folder / "var" / "warehouse.duckdb"
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    hurried = itertools.count(step=100)  # every look at the clock is 100 seconds later
    clock = SimpleNamespace(monotonic=lambda: next(hurried), sleep=lambda seconds: None)
    monkeypatch.setattr("warehouse.db.time", clock)
    try:
        assert holder.stdout
        holder.stdout.readline()
        done = own.horch("answers")
    finally:
        holder.communicate(b"\n")
    assert done.returncode == 1
    assert f"in use by process {holder.pid}" in one_line(done.stderr)


def test_a_database_that_is_none(own: Installation) -> None:
    (own.folder / "var" / "reader.duckdb").write_bytes(b"not a database" * 1000)
    done = own.horch("query", "unanswered")
    assert done.returncode == 1
    assert "reader.duckdb: is no usable database" in one_line(done.stderr)


def test_before_the_first_run(tmp_path: Path, world: Installation) -> None:
    shutil.copy(world.folder / "watchlist.toml", tmp_path)
    fresh = Installation(tmp_path, world.x, world.reddit, world.mail)
    for args in (("query", "unanswered"), ("coverage",), ("usage",), ("digest", "-b", "kronfurt")):
        done = fresh.horch(*args)
        assert done.returncode == 1, args
        assert "does not exist yet; run `horch run` once" in one_line(done.stderr)


def test_a_correction_beats_the_model(own: Installation) -> None:
    def complaints() -> set[str]:
        out = own.horch("query", "complaints", "--format", "json").stdout
        return {row["post_id"] for row in json.loads(out)}

    wrong = min(complaints())
    done = own.horch("correct", wrong, "--complaint", "no", "--question", "no", "--urgent", "no")
    assert (done.returncode, done.stderr) == (0, "")
    for step in ("answers", "publish"):
        assert own.horch(step).returncode == 0
    assert wrong not in complaints()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("1",), 2, "nothing to correct"),
        (("1", "--complaint", "maybe"), 2, "'maybe' is neither yes nor no"),
        (("1", "--complaint", "no"), 1, "no mention or reply has the id '1'"),
        (("' OR 1=1 --", "--complaint", "no"), 1, "no mention or reply has the id"),
    ],
)
def test_corrections_that_cannot_be_meant(
    world: Installation, args: tuple[str, ...], code: int, said: str
) -> None:
    done = world.horch("correct", *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in one_line(done.stderr)


def test_a_correction_of_an_unknown_kind(world: Installation) -> None:
    rows = json.loads(world.horch("query", "unanswered", "--format", "json").stdout)
    done = world.horch("correct", rows[0]["post_id"], "--sentiment", "furious")
    assert done.returncode == 1
    assert "choose of negative, neutral, positive" in one_line(done.stderr)


def test_the_schema_is_told(world: Installation) -> None:
    columns = json.loads(world.horch("schema", "--format", "json").stdout)
    assert columns[0]["table"] == "mention_status"
    known = {(column["table"], column["column"]) for column in columns}
    assert {("open_mentions", "status"), ("posts", "post_id")} <= known
    assert "due_at" in world.horch("schema", "open_mentions").stdout
    done = world.horch("schema", "open_mention")
    assert done.returncode == 2
    assert "did you mean open_mentions?" in one_line(done.stderr)


HOSTILE = [
    {"text": "normal question: when does it open?"},
    {"text": ""},
    {"text": "   "},
    {"text": "x" * 40_000},
    {"text": "null \0 byte"},
    {"text": "<script>alert(1)</script><img src=x onerror=alert(1)>"},
    {"text": "'; DROP TABLE posts; --"},
    {"text": "👩‍👩‍👧 🔌 emoji"},
    {"text": "שלום \u202egnp.exe"},
    {"text": "\x1b[2J\x1b]0;title\x07 escapes"},
    {"text": "=HYPERLINK(\"https://evil.example\",\"click\")"},
    {"text": "future", "created_at": "2099-01-01T00:00:00Z"},
    {"text": "no zone", "created_at": "2026-11-20T08:00:00"},
    {"text": "no author", "author_id": None},
    {"text": None},
]  # fmt: skip


def test_hostile_posts_are_kept_or_named_and_the_rest_goes_on(own: Installation) -> None:
    now = datetime.now(UTC).isoformat()
    posts = [
        {"platform": "facebook", "post_id": str(n), "author_id": f"a{n}", "created_at": now, **post}
        for n, post in enumerate(HOSTILE)
    ]
    path = own.folder / "posts.jsonl"
    lines = [json.dumps(post) for post in posts] + ["{broken", "[]", "\udcff"]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    done = own.horch("import", str(path), "--brand", "kronfurt")
    assert done.returncode == 1
    assert "9 new posts" in done.stdout
    assert "could not be used; see horch rejects" in one_line(done.stderr)
    rejected = json.loads(own.horch("rejects", "--format", "json").stdout)
    assert len(rejected) == 9
    assert own.horch("run").returncode == 0
    assert all(row["file"].endswith("posts.jsonl") and row["reason"] for row in rejected)
    shown = own.horch("rejects").stdout
    assert "\x1b" not in shown
    assert own.horch("query", "questions", "--format", "csv").returncode == 0


@pytest.mark.parametrize("step", ["import", "collect"])
def test_a_full_disk_is_one_line_and_loses_nothing(own: Installation, step: str) -> None:
    before = own.counts()
    posts = own.folder / "posts.csv"
    rows = (f"facebook,{n},a,{'text ' * 200},2026-11-01T08:00:00Z" for n in range(20_000))
    posts.write_text("platform,post_id,author_id,text,created_at\n" + "\n".join(rows))
    args = [str(posts), "--brand", "kronfurt"] if step == "import" else []
    largest = 2 if step == "collect" else 3_000
    done = subprocess.run(  # a limit on file sizes is the nearest thing to a full disk
        ["/bin/bash", "-c", f'ulimit -f {largest}; exec "$@"', "bash", *COMMAND, step, *args],
        env=environment(
            {
                **serve.connections(own.x.url, own.reddit.url),
                "HORCH_WATCHLIST": str(own.folder / "watchlist.toml"),
            }
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for line in done.stderr.splitlines():
        assert line.startswith("horch: ")
        assert "free some" in line
    assert own.counts() == before


def test_files_that_cannot_be_imported(own: Installation) -> None:
    for name in ("nowhere.jsonl", "posts.xlsx"):
        done = own.horch("import", str(own.folder / name), "--brand", "kronfurt")
        assert done.returncode == 1
        assert ";" in one_line(done.stderr)
