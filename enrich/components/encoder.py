"""`horch_encoder`: reads the text with the accurate model's encoder, in place of `horch_bag`.

The logits of all heads stand in `doc._.logits`, as `horch_bag` leaves them. Needs the packages of
the extra `accurate`; says so where they are missing.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers `logits`)
from enrich.encoder.graph import encoder
from enrich.encoder.pieces import pieces
from enrich.tokens import keep, raw
from enrich.weights import Floats, heads, stored


class Encoder:
    """Computes the logits of a model's heads, one text after the other."""

    def __init__(self, model: str) -> None:
        self.heads = heads(model)
        self.weights = {name: stored(model)[f"{name}.weights"] for name in self.heads}
        self.encoder = encoder(model)
        self.pieces = pieces()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.logits`."""
        keep(doc, "logits", self.logits(raw(doc)))
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Many texts."""
        return map(self, stream)

    def logits(self, text: str) -> dict[str, Floats]:
        """Scaled and shifted for sigmoid or softmax, for each head."""
        read = self.encoder(self.pieces(text))
        return {
            name: np.asarray(
                (read @ self.weights[name] + head.bias) * head.scale + head.shift, np.float32
            )
            for name, head in self.heads.items()
        }


@Language.factory("horch_encoder", default_config={"model": "accurate"})
def make_encoder(nlp: Language, name: str, model: str) -> Encoder:
    """The component for one model."""
    return Encoder(model)
