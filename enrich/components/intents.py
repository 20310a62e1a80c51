"""`horch_intents`: complaint, question, praise, urgent, independent of each other.

Probabilities stand in `doc._.intents`; scores on held-out data: `docs/model-card.md`.
Needs `horch_bag` before it.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_intents")
>>> sorted(nlp("Wo bleibt mein Paket?")._.intents)
['complaint', 'praise', 'question', 'urgent']
"""

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers what it needs)
from enrich.components.heads import HeadComponent, leaning, sigmoid
from enrich.weights import Floats, heads

Doc.set_extension("intents", default=None)


class Intents(HeadComponent):
    """One head for posts in general, and where the model has it one for posts about a railway."""

    def __init__(self, model: str) -> None:
        super().__init__(model, "intents", sigmoid)
        self.parts = ("intents", "intents_railway", "railway")
        self.is_mixed = heads(model).keys() >= set(self.parts)

    def probabilities(self, logits: Sequence[Mapping[str, Floats]]) -> Floats:
        """One row per text, from the logits of all heads."""
        if not self.is_mixed:
            return super().probabilities(logits)
        parts = (np.stack([found[part] for found in logits]) for part in self.parts)
        return sigmoid(leaning(*parts))


@Language.factory("horch_intents", default_config={"model": "fast"})
def make_intents(nlp: Language, name: str, model: str) -> HeadComponent:
    """The component for one model."""
    return Intents(model)
