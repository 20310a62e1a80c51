"""`horch_bag`: reads the text once for all trained heads; their logits stand in `doc._.logits`.

The text becomes a bag of hashed n-grams (`enrich.features`), the bag one row of numbers per head;
for the intents its words are read in their order, too (`enrich.tok2vec`).

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag")
>>> sorted(nlp("Wo bleibt mein Paket?")._.logits)
['intents', 'railway', 'reply_kind', 'sentiment', 'sentiment_railway']
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from enrich.features import read
from enrich.tokens import hidden, keep, raw
from enrich.weights import heads, logits

Doc.set_extension("logits", default=None)


class Bag:
    """Computes the logits of a model's heads batch by batch."""

    def __init__(self, model: str) -> None:
        self.model = model
        heads(model)

    def __call__(self, doc: Doc) -> Doc:
        """One text by itself."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Many texts at once."""
        for docs in batches(stream, batch_size):
            texts = [raw(doc) for doc in docs]
            found = logits(self.model, read(texts, [hidden(doc) for doc in docs]))
            for at, doc in enumerate(docs):
                keep(doc, "logits", {name: rows[at] for name, rows in found.items()})
            yield from docs


@Language.factory("horch_bag", default_config={"model": "fast"})
def make_bag(nlp: Language, name: str, model: str) -> Bag:
    """The component for one model."""
    return Bag(model)


def batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """The stream in lists of at most `size`."""
    rest = iter(stream)
    while docs := list(islice(rest, size)):
        yield docs
