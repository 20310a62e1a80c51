"""`python -m enrich.bench`: posts per second and memory of tagging, on invented posts."""

import argparse
import json
import logging
import re
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from enrich.model import TextIn
from enrich.tagging import tag_texts
from enrich.workers import workers

log = logging.getLogger(__name__)
_REPLIES = Path(__file__).parent / "training" / "replies_own.jsonl"


def posts(count: int) -> list[TextIn]:
    """Invented posts of 60 to 200 characters, no two alike."""
    texts = [json.loads(line)["text"] for line in _REPLIES.read_text(encoding="utf-8").splitlines()]
    size = len(texts)
    return [
        {"text": f"@marke {texts[i % size]} {texts[(7 * i + i // size) % size]} #{i}"}
        for i in range(count)
    ]


@dataclass(frozen=True)
class Run:
    """What tagging took in one process, start-up left out.

    Attributes:
        began: When it began, in seconds by the clock.
        ended: When it ended.
        busy: Processor seconds.
        peak: Memory in MB, start-up included.
    """

    began: float
    ended: float
    busy: float
    peak: float


def run(count: int, model: str = "fast") -> Run:
    """Tags `count` posts."""
    some = posts(count)
    list(tag_texts(some[:512] if model == "fast" else some[:8], model))
    began, busy = time.time(), time.process_time()
    for _ in tag_texts(some, model):
        pass
    return Run(began, time.time(), time.process_time() - busy, own_peak())


def own_peak() -> float:
    """Peak memory of this process in MB (Linux).

    Not `ru_maxrss`: that starts with the peak of the process by which this one was started.
    """
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Runs it in as many processes as asked for."""
    parser = argparse.ArgumentParser(prog="python -m enrich.bench", description=__doc__)
    parser.add_argument("--model", default="fast", help="fast or accurate")
    parser.add_argument("--posts", type=int, help="10,000 for the fast model, 500 for others")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    count = options.posts or (10_000 if options.model == "fast" else 500)
    started = time.time()
    with workers(options.processes) as pool:
        tagged = partial(run, model=options.model)
        runs = list(pool.map(tagged, [count] * options.processes))
    posts_all, ended = count * options.processes, max(one.ended for one in runs)
    log.info("posts/s if each process has a core: %.0f", sum(count / one.busy for one in runs))
    log.info("posts/s by the clock: %.0f", posts_all / (ended - min(one.began for one in runs)))
    log.info("posts/s by the clock, start-up included: %.0f", posts_all / (ended - started))
    log.info("peak memory of a process: %.0f MB", max(one.peak for one in runs))


if __name__ == "__main__":
    main()
