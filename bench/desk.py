"""How long the triage page takes with many open mentions: `python -m bench.desk [COUNT]`.

One process, no network: what the server itself needs, in seconds of the clock and, since other
work may take part of these, of the processor. The browser's side is measured by
`tests/desk/test_desk_browser.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from fastapi.testclient import TestClient

from desk import users
from desk.serve import app
from tests.desk import desk_sample as sample
from tests.desk.steps import mention_at, press

_TIMES = 15


def main(count: int = 10_000) -> None:
    """Fill a warehouse, and look at it."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        sample.fill(data, list(sample.flood(count)))
        users.add_user(data, "Ann", "korrekt pferd batterie")
        _measure(data, count)


def _measure(data: Path, count: int) -> None:
    page = app(data, lambda: sample.NOW)
    ann = TestClient(page, base_url="http://localhost", follow_redirects=False)
    ann.post("/login", data={"name": "Ann", "password": "korrekt pferd batterie"})
    print(f"{count} open mentions\n{'':34}{'clock':>10}{'processor':>12}")
    _tell("first list of a process", [_timed(lambda: ann.get("/"))])
    last = f"/?page={count // 50}"
    for name, path in (
        ("a list", "/"),
        ("a list, filtered", "/?list=complaints&reason=spill_over&owner=service"),
        ("its last page", last),
        ("one mention", mention_at(sample.post_id("flood-17"))),
    ):
        _tell(name, [_timed(lambda path=path: ann.get(path)) for _ in range(_TIMES)])
    pages = [ann.get(mention_at(sample.post_id(f"flood-{number}"))) for number in range(_TIMES)]
    _tell("an action", [_timed(lambda at=at: press(ann, at, "me", False)) for at in pages])
    _tell("the first list after an action", [_timed(lambda: ann.get("/"))])
    (data / "reader.duckdb").touch()  # what the page takes for a new copy
    _tell("the first list of a new copy", [_timed(lambda: ann.get("/"))])
    page.state.site.data.close()


def _timed(do: Callable[[], object]) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - began, time.process_time() - used


def _tell(name: str, took: list[tuple[float, float]]) -> None:
    clock, processor = (median(values) for values in zip(*took, strict=True))
    print(f"{name:34}{clock * 1000:7.0f} ms{processor * 1000:9.0f} ms", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
