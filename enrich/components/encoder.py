"""`horch_encoder`: reads the text once more, with the accurate model's encoder.

Needs `horch_bag` before it: the two see different things, so the mean of what they say is better
than either. It stands in `doc._.logits`, in the place of what `horch_bag` left there. Needs the
packages of the extra `accurate`; says so where they are missing.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers `logits`)
from enrich.encoder.graph import encoder
from enrich.encoder.pieces import pieces
from enrich.tokens import keep, kept, raw
from enrich.weights import Floats, heads, stored

SHARE = 0.4
"""How much n-grams have to say; the encoder has the rest."""

DOUBT = 1.0
"""Taken from the logit of `railway`: the fast model leans towards it more than is good here."""

Logits = Mapping[str, Floats]


class Encoder:
    """Computes the logits of a model's heads, one text after the other."""

    def __init__(self, model: str) -> None:
        self.heads = heads(model)
        self.weights = {name: stored(model)[f"{name}.weights"] for name in self.heads}
        self.encoder = encoder(model)
        self.pieces = pieces()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.logits`."""
        found = together(self.logits(raw(doc)), kept(doc, "logits"))
        for name, head in self.heads.items():
            found[name] = np.asarray(found[name] * head.scale + head.shift, np.float32)
        keep(doc, "logits", found)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Many texts."""
        return map(self, stream)

    def logits(self, text: str) -> dict[str, Floats]:
        """What the encoder says by itself, for each head; not calibrated."""
        read = self.encoder(self.pieces(text))
        return {
            name: np.asarray(read @ self.weights[name] + head.bias, np.float32)
            for name, head in self.heads.items()
        }


def together(own: Logits, beside: Logits) -> dict[str, Floats]:
    """The encoder's logits and those of n-grams as one; not calibrated.

    What a post is about (`railway`) is left to the n-grams, which know the words.

    Args:
        own: Of the encoder; any number of texts.
        beside: Of the n-grams, for the same texts.
    """
    found = {name: (1 - SHARE) * said + SHARE * beside[name] for name, said in own.items()}
    return found | {"railway": beside["railway"] - np.float32(DOUBT)}


@Language.factory("horch_encoder", default_config={"model": "accurate"})
def make_encoder(nlp: Language, name: str, model: str) -> Encoder:
    """The component for one model."""
    return Encoder(model)
