"""`horch_sentiment`: negative, neutral or positive.

Probabilities stand in `doc._.sentiment`; scores on held-out data: `docs/model-card.md`.
Needs `horch_bag` before it.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_sentiment")
>>> round(sum(nlp("Toller Service!")._.sentiment.values()), 3)
1.0
"""

from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers what it needs)
from enrich.components.heads import HeadComponent, softmax

Doc.set_extension("sentiment", default=None)


@Language.factory("horch_sentiment", default_config={"model": "fast"})
def make_sentiment(nlp: Language, name: str, model: str) -> HeadComponent:
    """The component for one model."""
    return HeadComponent(model, "sentiment", softmax)
