"""Trains in several processes of one thread each; none of it is random but by seed."""

import logging
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import distributed, multiprocessing

from enrich.training.accurate.learn import SEED, learn, plan
from enrich.training.accurate.network import Network
from enrich.training.accurate.sets import FIFTH, FIRST, FOURTH, SECOND, SIXTH, THIRD, Reader

OUTPUTS = {
    "intents": 4,
    "sentiment": 3,
    "sentiment_railway": 3,
    "reply_kind": 5,
    "complaint_en": 1,
    "asks": 2,
}
"""Heads, and how many outputs each has; those that do not tag only help the layers to learn."""

COURSE = (FIRST, SECOND, THIRD, FOURTH, FIFTH, FIFTH, SIXTH, SIXTH)


@dataclass(frozen=True)
class Course:
    """What is trained.

    Attributes:
        folder: Of the data.
        target: The file of the network, with checkpoints there on the way.
        corrections: What people have corrected, if that counts.
        workers: Processes.
        most: Steps of each round at most, 0 for all.
    """

    folder: Path
    target: Path
    corrections: Path | None = None
    workers: int = 2
    most: int = 0


def train(course: Course) -> None:
    """Trains and writes the network to a file."""
    course.target.with_suffix(".meeting").unlink(missing_ok=True)
    multiprocessing.spawn(_work, (course,), course.workers)  # type: ignore[no-untyped-call]


def _work(me: int, course: Course) -> None:
    logging.basicConfig(level=logging.WARNING if me else logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    meeting = f"file://{course.target.with_suffix('.meeting').absolute()}"
    distributed.init_process_group("gloo", meeting, rank=me, world_size=course.workers)
    torch.manual_seed(SEED)
    network = Network(OUTPUTS)
    reader = Reader(course.folder, course.corrections)
    torch.manual_seed(SEED + me)
    for number, part in enumerate(COURSE):
        order = SEED + number + (10 * me if part.apart else 0)
        batches = plan(reader.learnings(part), random.Random(order))  # noqa: S311 (no secret)
        learn(network, batches, part, None if me else course.target, course.most)
    distributed.destroy_process_group()


def load(path: Path) -> Network:
    """A network from its file."""
    network = Network(OUTPUTS)
    network.load_state_dict(torch.load(path))
    return network.eval()
