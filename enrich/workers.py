"""Processes beside this one, which end when it ends: also when it is killed."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def workers(count: int, start: str = "spawn") -> ProcessPoolExecutor:
    """So many processes.

    Args:
        count: How many.
        start: "spawn" gives each a fresh interpreter; "fork" shares what this one holds, its
            threads' locks included.
    """
    return ProcessPoolExecutor(count, get_context(start), _follow)


def _follow() -> None:
    # A pool's process waits for work on a pipe that it holds open itself, so it would never learn
    # that nobody is left to send any.
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
