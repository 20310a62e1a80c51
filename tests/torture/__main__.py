"""Play many schedules and count: `python -m tests.torture 1000`."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from contextlib import suppress

from tests.torture.judge import Verdict, judge
from tests.torture.schedule import Schedule, Workers


def play(seed: int, workers: Workers, is_big: bool = False) -> Verdict:
    """Play one schedule in a folder of its own and judge it."""
    folder = workers.folder / str(seed)
    folder.mkdir()
    try:
        schedule = Schedule(seed, folder, workers, is_big)
        schedule.play()
        return judge(schedule)
    finally:
        shutil.rmtree(folder)


def main(arguments: list[str]) -> int:
    """Play `arguments[0]` schedules from seed `arguments[1]` on, and print a table."""
    most = int(arguments[0]) if arguments else 60
    first = int(arguments[1]) if len(arguments) > 1 else 0
    began = time.monotonic()
    verdicts: list[Verdict] = []
    # Stopped by Ctrl-C it tells what there is by then.
    with Workers() as workers, suppress(KeyboardInterrupt):
        for seed in range(first, first + most):
            verdicts.append(play(seed, workers))
            for problem in verdicts[-1].problems:
                print(f"seed {seed}: {problem}", flush=True)  # noqa: T201
    print(table(verdicts, time.monotonic() - began))  # noqa: T201
    return int(any(verdict.problems for verdict in verdicts))


def table(verdicts: list[Verdict], seconds: float) -> str:
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
        ("seconds", round(seconds)),
    ]
    return "\n".join(["| | |", "|---|---:|", *(f"| {name} | {count:,} |" for name, count in rows)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
