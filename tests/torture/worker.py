"""Runs of Horchposten in processes of their own, which may be killed or run out of disk.

`python -m tests.torture.worker` loads everything once, then forks for each line of orders on its
standard input, and answers each with one line when all its runs are over.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb
import orjson

import collectors.reddit
import collectors.reddit_client
import collectors.x
import collectors.x_client
import warehouse
import warehouse.db
import warehouse.statements
from collectors.connection import Connection
from collectors.errors import CollectorError
from collectors.model import Window
from demo.reddit_server import CLIENT_ID, CLIENT_SECRET
from demo.x_server import TOKEN
from pipeline import Home, steps
from tests.torture import sabotage
from tests.torture.world import BRAND
from watchlist.errors import HorchError

_OURS = str(Path(__file__).resolve().parents[2]) + os.sep
_PACKAGES = tuple(f"{_OURS}{name}{os.sep}" for name in ("collectors", "warehouse", "pipeline"))
_MODEL = "torture-1"
FRESH = timedelta(minutes=15)
MOMENT = timedelta(seconds=15)


def main() -> None:
    """Fork for each line of orders: a list of runs that take place at the same time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who gave the orders ends it
    _be_quick()
    for line in sys.stdin:
        runs = json.loads(line)
        children = [_fork(run) for run in runs]
        for child in children:
            os.waitpid(child, 0)
        sys.stdout.write("done\n")
        sys.stdout.flush()


def _be_quick() -> None:
    """Wait and start less; what happens stays the same."""
    import prawcore.sessions

    # No fault is a server that keeps silent: who waits too long waits for a busy machine.
    collectors.x_client.TIMEOUT = collectors.reddit_client.TIMEOUT = (60.0, 60.0)
    prawcore.sessions.FiniteRetryStrategy._sleep_seconds = lambda _strategy: None
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warehouse.db._SETTINGS["threads"] = "1"  # starting threads takes longer than our queries
    for file in warehouse.statements._FOLDER.rglob("*.sql"):
        name = str(file.relative_to(warehouse.statements._FOLDER)).removesuffix(".sql")
        warehouse.statements._statements(name)
    with duckdb.connect() as con:  # what the first query imports is imported once
        con.execute("SELECT $one::TIMESTAMPTZ", {"one": datetime.now(UTC)}).fetchall()
    gc.disable()  # runs are over before they have made enough garbage


def _fork(run: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        result = _run(run)
        Path(run["result"]).write_text(json.dumps(result))
    finally:
        os._exit(0)


def _run(run: dict[str, Any]) -> dict[str, Any]:
    """Do the steps of one run; an error that is none of ours is a finding."""
    if run.get("most_bytes"):
        _limit_files(run["most_bytes"])
    killer = _Killer(run.get("kill_at"))
    if killer.kill_at:
        sys.setprofile(killer)
    done: dict[str, Any] = {"failures": [], "errors": [], "crash": "", "findings": [], "rows": []}
    sabotage.apply(run["sabotage"])
    try:
        home = Home.open(Path(run["watchlist"]))
        now = datetime.fromisoformat(run["now"])
        with _held(home) if run["is_held"] else nullcontext():
            for step in run["steps"]:
                _step(home, step, now, run, done)
    except HorchError as error:
        done["errors"].append(f"{type(error).__name__}: {error}")
    except Exception:  # noqa: BLE001 -- exactly these are looked for
        done["crash"] = traceback.format_exc()
    finally:
        sys.setprofile(None)
    _limit_files(resource.RLIM_INFINITY)
    done.pop("errors_met", None)
    done["calls"] = killer.calls
    return done


@contextmanager
def _held(home: Home) -> Iterator[None]:
    """Keep the database open behind the steps: their own opening then takes no time."""
    with warehouse.open_writer(home.warehouse):
        yield


def _limit_files(size: int) -> None:
    """No file may grow beyond this, as if the disk were full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _step(home: Home, step: str, now: datetime, run: dict[str, Any], done: dict[str, Any]) -> None:
    name, _colon, what = step.partition(":")
    if name == "prepare":
        steps.prepare(home, now)
    elif name == "collect":
        report = steps.collect(home, what, _connection(what, run), now)
        for error in report.failures:
            again = error.retry_at.isoformat() if error.retry_at else None
            done["failures"].append([type(error).__name__, again, str(error)])
        done.setdefault("errors_met", []).extend(report.failures)
    elif name == "load":
        is_whole = not steps.load(home, now).broken
        errors = done.pop("errors_met", []) if is_whole else []
        _look(home, now, done, errors, is_alone=run.get("is_alone", True))
    elif name == "import":
        with warehouse.open_writer(home.warehouse) as con:
            warehouse.import_posts(con, Path(what), BRAND, now)
    elif name == "tag":
        _tag(home, now)
        steps.answers(home, now)
    elif name == "publish":
        steps.publish(home)


def _look(
    home: Home,
    now: datetime,
    done: dict[str, Any],
    errors: Sequence[CollectorError],
    is_alone: bool,
) -> None:
    """Note what is stored, and every hole that a failure of this run left without its reason.

    Where another run went on at the same time, the reason may be what that one has found since.
    """
    with warehouse.open_writer(home.warehouse) as con:
        done["rows"] = con.execute("SELECT platform, post_id, text FROM posts").fetchall()
        lines = warehouse.coverage_report(con, now)
    for error in errors:
        job = error.job
        if job is None or error.gap_reason is None or job.kind not in ("search", "own"):
            continue
        found = {
            line.topic: line
            for line in lines
            if (line.brand, line.platform) == (job.brand, job.platform)
        }
        for topic in job.topics:
            unsaid = list(_unexplained(error, found.get(topic), now, is_alone))
            done["findings"] += [f"{topic} {each} should say {error.gap_reason}" for each in unsaid]


def _unexplained(
    error: CollectorError, line: warehouse.CoverageLine | None, now: datetime, is_alone: bool
) -> Iterator[Window]:
    """Yield what a failure has left unread and no gap gives the right reason for."""
    known = [
        hole.window
        for hole in (line.holes if line else ())
        if hole.is_final
        or hole.reason in (error.gap_reason, "budget", "truncated")
        or (hole.reason and not is_alone)
    ]
    for window in error.uncovered:
        for part in window.minus([*(line.covered if line else ()), *known]):
            if part.end - part.start > MOMENT and part.start < now - FRESH:
                yield part


def _connection(platform: str, run: dict[str, Any]) -> Connection:
    url = run["urls"][platform]
    if platform == "x":
        return Connection("x", host=url, password=TOKEN, extra={"dialect": run["dialect"]})
    return Connection("reddit", host=url, login=CLIENT_ID, password=CLIENT_SECRET)


def _tag(home: Home, now: datetime) -> None:
    """Stand in for the language models: every text is a complaint."""
    with warehouse.open_writer(home.warehouse) as con:
        batches = warehouse.export_untagged(con, home.batches / "untagged", _MODEL, now)
    tagged = []
    for batch in batches:
        target = home.batches / "tagged" / batch.name
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [orjson.loads(line) for line in batch.read_bytes().splitlines()]
        target.write_bytes(b"".join(orjson.dumps(_tags(line)) + b"\n" for line in lines))
        batch.unlink(missing_ok=True)
        tagged.append(target)
    with warehouse.open_writer(home.warehouse) as con:
        warehouse.load_tags(con, tagged, now)


def _tags(line: dict[str, Any]) -> dict[str, Any]:
    kept = {key: line[key] for key in ("platform", "post_id", "text_hash")}
    yes = dict.fromkeys(("question", "praise", "urgent", "settled"), False)
    empty: dict[str, Any] = {"private_data": [], "spill_over": [], "reply_kind": "social"}
    return {**kept, **yes, **empty, "complaint": True, "sentiment": "negative", "model": _MODEL}


class _Killer:
    """Counts the calls of our own functions and pulls the plug at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at = kill_at
        self.calls = 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "return", "c_return") and frame.f_code.co_filename.startswith(
            _PACKAGES
        ):
            self.calls += 1
            if self.calls == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
