"""Horchposten beside obsei 1.1.1, the open program that is nearest to it, on the same posts.

    python -m bench.obsei [POSTS] --obsei-python PATH

PATH is the Python of an environment that has obsei, never of ours: obsei wants another DuckDB.
10,000 posts unless told otherwise; obsei takes about a minute for them, twice. Each program runs in
processes of its own, its start included. Prints seconds by the clock and of the processor, peak
memory, and how many times as long obsei takes. docs/measurements.md says what is not alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.pipeline import home_in, steps_of, write

WANTED = "1.1.1"
HINT = (
    "obsei is not asked; get it by `python3 -m venv obsei && obsei/bin/pip install "
    f"obsei=={WANTED}`, then add --obsei-python obsei/bin/python"
)
_OBSEI = Path(__file__).with_name("obsei_run.py")
_ASKED = "import importlib.metadata as m; print(m.version('obsei'))"


@dataclass(frozen=True)
class Cost:
    """What one program took; `megabytes` is the peak of its largest process."""

    clock: float
    processor: float
    megabytes: float


def main() -> None:
    """Measure what the command line asks for."""
    asked = _parser().parse_args()
    if not (asked.ours or _has_obsei(asked.obsei_python)):
        print(HINT)
        return
    with tempfile.TemporaryDirectory() as folder:
        if asked.ours:
            _ours(asked.ours, Path(folder), asked.whole)
            return
        file = Path(folder) / "posts.jsonl"
        write(file, asked.posts)
        ours = [sys.executable, "-m", "bench.obsei", "--ours", str(file)]
        stored = _measured("horchposten: import", ours, asked.posts)
        whole = _measured("horchposten: whole way", [*ours, "--whole"], asked.posts)
        theirs = [asked.obsei_python, "-P", str(_OBSEI), str(file), folder]
        _compared(_measured("obsei: redact, store", theirs, asked.posts), stored, "import")
        (Path(folder) / "obsei.duckdb").unlink()
        labelled = _measured("obsei: and classify", [*theirs, "classify"], asked.posts)
        _compared(labelled, whole, "the whole way")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.obsei")
    parser.add_argument("posts", nargs="?", type=int, default=10_000)
    parser.add_argument("--obsei-python", default=sys.executable, metavar="PATH")
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)  # how it calls itself
    parser.add_argument("--whole", action="store_true", help=argparse.SUPPRESS)
    return parser


def _ours(file: Path, folder: Path, whole: bool) -> None:
    steps = steps_of(home_in(folder), file)
    del steps["import again"]
    for name, step in steps.items():
        if whole or name == "import":
            step()


def _has_obsei(python: str) -> bool:
    try:
        told = subprocess.check_output([python, "-c", _ASKED], text=True, stderr=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return False
    return told.strip() == WANTED


def _measured(name: str, command: list[str], count: int) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - started
    if status:
        sys.exit(f"{name}: {command[0]} failed")
    cost = Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    print(
        f"{name:<24}{cost.clock:8.1f} s {cost.processor:8.1f} s CPU"
        f" {count / cost.processor:>8,.0f} posts per CPU second {cost.megabytes:6.0f} MB",
        flush=True,
    )
    return cost


def _compared(theirs: Cost, ours: Cost, name: str) -> None:
    print(
        f"obsei takes {theirs.clock / ours.clock:.1f} times as long as {name} by the clock,"
        f" {theirs.processor / ours.processor:.1f} times of the processor"
    )


if __name__ == "__main__":
    main()
