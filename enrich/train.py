"""`python -m enrich.train --data ../shared/data`: trains the fast model, writes weights and card.

Deterministic: random numbers by seed, folds by the hash of the text. One fifth of each labelled set
is held out first, to calibrate and to measure; what ships is then fitted to all of it, with that
calibration.
"""

import argparse
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from enrich.arrays import write_arrays
from enrich.components.heads import sigmoid, softmax
from enrich.features import read
from enrich.tok2vec import Tok2Vec
from enrich.training import card
from enrich.training.fit import (
    Array,
    best_cuts,
    fit_with_hints,
    matrix,
    platts,
    temperature,
)
from enrich.training.hidden import Hidden, fit_hidden
from enrich.training.hints import hint_weights, join
from enrich.training.tasks import EVERYWHERE, OTHERS, Task, intents, labelled_keys
from enrich.training.tok2vec import fit_tok2vec
from enrich.weights import FOLDER, HIDDEN, pack, write_card
from enrich.workers import workers

log = logging.getLogger(__name__)

UNITS = 0.4
"""How much hidden units have to say, with the linear head learnt beside them; what reads words in
their order has the rest."""

ROUGH = 15
"""Steps of the largest weight where very many are added up: a quarter less to ship, and not one
figure moves by more than .002."""

Hints = dict[str, tuple[Array, Array]]


def train(
    task: Task, hints: Hints, held_out: bool = False
) -> tuple[dict[str, Any], dict[str, Array], card.Measured]:
    """One head: facts, arrays, and what it scored on the held-out fold.

    What ships has learnt from all texts, unless some are to be `held_out` for a measurement.
    """
    held, extra = task.held, join(hints, task.hints)
    log.info("%s: %d texts, %d of them held out", task.name, len(task.texts), held.sum())
    fitted = _fitted(task, ~held, extra)
    logits = fitted(_of(task.texts, held))
    truth, counts = task.y[held], task.counted[held]
    scale, shift = calibration(task, logits[counts], truth[counts])
    shift = shift + task.lean
    p = _activated(task, logits * scale + shift)
    cuts = [0.0] * p.shape[1] if task.exclusive else best_cuts(p, task.labels)
    groups = [row for row, out in zip(task.groups, held, strict=True) if out]
    others = {}
    if not held_out:
        others = left_out(task, extra)
        fitted = _fitted(task, np.ones(len(held), bool), extra)
    for name, (texts, labels) in task.others.items():
        others[name] = _activated(task, fitted(texts) * scale + shift), labels
    measured = card.Measured(task.labels, task.exclusive, p, truth, groups, others)
    facts = {
        "labels": list(task.labels),
        "scale": _short(scale),
        "shift": _short(shift),
        "cuts": _short(cuts),
    }
    heads, arrays = {task.name: facts}, _packed(task.name, *fitted.linear)
    if fitted.hidden and fitted.reader:
        more, found = _packed_hidden(fitted.hidden)
        heads, arrays = heads | more, arrays | found | _packed_reader(fitted.reader)
    return heads, arrays, measured


@dataclass(frozen=True)
class Fitted:
    """A head as it was learnt.

    Attributes:
        linear: Weights and bias.
        hidden: Units beside them, if any.
        reader: What reads words in their order, if anything does; what it says is added, too.
    """

    linear: tuple[Array, Array]
    hidden: Hidden | None = None
    reader: Tok2Vec | None = None

    def __call__(self, texts: Sequence[str]) -> Array:
        """Logits, one row per text."""
        x = matrix(texts)
        found = np.asarray(x @ self.linear[0] + self.linear[1])
        if self.hidden:
            found = found + self.hidden(x)
        if self.reader:
            parts = [texts[at : at + 256] for at in range(0, len(texts), 256)]
            found = found + np.concatenate([self.reader(read(part)) for part in parts])
        return np.asarray(found)


def _fitted(task: Task, rows: Array, extra: tuple[Array, Array]) -> Fitted:
    """What is learnt from some rows."""
    some = rows & task.counted
    y, weight = task.y[some], task.weight[some]
    if not task.deep:
        x = matrix(_of(task.texts, task.counted))[rows[task.counted]]
        return Fitted(fit_with_hints(x, y, weight, task.l2, task.exclusive, extra))
    texts = _of(task.texts, some)
    (w, b), hidden = fit_hidden(matrix(texts), y, weight)
    reader = fit_tok2vec(texts, y, weight)
    return Fitted(
        (UNITS * w, UNITS * b), replace(hidden, out=UNITS * hidden.out), reader.times(1 - UNITS)
    )


def _packed(name: str, w: Array, bias: Array, steps: int = 127) -> dict[str, Array]:
    return {**_bytes(name, w, steps), f"{name}.bias": bias.astype(np.float32)}


def _bytes(name: str, w: Array, steps: int) -> dict[str, Array]:
    bytes_, step = pack(w, steps)
    return {f"{name}.weights": bytes_, f"{name}.step": step}


def _packed_hidden(hidden: Hidden) -> tuple[dict[str, Any], dict[str, Array]]:
    """Units are kept like a head, with what they add to the intents beside it."""
    count = len(hidden.out)
    facts = {
        "labels": [str(at) for at in range(count)],
        "scale": [1.0] * count,
        "shift": [0.0] * count,
        "cuts": [0.0] * count,
    }
    arrays = _packed(HIDDEN, hidden.weights, hidden.bias, ROUGH)
    return {HIDDEN: facts}, arrays | {f"{HIDDEN}.out": hidden.out.astype(np.float32)}


def _packed_reader(reader: Tok2Vec) -> dict[str, Array]:
    found: dict[str, Array] = {"tok2vec.net": np.frombuffer(reader.net.to_bytes(), np.uint8)}
    for name, vectors in (("known", reader.known), ("spelt", reader.spelt)):
        found |= _bytes(f"tok2vec.{name}", vectors, ROUGH)
    return found


def _of(texts: Sequence[str], rows: Array) -> list[str]:
    return [text for text, is_one in zip(texts, rows, strict=True) if is_one]


def left_out(task: Task, extra: tuple[Array, Array]) -> dict[str, tuple[Array, Array]]:
    """What a linear head says about a domain that it was trained without, for each domain."""
    found: dict[str, tuple[Array, Array]] = {}
    if not task.domains:
        return found
    some = np.array(task.domains) != EVERYWHERE
    x, y, weight = matrix(_of(task.texts, some)), task.y[some], task.weight[some]
    domains, given = np.array(task.domains)[some], np.flatnonzero(some) < task.given
    for name in sorted(set(domains.tolist()) - {""}):
        rest, out = domains != name, (domains == name) & given
        w, b = fit_with_hints(x[rest], y[rest], weight[rest], task.l2, task.exclusive, extra)
        logits, truth = np.asarray(x[out] @ w + b), y[out]
        scale, shift = calibration(task, logits, truth)
        found[name] = _activated(task, logits * scale + shift), truth
    return found


def _activated(task: Task, logits: Array) -> Array:
    return np.asarray((softmax if task.exclusive else sigmoid)(np.asarray(logits)))


def calibration(task: Task, logits: Array, truth: Array) -> tuple[Array, Array]:
    """Platt scaling for each label by itself; one temperature where exactly one label holds."""
    if not task.exclusive:
        return platts(logits, truth)
    count = len(task.labels)
    return np.full(count, temperature(logits, truth)), np.zeros(count)


def main(arguments: list[str] | None = None) -> None:
    """Trains all heads and writes `enrich/models/fast` and `docs/model-card.md`."""
    parser = argparse.ArgumentParser(prog="python -m enrich.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--to", type=Path, default=FOLDER / "fast", help="folder of the model")
    parser.add_argument(
        "--card", type=Path, default=Path("docs/model-card.md"), help="where the card goes"
    )
    parser.add_argument(
        "--corrections", type=Path, help="what `horch correct --export` wrote, to learn from too"
    )
    parser.add_argument(
        "--held-out", action="store_true", help="leave the held-out fold out, and write no card"
    )
    parser.add_argument("--processes", type=int, default=2, help="heads trained at a time")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    hints = hint_weights(options.data, labelled_keys(options.data), options.processes)
    heads: dict[str, Any] = {}
    arrays: dict[str, Array] = {}
    measured: dict[str, card.Measured] = {}
    make = partial(_trained, options, hints)
    with workers(options.processes, "fork") as pool:
        tasks = [partial(intents, corrections=options.corrections), *OTHERS]
        for name, facts, found, scores in pool.map(make, tasks):
            heads |= facts
            arrays |= found
            measured[name] = scores
    options.to.mkdir(parents=True, exist_ok=True)
    write_arrays(options.to / "weights.npz", arrays)
    write_card(options.to, {"heads": heads})
    if options.held_out:
        return
    measured["sentiment"] = mixed_sentiment(measured)
    card.write(options.card, options.data, options.to, measured)


def mixed_sentiment(measured: dict[str, card.Measured]) -> card.Measured:
    """What the two heads for sentiment say together, as `components.sentiment` mixes them."""
    general, towards, gate = (
        measured[name] for name in ("sentiment", "sentiment_railway", "railway")
    )

    def mix(one: Array, other: Array, share: Array) -> Array:
        return np.asarray((1 - share) * one + share * other)

    others = {
        name: (mix(said, towards.others[name][0], gate.others[name][0]), truth)
        for name, (said, truth) in general.others.items()
    }
    return replace(general, said=mix(general.said, towards.said, gate.said), others=others)


def _trained(
    options: argparse.Namespace, hints: Hints, make: Callable[[Path], Task]
) -> tuple[str, dict[str, Any], dict[str, Array], card.Measured]:
    task = make(options.data)
    return (task.name, *train(task, hints, options.held_out))


def _short(values: Array | list[float]) -> list[float]:
    return [round(float(value), 5) for value in values]


if __name__ == "__main__":
    main()
