"""What each head learns from: texts, labels, weights, and which of them are held out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS
from enrich.training import card, data, taught
from enrich.training.data import HELD_OUT, INTENT_FILE, REPLY_FILE, Row
from enrich.training.fit import Array

UNSURE = 0.6
"""How much a row counts that the labeller was unsure of."""

WRITTEN = 0.3
"""The same of a post of our own writing: they are more than the given ones, and of other trades."""

EVERYWHERE = "everywhere"
"""The domain of what the teacher has read, as it knows all, and of our posts, which are of all."""

RAILWAY_FILE = "sentiment/germeval2017_train_twitter_de.jsonl"


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
        domains: Of each text, "" for none: each is left out once, for measuring. `EVERYWHERE` is
            left out then too.
        given: How many of the first texts were labelled for this project's task by others: domains
            are measured on these.
        others: Further sets to measure on: texts and labels by name.
        deep: Whether there are texts enough for hidden units, and for what reads words in their
            order.
        lean: Added to the calibrated logits, where one mistake is worse than the other.
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
    given: int = 0
    others: dict[str, tuple[list[str], Array]] = field(default_factory=dict)
    lean: float = 0.0
    deep: bool = False

    @property
    def counted(self) -> Array:
        """Which texts teach anything."""
        return self.weight > 0


def intents(folder: Path, corrections: Path | None = None) -> Task:
    """The four intents: rows labelled by people, posts of our own, and what the teacher says.

    Args:
        folder: Of the data.
        corrections: What people have corrected, see `data.corrected`.
    """
    given, read = data.given(folder), data.labelled_by_us(folder)
    fixed, written = data.corrected(corrections), data.written()
    answered = taught.rows(folder, {data.key(row["text"]) for row in given + read})
    rows = given + read + fixed + written + answered
    texts = [row["text"] for row in rows]
    y = np.array([row.get("intents") or data.flags(row) for row in rows], float)
    sure = [sureness(row) for row in given + read + fixed]
    ours = [WRITTEN * sureness(row) for row in written]
    taken = [row["weight"] for row in answered]
    return Task(
        name="intents",
        labels=INTENTS,
        exclusive=False,
        l2=3e-5,
        hints=(),
        texts=texts,
        y=y,
        weight=np.array([*sure, *ours, *taken]),
        held=_held(given, len(texts)),
        groups=[row.get("lang", "") for row in rows],
        domains=[data.domain(row) for row in given + read]
        + [""] * len(fixed)
        + [EVERYWHERE] * len(written + answered),
        given=len(given),
        others={card.OWN: data.measured_own()},
        deep=True,
    )


def sentiment(folder: Path) -> Task:
    """Sentiment of posts in general.

    The rare feelings count more, as no reader wants all posts to be neutral.
    """
    return _sentiment(folder, "sentiment", lambda file, y: _evened(y) * (file != RAILWAY_FILE))


def sentiment_railway(folder: Path) -> Task:
    """Sentiment towards a railway, as its set has it: most posts about a company are neutral."""
    task = _sentiment(folder, "sentiment_railway", lambda file, _: float(file == RAILWAY_FILE))
    return replace(task, hints=())


def railway(folder: Path) -> Task:
    """Which of the two heads for sentiment a post is for."""
    task = sentiment_railway(folder)
    return replace(
        task,
        name="railway",
        labels=("railway",),
        exclusive=False,
        l2=1e-6,
        y=task.weight[:, None],
        weight=np.ones(len(task.weight)),
        lean=2.0,
    )


def _sentiment(folder: Path, name: str, weigh: Callable[[str, Array], Array | float]) -> Task:
    """All sentiment sets, the large English one thinned; `weigh` says what counts for a head.

    Posts that are in a development set as well (most of a German one) are left out.
    """
    closed = data.keys_measured(folder, with_fold=False)
    rows: list[Row] = []
    weights: list[Array] = []
    for source in data.sources():
        if source.use == "train" and "sentiment" in source.heads:
            found = data.training_rows(folder, source.file)
            some = [row for row in found if row["sentiment"] in SENTIMENTS]
            some = [row for row in some if data.key(row["text"]) not in closed]
            some = some[:: 1 + len(some) // 24_000]
            rows += some
            weights.append(np.ones(len(some)) * weigh(source.file, _feelings(some)))
    measured = [s for s in data.sources() if s.use == "measure" and "sentiment" in s.heads]
    return Task(
        name=name,
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
        weight=np.array([sureness(row) for row in given + own]),
        held=_held(given, len(texts)),
        groups=[row["lang"] for row in given + own],
    )


OTHERS = (sentiment, sentiment_railway, railway, reply_kind)
"""What is learnt besides the intents."""


def labelled_keys(folder: Path) -> set[str]:
    """Keys of all texts that heads are measured on, so that hints leave them out."""
    rows = [row for file in (INTENT_FILE, REPLY_FILE) for row in data.rows(folder, file)]
    return {data.key(row["text"]) for row in rows} | data.keys_measured(folder, with_fold=False)


def _labelled(rows: Sequence[Row]) -> tuple[list[str], Array]:
    some = [row for row in rows if row["sentiment"] in SENTIMENTS]
    return [row["text"] for row in some], _feelings(some)


def _feelings(rows: Sequence[Row]) -> Array:
    return np.eye(3)[[SENTIMENTS.index(row["sentiment"]) for row in rows]]


def _evened(y: Array) -> Array:
    """Weights that make labels nearly as heavy as each other (the power 1 would make them so)."""
    share = y.mean(axis=0)
    return np.asarray(y @ (1.0 / (len(share) * share)) ** 0.85)


def sureness(row: Row) -> float:
    """How much a row counts, as far as the labeller was sure."""
    return UNSURE + (1 - UNSURE) * float(row.get("sure", 1))


def _held(first: Sequence[Row], count: int) -> Array:
    held = np.zeros(count, bool)
    held[: len(first)] = [data.fold(row["text"]) == HELD_OUT for row in first]
    return held
