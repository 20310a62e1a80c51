"""Trains in several processes of one thread each; none of it is random but by seed."""

import logging
import random
from pathlib import Path

import torch
from torch import distributed, multiprocessing

from enrich.training.accurate.learn import SEED, learn, plan
from enrich.training.accurate.network import Lower, Network
from enrich.training.accurate.sets import FIRST, SECOND, Reader

OUTPUTS = {"intents": 4, "sentiment": 3, "reply_kind": 5, "complaint_en": 1, "asks": 2}
"""Heads, and how many outputs each has; the last two only help the layers to learn."""


def train(folder: Path, target: Path, workers: int) -> None:
    """Trains and writes the network to a file, with checkpoints there on the way.

    Args:
        folder: Of the data.
        target: The file.
        workers: Processes.
    """
    meeting = target.with_suffix(".meeting")
    meeting.unlink(missing_ok=True)
    multiprocessing.spawn(  # type: ignore[no-untyped-call]
        _work, (workers, folder, target, meeting), workers
    )


def _work(me: int, workers: int, folder: Path, target: Path, meeting: Path) -> None:
    logging.basicConfig(level=logging.WARNING if me else logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", f"file://{meeting}", rank=me, world_size=workers)
    torch.manual_seed(SEED)
    network, lower, reader = Network(OUTPUTS), Lower(), Reader(folder)
    torch.manual_seed(SEED + me)
    for number, part in enumerate((FIRST, SECOND)):
        batches = plan(reader.learnings(part), random.Random(SEED + number))  # noqa: S311 (no secret)
        learn(network, lower, batches, part.step, target if me == 0 else None)
    distributed.destroy_process_group()


def load(path: Path) -> Network:
    """A network from its file."""
    network = Network(OUTPUTS)
    network.load_state_dict(torch.load(path))
    return network.eval()
