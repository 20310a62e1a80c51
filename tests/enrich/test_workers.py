"""Processes that help one which is killed do not stay behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

PARENT = """
import os, sys, time
from enrich.workers import workers
if __name__ == "__main__":
    with workers(2, sys.argv[1]) as pool:
        print(*{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
        pool.submit(time.sleep, 60)
        time.sleep(60)
"""


@pytest.mark.parametrize("start", ["spawn", "fork"])
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_process_that_is_killed(
    tmp_path: Path, start: str, way: signal.Signals
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, script, start], stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout
        children = [int(number) for number in parent.stdout.readline().split()]
        assert children
        assert all(alive(child) for child in children)
        parent.send_signal(way)
        parent.wait()
        until = time.monotonic() + 20
        while any(alive(child) for child in children) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(alive(child) for child in children)


def alive(process: int) -> bool:
    """Whether it runs: one that has ended may still wait to be counted by whoever inherits it."""
    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
