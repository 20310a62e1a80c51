"""One schedule: a world, a watch-list, days of runs in which things go wrong, then clean runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import warehouse
from demo.reddit_server import RedditApp
from demo.x_server import XApp
from tests.torture import world as worlds
from tests.torture.faults import Saboteur, TortureReddit, TortureX
from tests.torture.sabotage import SABOTAGES

ROOT = Path(__file__).resolve().parents[2]
MINUTES = timedelta(minutes=1)
EVERYTHING = "prepare collect load tag"
UNTAGGED = "collect load"
ROUNDS = ("collect load tag", "collect load", "collect load")
ACCIDENTS = ("disk full", "two runs at once", "clock wrong", "clock ahead, unnoticed", "import")
#: Runs after the faults: minutes of waiting, and what takes place.
CALM = ((0, EVERYTHING), (20, UNTAGGED), (25 * 60, UNTAGGED))


#: Where there is such a folder: a kill loses nothing that was written, so disks need not be waited
#: for.
_MEMORY = Path("/dev/shm")


class Workers:
    """The process that forks the runs, and the folder their schedules lie in.

    Attributes:
        empty: a new warehouse, to be copied: making one takes longer than most runs.
    """

    def __enter__(self) -> Workers:
        self.folder = Path(mkdtemp(prefix="torture-", dir=_MEMORY if _MEMORY.is_dir() else None))
        self.empty = self.folder / "empty.duckdb"
        with warehouse.open_writer(self.empty):
            pass
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"TMPDIR": str(self.folder)},  # clients look through all variables at each request
            text=True,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder)

    def run(self, orders: list[dict[str, Any]]) -> None:
        """Let runs take place at the same time; returns when all are over or dead."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(orders) + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "done\n":
            raise RuntimeError("the worker process has died")

    def seconds(self) -> float:
        """Return the processor time of all runs so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """What became of one run; without `result` it was killed.

    `is_limited`: a budget may have kept it from looking at everything.
    """

    at: datetime
    is_clean: bool
    platforms: tuple[str, ...]
    result: dict[str, Any] | None = None
    is_limited: bool = False

    @property
    def has_succeeded(self) -> bool:
        """Nothing failed, but for the brand that always does."""
        if self.result is None or self.result["errors"] or self.result["crash"]:
            return False
        return all(failure[0] == "Refused" for failure in self.result["failures"])


@dataclass
class Schedule:
    """Everything that happens in one seed's world.

    Attributes:
        is_big: ten thousand posts appear within a minute.
        is_short: one or two bad runs and two good ones instead of two to five and three.
        sabotage: a way in which the product is broken; see `sabotage.py`.
    """

    seed: int
    folder: Path
    workers: Workers
    is_big: bool = False
    is_short: bool = False
    sabotage: str = ""
    runs: list[Run] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    imported: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)  # noqa: S311
        self.now = worlds.START + self.rng.random() * timedelta(hours=2)
        self.platforms = self.rng.choice((("x",), ("x",), ("reddit",), ("x", "reddit")))
        self.has_hopeless = "x" in self.platforms and self.rng.random() < 0.3
        self.budget = (
            self.rng.choice((None, None, None, 2.0, 6.0)) if "x" in self.platforms else None
        )
        burst = self.rng.choice((0, 0, 0, 150, 350)) if not self.is_big else 10_000
        self.focus = SABOTAGES.get(self.sabotage)
        if self.focus:
            burst, self.budget = self.focus.burst or burst, self.focus.budget
        sizes = {
            name: worlds.Size(self.rng.randrange(8, 45), burst if name == "x" else burst // 2)
            for name in self.platforms
        }
        self.world = worlds.make(self.rng, sizes)
        self.saboteur = Saboteur(Random(self.seed + 1), lambda: self.now)  # noqa: S311
        dialect = self.rng.choice(("old", "new"))
        self.x = TortureX(XApp(self.world, lambda: self.now, dialect), self.saboteur)
        self.reddit = TortureReddit(
            RedditApp(self.world, lambda: self.now, limit=10**6), self.saboteur
        )
        self.x.app.limits["search"] = 10**6
        self.watchlist = self.folder / "watchlist.toml"
        self.landing = self.folder / "var" / "landing"
        self._write_watchlist(self.budget)
        if self.rng.random() < 0.97:
            self.landing.mkdir(parents=True)
            shutil.copy(self.workers.empty, self.folder / "var" / "warehouse.duckdb")

    def play(self) -> None:
        """Chaos, then calm."""
        with self.x, self.reddit:
            bad_runs = self.rng.randrange(1, 3) if self.is_short else self.rng.randrange(2, 6)
            for number in range(bad_runs):
                self._bad_run("prepare " if number == 0 else "")
            self._calm_down()

    def _bad_run(self, before: str) -> None:
        # of few runs none is wasted on fair weather
        self.saboteur.rate = self.rng.choice((0.3, 0.6) if self.is_short else (0.0, 0.1, 0.3, 0.6))
        self.saboteur.kinds = tuple(
            self.rng.sample(Saboteur.ALL, self.rng.randrange(2, len(Saboteur.ALL)))
        )
        steps = before + self.rng.choice((*ROUNDS, "collect", "load", "prepare collect load"))
        if self.rng.random() < 0.15:
            steps += " publish"
        how = self.rng.choice((None, None, None, "SIGKILL", "SIGKILL", *ACCIDENTS))
        if self.focus and (self.focus.faults or self.focus.accident):
            how = self.focus.accident
            self.saboteur.kinds = self.focus.faults or Saboteur.ALL
            self.saboteur.rate = self.focus.rate if self.focus.faults else 0.0
        self._write_late_posts()
        if how == "clock ahead, unnoticed":
            self._run_ahead()
        else:
            self._play(self._orders(steps, how), is_clean=False)
        if how:
            self.faults[how] += 1
        # what a damaged file has cost is not known, and would hide what an accident has
        if self.rng.random() < 0.3 and not (self.focus and self.focus.accident):
            self._damage_a_file()
        self._let_time_pass()

    def _write_late_posts(self) -> None:
        for maker in self.world.makers.values():
            maker.late(self.now)
            self.world.take(maker)

    def _run_ahead(self) -> None:
        """Our clock is hours ahead and no platform says what time it is; then it is set right."""
        ahead = timedelta(hours=self.rng.choice((3, 30)))
        servers = (self.x, self.reddit)
        clocks = [server.clock for server in servers]
        for server in servers:
            server.clock = None
        # X refuses windows that end in the future, so what it is asked for is cut off by a proxy.
        wrong = self._order(self.rng.choice(("collect", "collect load", "collect load tag")))
        wrong["now"] = (self.now + ahead).isoformat()
        self._play([wrong], is_clean=False)
        for server, clock in zip(servers, clocks, strict=True):
            server.clock = clock
        self.now += self.rng.choice((5, 60)) * MINUTES
        self._play([self._order("load")], is_clean=False)

    def _orders(self, steps: str, how: str | None) -> list[dict[str, Any]]:
        """One run, or two at once, with what happens to it."""
        first = self._order(steps)
        if how == "import":
            first["steps"].insert(self.rng.randrange(2), self._import())
            if self.rng.random() < 0.5:
                first["kill_at"] = int(10 ** (self.rng.random() * 2.2 + 1.8))
        elif how == "SIGKILL":
            first["kill_at"] = int(10 ** (self.rng.random() * 2.2 + 1.8))
        elif how == "disk full":
            first["most_bytes"] = int(10 ** (self.rng.random() * 3.7 + 2.5))
        elif how == "clock wrong":
            wrong_by = timedelta(hours=self.rng.choice((-40, -5, -0.5, 3, 30)))
            first["now"] = (self.now + wrong_by).isoformat()
        elif how == "two runs at once":
            second = self._order(self.rng.choice((EVERYTHING, "prepare collect")))
            for order in (first, second):
                order |= {"is_held": False, "is_alone": False}
            if self.rng.random() < 0.5:
                second["kill_at"] = int(10 ** (self.rng.random() * 2 + 2))
            return [first, second]
        return [first]

    def _import(self) -> str:
        """Write a file of posts: some that the platforms have too, some that nobody has."""
        shared = [
            post
            for name in self.platforms
            for post in self.world.on(name, self.now)
            if post.author and not post.edit_of and len(self.world.versions(post, self.now)) == 1
        ]
        records = [
            worlds.record(post, self.now)
            for post in self.rng.sample(shared, min(len(shared), self.rng.randrange(1, 8)))
        ]
        for number in range(3):
            name = f"{len(self.imported)}-{number}"
            mine = {"platform": "forum", "post_id": name, "author_id": "f1", "text": f"Hm {name}"}
            records.append(mine | {"created_at": self.now.isoformat()})
        path = self.folder / f"import-{len(self.imported)}.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        for record in records:
            self.imported.setdefault((record["platform"], record["post_id"]), self.now)
        return f"import:{path}"

    def _let_time_pass(self) -> None:
        last = self.runs[-1].result or {}
        again = [failure[1] for failure in last.get("failures", []) if failure[1]]
        pause = self.rng.choice((1, 5, 15, 15, 60, 300, 1500)) * MINUTES
        if again and self.rng.random() < 0.7:
            soonest = min(map(datetime.fromisoformat, again)) - self.now
            pause = min(max(soonest, MINUTES), timedelta(days=2))
        self.now += pause

    def _calm_down(self) -> None:
        self.saboteur.rate = 0.0
        self.world_ends = self.now
        if self.budget is not None:
            self._check_budget()
            self._write_watchlist(None)  # somebody raises the budget
        for pause, steps in (CALM[0], CALM[-1]) if self.is_short else CALM:
            self.now += pause * MINUTES
            self._write_late_posts()
            self._play([self._order(steps)], is_clean=True)

    def _check_budget(self) -> None:
        for month, thousandths in self.x.usd_of_month.items():
            spent = thousandths / 1000
            if self.budget is not None and spent > self.budget + 1e-9:
                self.findings.append(f"{month}: X has cost ${spent} of a budget of ${self.budget}")

    def _order(self, steps: str) -> dict[str, Any]:
        every = [
            f"collect:{name}" if step == "collect" else step
            for step in steps.split()
            for name in (self.platforms if step == "collect" else ("",))
        ]
        number = sum(1 for _ in self.folder.glob("result-*")) + self.rng.randrange(10**9)
        return {
            "watchlist": str(self.watchlist),
            "now": self.now.isoformat(),
            "steps": every,
            "sabotage": self.sabotage,
            "dialect": {"old": "tweet", "new": "post"}[self.x.app.dialect],
            "is_held": "publish" not in steps and self.rng.random() < 0.95,
            "urls": {"x": self.x.url, "reddit": self.reddit.url},
            "result": str(self.folder / f"result-{number}.json"),
        }

    def _play(self, orders: list[dict[str, Any]], is_clean: bool) -> None:
        self.workers.run(orders)
        for order in orders:
            path = Path(order["result"])
            text = path.read_text() if path.exists() else ""
            result = json.loads(text) if text else None
            collected = tuple(n for n in self.platforms if f"collect:{n}" in order["steps"])
            is_limited = self.budget is not None and not is_clean
            at = datetime.fromisoformat(order["now"])
            run = Run(at, is_clean, collected, result, is_limited or at != self.now)
            self.runs.append(run)
            if result and result["crash"]:
                self.findings.append("crash: " + result["crash"])
            if result:
                self.findings += result["findings"]
            if is_clean and not run.has_succeeded:
                why = {**(result or {}), "rows": "…"}
                self.findings.append(f"a clean run failed at {self.now}: {why}")

    def _damage_a_file(self) -> None:
        """Flip a bit of a landing file that is not loaded yet, or cut it off."""
        files = sorted(self.landing.rglob("*.jsonl.zst"))
        if not files:
            return
        path = self.rng.choice(files)
        content = bytearray(path.read_bytes())
        if self.rng.random() < 0.5 or not content:
            del content[self.rng.randrange(len(content) + 1) :]
        else:
            content[self.rng.randrange(len(content))] ^= 1 << self.rng.randrange(8)
        path.write_bytes(content)
        self.faults["landing file damaged"] += 1

    def _write_watchlist(self, budget: float | None) -> None:
        text = worlds.WATCHLIST.format(
            platforms=", ".join(f'"{name}"' for name in self.platforms),
            budget=f"[budget]\nx = {budget}" if budget is not None else "",
            other=worlds.HOPELESS if self.has_hopeless else "",
        )
        self.watchlist.write_text(text)
