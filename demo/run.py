"""The whole demo: play the world, run the real DAGs once against it, gather what came of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import digest
import warehouse
from demo import serve
from demo.airflow_home import environment
from demo.display import Display
from demo.mail_sink import MailSink
from pipeline import Home
from watchlist.errors import HorchError
from watchlist.files import exclusive, replace_durably

DAGS = ("collect_x", "collect_reddit", "process", "digest")
WATCHLIST = Path(__file__).with_name("watchlist.toml")


class DemoFailed(HorchError):
    """A DAG did not end well, or Airflow did not start."""


@dataclass(frozen=True)
class Outcome:
    """Where everything is after a run.

    Attributes:
        home: The demo's watch-list and folders.
        watchlist: The watch-list's file.
        digests: Today's digests as files: HTML, text and CSV of each brand.
        mails: The mails received during this run; none where today's digests were out already.
        world_since: When the made-up world was made; nothing is ever newer than some hours after.
    """

    home: Home
    watchlist: Path
    digests: tuple[Path, ...]
    mails: tuple[Path, ...]
    world_since: datetime


def run(folder: Path, display: Display, dags: tuple[str, ...] = DAGS) -> Outcome:
    """Run the demo in a folder; a second run there goes on where the first one ended.

    Raises:
        DemoFailed: a DAG failed; the message names the cause and the log.
        Busy: a demo is running in this folder already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / "locks" / "demo", "running the demo", 0):
        watchlist = demo_watchlist(folder)
        with _world(folder, display) as connections, MailSink(folder / "mail") as sink:
            connections["AIRFLOW_CONN_HORCH_SMTP"] = sink.connection
            variables = environment(folder / "airflow", watchlist, connections)
            _run_dags(folder / "airflow.log", variables, dags, display)
        home = Home.open(watchlist)
        digests = tuple(_digests(home, folder))
        return Outcome(home, watchlist, digests, tuple(sink.received), _anchor(folder))


def demo_watchlist(folder: Path) -> Path:
    """Write the demo's watch-list; digests are due from midnight, so that a demo always has one."""
    text = WATCHLIST.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^path = ".*"$', 'path = "."', text)
    text = re.sub(r'(?m)^at = "\d\d:\d\d"$', 'at = "00:00"', text)
    path = folder / "watchlist.toml"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def _world(folder: Path, display: Display) -> Iterator[dict[str, str]]:
    x, reddit = serve.start(_anchor(folder))
    with x, reddit:
        display.done(f"the demo world is played as X at {x.url} and as Reddit at {reddit.url}")
        yield serve.connections(x.url, reddit.url)


def _anchor(folder: Path) -> datetime:
    """When the demo was run first: the same world for ever, while time goes on."""
    path = folder / "anchor"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_text(datetime.now(UTC).isoformat(timespec="seconds"), encoding="ascii")
        replace_durably(part, path)
    return datetime.fromisoformat(path.read_text(encoding="ascii").strip())


def _run_dags(
    log: Path, variables: dict[str, str], dags: tuple[str, ...], display: Display
) -> None:
    command = [sys.executable, "-m", "demo.airflow_run", *dags]
    with log.open("wb") as chatter:
        airflow = subprocess.Popen(  # noqa: S603 – our own interpreter and module
            command, env=variables, stdout=subprocess.PIPE, stderr=chatter, text=True
        )
    try:
        cause = _follow(airflow, display)
        if airflow.wait() != 0:
            raise DemoFailed(
                f"{cause or 'Airflow did not start'}; Airflow's own words are in {log}"
            )
    finally:
        airflow.kill()
        airflow.wait()


def _follow(airflow: subprocess.Popen[str], display: Display) -> str:
    """Show events as they come; return the first failure."""
    failure = ""
    for line in airflow.stdout or ():
        event = json.loads(line)
        display.show(event)
        if event.get("state") == "failed" and "task" in event:
            failure = failure or f"{event['dag']} failed at {event['task']}: {event['cause']}"
    return failure


def _digests(home: Home, folder: Path) -> Iterator[Path]:
    now = datetime.now(UTC)
    with warehouse.open_reader(home.reader) as con:
        for brand in home.watchlist.brands:
            day = digest.local_today(brand, now)
            rendered = digest.render(
                digest.build(con, brand, day, now, triage_url=home.watchlist.triage.url)
            )
            yield from digest.write(rendered, folder / "digests", f"{brand.id}-{day}")
