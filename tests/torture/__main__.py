"""Play many schedules and count: `python -m tests.torture 1000`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from tests.torture.judge import Verdict, judge
from tests.torture.sabotage import SABOTAGES
from tests.torture.schedule import Schedule, Workers


def play(seed: int, workers: Workers, **how: Any) -> Verdict:  # noqa: ANN401 -- as Schedule has
    """Play one schedule in a folder of its own and judge it.

    Args:
        seed: decides everything that happens.
        workers: where it takes place.
        how: `is_big`, `is_short`, `sabotage`; see `Schedule`.
    """
    folder = workers.folder / str(seed)
    folder.mkdir()
    try:
        schedule = Schedule(seed, folder, workers, **how)
        schedule.play()
        return judge(schedule)
    finally:
        shutil.rmtree(folder)


def seeds_until_noticed(sabotage: str, workers: Workers, most: int, first: int) -> int | None:
    """Return how many schedules it takes to notice that the product is broken in one way."""
    for number in range(most):
        if play(first + number, workers, sabotage=sabotage).problems:
            return number + 1
    return None


def main(arguments: list[str]) -> int:
    """Play schedules and print a table of what they have shown."""
    wanted = _arguments(arguments)
    if wanted.sabotage is not None:
        return _sabotage(wanted)
    verdicts: list[Verdict] = []
    # Stopped by Ctrl-C it tells what there is by then.
    with Workers() as workers, suppress(KeyboardInterrupt):
        for seed in range(wanted.first, wanted.first + wanted.number):
            began = time.monotonic(), time.process_time() + workers.seconds()
            verdict = play(seed, workers, is_short=wanted.short)
            verdict.seconds = time.monotonic() - began[0]
            verdict.cpu_seconds = time.process_time() + workers.seconds() - began[1]
            verdicts.append(verdict)
            _note(seed, verdict, wanted.log)
    if wanted.log:
        verdicts = list(_noted(wanted.log))
    print(table(verdicts))  # noqa: T201
    return int(any(verdict.problems for verdict in verdicts))


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=60, help="how many schedules")
    parser.add_argument("first", type=int, nargs="?", default=0, help="seed of the first one")
    parser.add_argument(
        "--sabotage", nargs="*", metavar="NAME", choices=[*SABOTAGES, []],
        help="break the product and see whether anybody notices within so many schedules",
    )  # fmt: skip
    parser.add_argument("--short", action="store_true", help="fewer runs each, as `make test` does")
    parser.add_argument("--log", type=Path, help="add verdicts to this file, and sum all of it up")
    return parser.parse_args(arguments)


def _sabotage(wanted: argparse.Namespace) -> int:
    unnoticed = 0
    with Workers() as workers:
        for name in wanted.sabotage or SABOTAGES:
            needed = seeds_until_noticed(name, workers, wanted.number, wanted.first)
            said = f"noticed by schedule {needed}" if needed else "NOT NOTICED"
            print(f"{name}: {said}", flush=True)  # noqa: T201
            unnoticed += needed is None
    return int(unnoticed > 0)


def _note(seed: int, verdict: Verdict, log: Path | None) -> None:
    for problem in verdict.problems:
        print(f"seed {seed}: {problem}", flush=True)  # noqa: T201
    if log:
        with log.open("ab") as file:
            file.write(orjson.dumps({"seed": seed, **vars(verdict)}) + b"\n")


def _noted(log: Path) -> Iterator[Verdict]:
    for line in log.read_bytes().splitlines():
        noted = orjson.loads(line)
        del noted["seed"]
        yield Verdict(**{**noted, "faults": Counter(noted["faults"])})


def table(verdicts: list[Verdict]) -> str:
    """Sum up in the form of a Markdown table."""
    faults: Counter[str] = sum((verdict.faults for verdict in verdicts), Counter())
    rows = [
        ("schedules", len(verdicts)),
        ("posts times topics in the worlds", sum(v.posts for v in verdicts)),
        ("of these stored", sum(v.stored for v in verdicts)),
        ("of these in true gaps", sum(v.in_gaps for v in verdicts)),
        ("faults", faults.total()),
        *((f"— {kind}", count) for kind, count in sorted(faults.items())),
        ("lost", sum(len(v.lost) for v in verdicts)),
        ("duplicated", sum(len(v.duplicated) for v in verdicts)),
        ("false gaps", sum(len(v.false_gaps) for v in verdicts)),
        ("other broken promises", sum(len(v.wrong) for v in verdicts)),
        ("seconds", round(sum(v.seconds for v in verdicts))),
        ("seconds of processor time", round(sum(v.cpu_seconds for v in verdicts))),
    ]
    return "\n".join(["| | |", "|---|---:|", *(f"| {name} | {count:,} |" for name, count in rows)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
