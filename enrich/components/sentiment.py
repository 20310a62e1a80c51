"""`horch_sentiment`: negative, neutral or positive.

Probabilities stand in `doc._.sentiment`; scores on held-out data: `docs/model-card.md`.
Needs `horch_bag` before it.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_sentiment")
>>> round(sum(nlp("Toller Service!")._.sentiment.values()), 3)
1.0
"""

from collections.abc import Mapping, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers what it needs)
from enrich.components.heads import HeadComponent, mixed, softmax
from enrich.weights import Floats, heads

Doc.set_extension("sentiment", default=None)


class Sentiment(HeadComponent):
    """One head for posts in general, and where the model has it one for posts about a railway.

    The same words are neutral towards the railway and negative as such ("streik", "verspätet um").
    """

    def __init__(self, model: str) -> None:
        super().__init__(model, "sentiment", softmax)
        self.parts = ("sentiment", "sentiment_railway", "railway")
        self.is_mixed = "sentiment_railway" in heads(model)

    def probabilities(self, logits: Sequence[Mapping[str, Floats]]) -> Floats:
        """One row per text, from the logits of all heads."""
        if not self.is_mixed:
            return super().probabilities(logits)
        return mixed(*(np.stack([found[part] for found in logits]) for part in self.parts))


@Language.factory("horch_sentiment", default_config={"model": "fast"})
def make_sentiment(nlp: Language, name: str, model: str) -> HeadComponent:
    """The component for one model."""
    return Sentiment(model)
