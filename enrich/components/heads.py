"""What the trained components share: probabilities from the logits that `horch_bag` left."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from spacy.tokens import Doc

from enrich.components.bag import batches
from enrich.tokens import keep, kept
from enrich.weights import Floats, heads


class HeadComponent:
    """Writes the probabilities of one head to `doc._.<head>`.

    Args:
        model: Name of the model.
        head: Which of its heads.
        activation: From logits to probabilities.
    """

    def __init__(self, model: str, head: str, activation: Callable[[Floats], Floats]) -> None:
        self.head = head
        self.labels = heads(model)[head].labels
        self.activation = activation

    def __call__(self, doc: Doc) -> Doc:
        """One text by itself."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Many texts at once."""
        for docs in batches(stream, batch_size):
            logits = [kept(doc, "logits") for doc in docs]
            for doc, row in zip(docs, self.probabilities(logits).tolist(), strict=True):
                keep(doc, self.head, dict(zip(self.labels, row, strict=True)))
            yield from docs

    def probabilities(self, logits: Sequence[Mapping[str, Floats]]) -> Floats:
        """One row per text, from the logits of all heads."""
        return self.activation(np.stack([heads[self.head] for heads in logits]))


def sigmoid(logits: Floats) -> Floats:
    """Independent probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def softmax(logits: Floats) -> Floats:
    """Probabilities that sum to 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def mixed(general: Floats, railway: Floats, gate: Floats) -> Floats:
    """Sentiment of the general head and of the one for railway posts, as much as a post is one.

    Args:
        general: Logits of the head `sentiment`.
        railway: Logits of the head `sentiment_railway`.
        gate: Logits of the head `railway`, one column.
    """
    share = sigmoid(gate)
    return np.asarray((1 - share) * softmax(general) + share * softmax(railway), np.float32)
