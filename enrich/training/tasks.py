"""What each head learns from: texts, labels, weights, and which of them are held out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS
from enrich.training import data
from enrich.training.data import Row
from enrich.training.fit import Array
from enrich.training.hints import HINTS

HELD_OUT = 0
"""The fold that is held out."""

UNSURE = 0.6
"""How much a row counts that the labeller was unsure of."""

INTENT_FILE = "intent/customer_intent_labelled.jsonl"
REPLY_FILE = "replies/reply_kind_labelled.jsonl"


@dataclass(frozen=True)
class Task:
    """What one head learns.

    Attributes:
        name: Of the head.
        labels: Its outputs.
        exclusive: Whether exactly one label holds.
        l2: Strength of the penalty.
        hints: Names of the other sets whose outputs it may use.
        texts: All texts.
        y: A column per label, probabilities from 0 to 1.
        weight: How much each text counts.
        held: Which texts are held out; only texts labelled by a person are.
        groups: Language of each text.
        domains: Of each text, "" for none: each is left out once, for measuring.
        others: Further sets to measure on: texts and labels by name.
    """

    name: str
    labels: tuple[str, ...]
    exclusive: bool
    l2: float
    hints: tuple[str, ...]
    texts: list[str]
    y: Array
    weight: Array
    held: Array
    groups: list[str]
    domains: list[str] = field(default_factory=list)
    others: dict[str, tuple[list[str], Array]] = field(default_factory=dict)


def intents(folder: Path) -> Task:
    """The four intents: the given rows, those that we labelled, and posts of our own writing."""
    given = data.training_rows(folder, INTENT_FILE)
    own = data.labels_own(folder) + data.own("posts_own")
    texts = [row["text"] for row in given + own]
    y = np.array([data.flags(row) for row in given + own], float)
    weight = np.array([_sureness(row) for row in given + own])
    return Task(
        name="intents",
        labels=INTENTS,
        exclusive=False,
        l2=4e-5,
        hints=tuple(hint.name for hint in HINTS),
        texts=texts,
        y=y,
        weight=weight,
        held=_held(given, len(texts)),
        groups=[row["lang"] for row in given + own],
        domains=[data.domain(row) for row in given] + [""] * len(own),
    )


def sentiment(folder: Path) -> Task:
    """Sentiment over four sets of different manner, the large English one thinned.

    In the general sets the rare feelings count more, as no reader wants all to be neutral; the
    railway set keeps its proportions, and so teaches that posts about a company often are.
    """
    rows: list[Row] = []
    weights: list[Array] = []
    for source in data.sources():
        if source.use == "train" and "sentiment" in source.heads:
            found = data.training_rows(folder, source.file)
            some = [row for row in found if row["sentiment"] in SENTIMENTS]
            some = some[:: 1 + len(some) // 24_000]
            one_company = source.file.startswith("sentiment/germeval")
            rows += some
            weights.append(np.full(len(some), 1.5) if one_company else _evened(_feelings(some)))
    measured = [s for s in data.sources() if s.use == "measure" and "sentiment" in s.heads]
    return Task(
        name="sentiment",
        labels=SENTIMENTS,
        exclusive=True,
        l2=3e-5,
        hints=("complaint_en", "emotions", "stars"),
        texts=[row["text"] for row in rows],
        y=_feelings(rows),
        weight=np.concatenate(weights),
        held=_held(rows, len(rows)),
        groups=[row["lang"] for row in rows],
        others={s.what: _labelled(data.rows(folder, s.file)) for s in measured},
    )


def reply_kind(folder: Path) -> Task:
    """The kinds of replies: labelled ones, and replies of our own writing."""
    given, own = data.training_rows(folder, REPLY_FILE), data.own("replies_own")
    texts = [row["text"] for row in given + own]
    return Task(
        name="reply_kind",
        labels=REPLY_KINDS,
        exclusive=True,
        l2=8e-5,
        hints=("asks", "emotions", "feedback", "sentiment_en", "sentiment_de"),
        texts=texts,
        y=np.eye(5)[[REPLY_KINDS.index(row["kind"]) for row in given + own]],
        weight=np.array([_sureness(row) for row in given + own]),
        held=_held(given, len(texts)),
        groups=[row["lang"] for row in given + own],
    )


TASKS = (intents, sentiment, reply_kind)


def labelled_keys(folder: Path) -> set[str]:
    """Keys of all texts that heads are measured on, so that hints leave them out."""
    files = [INTENT_FILE, REPLY_FILE] + [
        s.file for s in data.sources() if s.use == "measure" and s.heads
    ]
    found = {data.key(row["text"]) for file in files for row in data.rows(folder, file)}
    return found | {data.key(row["text"]) for row in data.labels_own(folder)}


def _labelled(rows: Sequence[Row]) -> tuple[list[str], Array]:
    some = [row for row in rows if row["sentiment"] in SENTIMENTS]
    return [row["text"] for row in some], _feelings(some)


def _feelings(rows: Sequence[Row]) -> Array:
    return np.eye(3)[[SENTIMENTS.index(row["sentiment"]) for row in rows]]


def _evened(y: Array) -> Array:
    """Weights that make labels nearly as heavy as each other (the power 1 would make them so)."""
    share = y.mean(axis=0)
    return np.asarray(y @ (1.0 / (len(share) * share)) ** 0.85)


def _sureness(row: Row) -> float:
    return 1.0 if row.get("sure", 1) else UNSURE


def _held(first: Sequence[Row], count: int) -> Array:
    held = np.zeros(count, bool)
    held[: len(first)] = [data.fold(row["text"]) == HELD_OUT for row in first]
    return held
