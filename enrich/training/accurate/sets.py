"""What the accurate model learns from in each round, and how often each text is seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from enrich.encoder.pieces import pieces
from enrich.model import INTENTS, SENTIMENTS
from enrich.training import data, tasks
from enrich.training.data import Row
from enrich.training.fit import Array
from enrich.training.hints import HINTS


@dataclass(frozen=True)
class Round:
    """One round of training, with steps of its own that fall to nothing.

    Attributes:
        step: Size of the first steps, for the uppermost layer.
        passes: How often posts with given intents are seen: among all others, and last.
        ours: The same for posts that we have labelled.
        replies: The same for replies.
        positive: How much more a post counts that has an intent, for each intent.
        evened: How far rare feelings count more in general sentiment sets: 1 = all are as heavy.
        sentiment: Sentiment sets: how many texts of each are read, and how often as in `passes`.
        hints: Further sets, and how many texts of each are read.
        layers: How many layers learn, counted from the top.
        noisy: Whether pieces and channels are left out while learning.
        written: The same for posts of our own writing, and before it how many of them are read.
        apart: Whether each worker learns from all of it, in an order of its own, and their weights
            are averaged at the end only. Such a mean errs less than either.
        kept: Share of the weights before the round in what comes out of it. Such a mean forgets
            little of what was known, and knows most of what is new.
    """

    step: float
    passes: tuple[int, int]
    ours: tuple[int, int]
    replies: tuple[int, int]
    positive: tuple[float, float, float, float]
    evened: float
    sentiment: Mapping[str, tuple[int, tuple[int, int]]]
    hints: Mapping[str, int]
    layers: int = 6
    noisy: bool = False
    written: tuple[int, tuple[int, int]] = (0, (0, 0))
    apart: bool = False
    kept: float = 0.0


FIRST = Round(
    step=2e-4,
    passes=(1, 2),
    ours=(1, 2),
    replies=(1, 2),
    positive=(1.2, 1.2, 1.3, 2.0),
    evened=0.85,
    sentiment={
        "germeval": (8_300, (1, 1)),
        "sb10k": (5_300, (1, 0)),
        "potts": (2_000, (1, 0)),
        "semeval": (6_500, (1, 0)),
    },
    hints={"complaint_en": 3_400, "asks": 2_000},
)
SECOND = Round(
    step=1.5e-4,
    passes=(1, 1),
    ours=(1, 1),
    replies=(1, 1),
    positive=(1.2, 1.2, 1.3, 3.0),
    evened=1.0,
    sentiment={
        "germeval": (8_300, (1, 0)),
        "sb10k": (5_300, (1, 1)),
        "potts": (4_000, (1, 0)),
        "semeval": (4_000, (1, 0)),
    },
    hints={},
)


THIRD = Round(
    step=1e-4,
    passes=(1, 1),
    ours=(1, 1),
    replies=(1, 3),
    positive=(1.2, 1.2, 1.3, 2.5),
    evened=1.0,
    sentiment={
        "germeval": (8_300, (1, 2)),
        "sb10k": (5_300, (1, 1)),
        "potts": (3_000, (1, 0)),
        "semeval": (5_000, (1, 0)),
    },
    hints={"complaint_en": 3_400},
    layers=12,
    noisy=True,
    apart=True,
)
FOURTH = Round(
    step=1e-4,
    passes=(1, 2),
    ours=(1, 1),
    replies=(1, 2),
    positive=(1.2, 1.2, 1.3, 2.5),
    evened=1.0,
    sentiment={
        "germeval": (4_000, (1, 0)),
        "sb10k": (2_500, (1, 0)),
        "semeval": (2_000, (1, 0)),
    },
    hints={},
    layers=12,
    noisy=True,
    written=(50_000, (1, 0)),
)
FIFTH = Round(
    step=1e-4,
    passes=(1, 2),
    ours=(1, 0),
    replies=(1, 1),
    positive=(1.2, 1.2, 1.3, 2.5),
    evened=1.0,
    sentiment={
        "germeval": (8_300, (1, 0)),
        "sb10k": (5_300, (1, 0)),
        "semeval": (5_000, (1, 0)),
    },
    hints={},
    layers=12,
    noisy=True,
    written=(8_000, (1, 0)),
    kept=0.5,
)
SIXTH = replace(FIFTH, apart=True)


@dataclass(frozen=True)
class Learning:
    """Texts of one task that are seen equally often.

    Attributes:
        head: Which head learns.
        exclusive: Whether exactly one of its outputs holds.
        texts: Pieces of each text.
        y: A column per label.
        weight: Of each text and label.
        passes: How often they are seen: among all others, and behind them.
    """

    head: str
    exclusive: bool
    texts: list[tuple[int, ...]]
    y: Array
    weight: Array
    passes: tuple[int, int]


class Reader:
    """Reads the sets of a round, without texts that anything is measured on.

    Args:
        folder: Of the data.
        corrections: What people have corrected, see `data.corrected`.
    """

    def __init__(self, folder: Path, corrections: Path | None = None) -> None:
        self.folder = folder
        self.measured = data.keys_measured(folder)
        self.corrections = corrections

    def learnings(self, part: Round) -> list[Learning]:
        """All tasks of a round."""
        return [
            self.given(part),
            self.ours(part),
            *([self.written(part)] if part.written[0] else []),
            self.replies(part),
            *[self.sentiment(part, name) for name in part.sentiment],
            *[self.hint(name, size) for name, size in part.hints.items()],
        ]

    def given(self, part: Round) -> Learning:
        """The four intents."""
        return self._flags(data.given(self.folder), part, part.passes)

    def ours(self, part: Round) -> Learning:
        """The same of posts that we have labelled, or people have corrected."""
        rows = data.labelled_by_us(self.folder) + data.corrected(self.corrections)
        return self._flags(rows, part, part.ours)

    def written(self, part: Round) -> Learning:
        """Posts of our own writing."""
        size, passes = part.written
        return self._flags(_thinned(data.written(), size), part, passes)

    def _flags(self, rows: Sequence[Row], part: Round, passes: tuple[int, int]) -> Learning:
        y = np.array([data.flags(row) for row in rows], float).reshape(-1, len(INTENTS))
        sure = np.array([tasks.sureness(row) for row in rows])
        weight = sure[:, None] * (1 + y * (np.array(part.positive) - 1))
        texts = [row["text"] for row in rows]
        return self._learning("intents", False, texts, y, weight, passes)

    def replies(self, part: Round) -> Learning:
        """The kinds of replies; rare ones count more."""
        task = tasks.reply_kind(self.folder)
        rare = task.y @ (1 / task.y.shape[1] / task.y.mean(axis=0)) ** 0.5
        weight = (task.weight * rare)[:, None]
        return self._learning(task.name, True, task.texts, task.y, weight, part.replies)

    def sentiment(self, part: Round, name: str) -> Learning:
        """One set; the railway one stays as it is, as neutral posts are the rule there."""
        size, passes = part.sentiment[name]
        (file,) = [
            s.file
            for s in data.sources()
            if s.use == "train"
            and s.file.startswith(f"sentiment/{name}")
            and "sentiment" in s.heads
        ]
        rows = [r for r in data.training_rows(self.folder, file) if r["sentiment"] in SENTIMENTS]
        rows = _thinned(rows, size)
        y = np.eye(len(SENTIMENTS))[[SENTIMENTS.index(row["sentiment"]) for row in rows]]
        power = 0.0 if name == "germeval" else part.evened
        weight = (y @ (1 / (len(SENTIMENTS) * y.mean(axis=0))) ** power)[:, None]
        head = "sentiment_railway" if name == "germeval" else "sentiment"
        return self._learning(head, True, [r["text"] for r in rows], y, weight, passes)

    def hint(self, name: str, size: int) -> Learning:
        """One further set, as `enrich.training.hints` reads it."""
        (hint,) = [hint for hint in HINTS if hint.name == name]
        rows = [row for file in hint.files for row in data.training_rows(self.folder, file)]
        rows = _thinned(rows, size)
        y = np.array([hint.read(row) for row in rows])
        weight = np.full((len(y), 1), 0.5)
        return self._learning(name, hint.exclusive, [r["text"] for r in rows], y, weight, (1, 0))

    def _learning(
        self,
        head: str,
        exclusive: bool,
        texts: Sequence[str],
        y: Array,
        weight: Array,
        passes: tuple[int, int],
    ) -> Learning:
        keep = [at for at, text in enumerate(texts) if data.key(text) not in self.measured]
        read = [tuple(pieces()(texts[at])) for at in keep]
        return Learning(head, exclusive, read, y[keep], weight[keep], passes)


def _thinned(rows: Sequence[Row], size: int) -> list[Row]:
    return [rows[at] for at in np.linspace(0, len(rows) - 1, min(size, len(rows))).astype(int)]
