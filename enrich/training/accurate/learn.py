"""One run of training: batches of like length, falling steps, a checkpoint now and then."""

import logging
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from enrich.training.accurate.network import Network
from enrich.training.accurate.sets import Learning, Round

log = logging.getLogger(__name__)

SEED = 4
BATCH = 32
HEAD_STEP = 5.0
"""How much larger the step of heads is than that of the uppermost layer."""
LOWER_STEP = 0.9
"""How much smaller the step of each layer is than that of the one above."""
LEFT_OUT = 0.06
"""Share of the pieces that a text goes without in noisy rounds."""
WARM_UP = 50
MEETING = 20
"""Workers average their weights after so many steps."""
REMEMBERED = 0.93
"""How much of the weights before stays in what comes out at each meeting: a mean over some 300
steps, which is steadier than where the last one led."""

Batch = tuple[Learning, list[int]]


def plan(learnings: Sequence[Learning], chance: random.Random) -> list[Batch]:
    """All batches: first all tasks mixed, then those that count."""
    early = [
        batch for each in learnings for _ in range(each.passes[0]) for batch in _cut(each, chance)
    ]
    late = [
        batch for each in learnings for _ in range(each.passes[1]) for batch in _cut(each, chance)
    ]
    chance.shuffle(early)
    chance.shuffle(late)
    return early + late


def _cut(learning: Learning, chance: random.Random) -> Iterator[Batch]:
    order = list(range(len(learning.texts)))
    chance.shuffle(order)
    for at in range(0, len(order), BATCH * 20):
        some = sorted(order[at : at + BATCH * 20], key=lambda one: len(learning.texts[one]))
        for start in range(0, len(some), BATCH):
            yield learning, some[start : start + BATCH]


def shortened(text: tuple[int, ...]) -> tuple[int, ...]:
    """A text without some of its pieces, so that none of it is learnt by heart."""
    gone = torch.rand(len(text)) < LEFT_OUT
    gone[0] = gone[-1] = False
    return tuple(piece for piece, is_gone in zip(text, gone.tolist(), strict=True) if not is_gone)


def loss_of(network: Network, batch: Batch, noisy: bool = False) -> Tensor:
    """How wrong the network is about a batch."""
    learning, some = batch
    texts = [learning.texts[at] for at in some]
    logits = network.heads[learning.head](
        network([shortened(text) for text in texts] if noisy else texts)
    )
    y = torch.tensor(learning.y[some], dtype=torch.float32)
    weight = torch.tensor(learning.weight[some], dtype=torch.float32)
    if learning.exclusive:
        each = functional.cross_entropy(logits, 0.95 * y + 0.05 / y.shape[1], reduction="none")
        return (each * weight[:, 0]).mean()
    found = functional.binary_cross_entropy_with_logits(logits, 0.98 * y + 0.01, reduction="none")
    return 2 * (found * weight).mean()


def learn(
    network: Network, batches: Sequence[Batch], part: Round, target: Path | None, most: int = 0
) -> None:
    """Trains on a worker's share of the batches, in their order, or on all of them if `apart`.

    Workers are processes of one thread each (`torch.distributed`); now and then they average their
    weights, so that none waits for the other at each step.

    Args:
        network: What learns.
        batches: Of all workers.
        part: The round: how large the first steps are, and what learns.
        target: Where the network goes, on the way too; None for all workers but the first.
        most: Batches of a worker at most, 0 for all: to see that it works.
    """
    me, all_of_us = distributed.get_rank(), distributed.get_world_size()
    if not part.apart:
        batches = batches[: len(batches) // all_of_us * all_of_us][me::all_of_us]
    batches = batches[: most or None]
    before = {name: weights.clone() for name, weights in network.state_dict().items()}
    network.learns(part.layers, part.noisy)
    optimizer, steps = _optimizer(network, part.step, len(batches))
    network.train()
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(REMEMBERED))
    started, sums = time.time(), dict[str, list[float]]()
    for at, batch in enumerate(batches, 1):
        loss = loss_of(network, batch, part.noisy)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        steps.step()
        sums.setdefault(batch[0].head, []).append(loss.item())
        if at % MEETING == 0 or at == len(batches):
            if not part.apart:
                average(network)
            mean.update_parameters(network)
        if at % (2 * MEETING) == 0 and target:
            recent = {head: round(sum(v[-20:]) / len(v[-20:]), 3) for head, v in sums.items()}
            log.info("%d of %d, %.0f s: %s", at, len(batches), time.time() - started, recent)
            torch.save(mean.module.state_dict(), target)
    found = mean.module.state_dict()
    network.load_state_dict({k: torch.lerp(found[k], before[k], part.kept) for k in found})
    if part.apart:
        average(network)
    if target:
        torch.save(network.state_dict(), target)


def _optimizer(
    network: Network, step: float, count: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    groups: list[dict[str, Any]] = [
        {"params": list(layer.parameters()), "lr": step * LOWER_STEP**depth}
        for depth, layer in enumerate(reversed(list(network.layers)))
        if any(weights.requires_grad for weights in layer.parameters())
    ]
    groups.append({"params": list(network.heads.parameters()), "lr": step * HEAD_STEP})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / WARM_UP, max(0.01, 1 - at / count))
    )


@torch.no_grad()
def average(network: Network) -> None:
    """Gives all workers the mean of their weights."""
    for weights in network.parameters():
        distributed.all_reduce(weights)
        weights /= distributed.get_world_size()
