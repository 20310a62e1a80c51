"""`python -m enrich.train --data ../shared/data`: trains the fast model, writes weights and card.

Deterministic: no random numbers, folds by the hash of the text. One fifth of each labelled set is
held out first, to calibrate and to measure; what ships is then fitted to all of it, with that
calibration.
"""

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from enrich.arrays import write_arrays
from enrich.components.heads import sigmoid, softmax
from enrich.features import read
from enrich.tok2vec import Tok2Vec
from enrich.training import card
from enrich.training.fit import (
    Array,
    best_cuts,
    fit_by_domain,
    fit_with_hints,
    matrix,
    platt,
)
from enrich.training.hidden import Hidden, fit_hidden
from enrich.training.hints import hint_weights, join
from enrich.training.tasks import EVERYWHERE, OTHERS, Task, intents, labelled_keys, railway
from enrich.training.tok2vec import fit_tok2vec
from enrich.weights import FOLDER, HIDDEN, pack
from enrich.workers import workers

log = logging.getLogger(__name__)

UNITS, WORDS = 0.4, 0.4
"""How much hidden units have to say, with the linear head learnt beside them, and what reads words
in their order; the head that knows the hints has the rest."""

ROUGH = 15
"""Steps of the largest weight where very many are added up: a quarter less to ship, and not one
figure moves by more than .002."""

Hints = dict[str, tuple[Array, Array]]


def train(
    task: Task,
    hints: Hints,
    gate: Callable[[csr_matrix], Array] | None = None,
    held_out: bool = False,
) -> tuple[dict[str, Any], dict[str, Array], card.Measured]:
    """One head (or two, by domain): facts, arrays, and what it scored on the held-out fold.

    `gate` says how much texts are about a railway; a task that is learnt by domain needs it.
    What ships has learnt from all texts, unless some are to be `held_out` for a measurement.
    """
    counted, held, extra = task.counted, task.held, join(hints, task.hints)
    x = matrix(_of(task.texts, counted))
    shares = gate if task.by_domain and gate else lambda _: None
    share = shares(x)
    log.info("%s: %d texts, %d of them held out", task.name, len(task.texts), held.sum())
    fitted = _fitted(task, x, ~held, extra, share)
    logits = fitted(_of(task.texts, held), _some(share, held[counted]))
    truth, counts = task.y[held], counted[held]
    scale, shift = calibration(task, logits[counts], truth[counts])
    shift = shift + task.lean
    p = _activated(task, logits * scale + shift)
    cuts = [0.0] * p.shape[1] if task.exclusive else best_cuts(p, task.labels)
    groups = [row for row, out in zip(task.groups, held, strict=True) if out]
    others = {}
    if not held_out:
        others = left_out(task, x, extra)
        fitted = _fitted(task, x, np.ones(len(held), bool), extra, share)
    for name, (texts, labels) in task.others.items():
        said = fitted(texts, shares(matrix(texts))) * scale + shift
        others[name] = _activated(task, said), labels
    measured = card.Measured(task.labels, task.exclusive, p, truth, groups, others)
    facts = {
        "labels": list(task.labels),
        "scale": _short(scale),
        "shift": _short(shift),
        "cuts": _short(cuts),
    }
    arrays: dict[str, Array] = {}
    names = (task.name, f"{task.name}_railway")[: len(fitted.heads)]
    for name, (w, bias) in zip(names, fitted.heads, strict=True):
        arrays |= _packed(name, w, bias)
    heads = dict.fromkeys(names, facts)
    if fitted.hidden and fitted.reader:
        more, found = _packed_hidden(fitted.hidden)
        heads, arrays = heads | more, arrays | found | _packed_reader(fitted.reader)
    return heads, arrays, measured


@dataclass(frozen=True)
class Fitted:
    """A head as it was learnt.

    Attributes:
        heads: Weights and bias; two of them where posts about a railway have their own.
        hidden: Units beside them, if any; what these have of a linear head is in `heads`.
        reader: What reads words in their order, if anything does; what it says is added, too.
    """

    heads: list[tuple[Array, Array]]
    hidden: Hidden | None = None
    reader: Tok2Vec | None = None

    def __call__(self, texts: Sequence[str], share: Array | None = None) -> Array:
        """Logits, one row per text, which are so much about a railway."""
        x = matrix(texts)
        logits = [np.asarray(x @ w + b) for w, b in self.heads]
        found = logits[0]
        if share is not None:
            found = (1 - share)[:, None] * logits[0] + share[:, None] * logits[1]
        if self.hidden:
            found = found + self.hidden(x)
        if self.reader:
            parts = [texts[at : at + 256] for at in range(0, len(texts), 256)]
            found = found + np.concatenate([self.reader(read(part)) for part in parts])
        return np.asarray(found)


def _fitted(
    task: Task, x: csr_matrix, rows: Array, extra: tuple[Array, Array], share: Array | None
) -> Fitted:
    """What is learnt from some rows; `x` and `share` are of those that count for a linear head."""
    mine, some = rows[task.counted], rows & task.counted
    y, weight = task.y[some], task.weight[some]
    w, b = fit_with_hints(x[mine], y, weight, task.l2, task.exclusive, extra)
    heads = [(w, b)]
    if share is not None:
        at = [task.labels.index(label) for label in task.by_domain]
        heads = []
        for own, bias in fit_by_domain(x[mine], y[:, at], weight, task.l2, extra, share[mine]):
            heads.append((w.copy(), b.copy()))
            heads[-1][0][:, at], heads[-1][1][at] = own, bias
    if task.deep is None:
        return Fitted(heads)
    texts, y, weight = _of(task.texts, rows), task.y[rows], task.deep[rows]
    reader = fit_tok2vec(texts, y, weight).times(WORDS)
    linear, hidden = fit_hidden(matrix(texts), y, weight)
    rest = 1 - UNITS - WORDS
    return Fitted(
        [(rest * w + UNITS * linear[0], rest * b + UNITS * linear[1]) for w, b in heads],
        replace(hidden, out=UNITS * hidden.out),
        reader,
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


def _some(values: Array | None, rows: Array) -> Array | None:
    return None if values is None else np.asarray(values[rows])


def gate_of(facts: dict[str, Any], arrays: dict[str, Array]) -> Callable[[csr_matrix], Array]:
    """What tells how much texts are about a railway, from the head of that name as it ships."""
    weights = arrays["railway.weights"].astype(np.float32) * arrays["railway.step"]
    scale, shift = facts["railway"]["scale"][0], facts["railway"]["shift"][0]

    def share(x: csr_matrix) -> Array:
        logits = np.asarray(x @ weights + arrays["railway.bias"])
        return np.asarray(sigmoid(logits[:, 0] * scale + shift))

    return share


def left_out(
    task: Task, x: csr_matrix, extra: tuple[Array, Array]
) -> dict[str, tuple[Array, Array]]:
    """What the head says about a domain that it was trained without, for each domain."""
    found: dict[str, tuple[Array, Array]] = {}
    if not task.domains:
        return found
    counted = task.counted
    domains, y, weight = np.array(task.domains)[counted], task.y[counted], task.weight[counted]
    given = (np.arange(len(counted)) < task.given)[counted]
    for name in sorted(set(task.domains) - {"", EVERYWHERE}):
        rest = (domains != name) & (domains != EVERYWHERE)
        w, b = fit_with_hints(x[rest], y[rest], weight[rest], task.l2, task.exclusive, extra)
        out = (domains == name) & given
        logits, truth = np.asarray(x[out] @ w + b), y[out]
        scale, shift = calibration(task, logits, truth)
        found[name] = _activated(task, logits * scale + shift), truth
    return found


def _activated(task: Task, logits: Array) -> Array:
    return np.asarray((softmax if task.exclusive else sigmoid)(np.asarray(logits)))


def calibration(task: Task, logits: Array, truth: Array) -> tuple[Array, Array]:
    """Platt scaling for each label by itself; one temperature where exactly one label holds."""
    count = len(task.labels)
    if not task.exclusive:
        pairs = np.array([platt(logits[:, j], truth[:, j]) for j in range(count)])
        return pairs[:, 0], pairs[:, 1]
    temperatures = np.geomspace(0.2, 5.0, 60)
    losses = [
        -np.log((softmax(logits * t) * truth).sum(axis=1) + 1e-9).mean() for t in temperatures
    ]
    return np.full(count, temperatures[int(np.argmin(losses))]), np.zeros(count)


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
    heads, arrays, scores = train(railway(options.data), hints, held_out=options.held_out)
    measured = {"railway": scores}
    make = partial(_trained, options, hints, dict(heads), dict(arrays))
    with workers(options.processes, "fork") as pool:
        tasks = [partial(intents, corrections=options.corrections), *OTHERS]
        for name, facts, found, scores in pool.map(make, tasks):
            heads |= facts
            arrays |= found
            measured[name] = scores
    options.to.mkdir(parents=True, exist_ok=True)
    write_arrays(options.to / "weights.npz", arrays)
    (options.to / "model.json").write_text(
        json.dumps({"heads": heads}, indent=1) + "\n", encoding="utf-8"
    )
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
    options: argparse.Namespace,
    hints: Hints,
    facts: dict[str, Any],
    arrays: dict[str, Array],
    make: Callable[[Path], Task],
) -> tuple[str, dict[str, Any], dict[str, Array], card.Measured]:
    task = make(options.data)
    return (task.name, *train(task, hints, gate_of(facts, arrays), options.held_out))


def _short(values: Array | list[float]) -> list[float]:
    return [round(float(value), 5) for value in values]


if __name__ == "__main__":
    main()
