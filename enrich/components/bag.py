"""`horch_bag`: hashed n-grams of the text in `doc._.bag`, the input of all trained heads.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag")
>>> len(nlp("Wo bleibt mein Paket?")._.bag)
1
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from enrich.features import Bags, bags

Doc.set_extension("bag", default=None)


class Bag:
    """Computes bags batch by batch."""

    def __call__(self, doc: Doc) -> Doc:
        """One text by itself."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Many texts at once."""
        for docs in batches(stream, batch_size):
            found = bags([doc.text for doc in docs])
            for doc, start, end in zip(docs, found.starts[:-1], found.starts[1:], strict=True):
                doc._.bag = Bags(np.array([0, end - start]), found.buckets[start:end], found.weights[start:end])
            yield from docs


@Language.factory("horch_bag")
def make_bag(nlp: Language, name: str) -> Bag:
    """The component; it has no settings."""
    return Bag()


def batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """The stream in lists of at most `size`."""
    rest = iter(stream)
    while docs := list(islice(rest, size)):
        yield docs


def merged(docs: Sequence[Doc]) -> Bags:
    """The bags of some texts as one."""
    parts = [doc._.bag for doc in docs]
    return Bags(
        starts=np.concatenate([[0], np.cumsum([part.starts[-1] for part in parts])]),
        buckets=np.concatenate([part.buckets for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
    )
