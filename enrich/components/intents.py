"""`horch_intents`: complaint, question, praise, urgent, independent of each other.

Probabilities stand in `doc._.intents`; scores on held-out data: `docs/model-card.md`.
Needs `horch_bag` before it.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_intents")
>>> sorted(nlp("Wo bleibt mein Paket?")._.intents)
['complaint', 'praise', 'question', 'urgent']
"""

from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers what it needs)
from enrich.components.heads import HeadComponent, sigmoid

Doc.set_extension("intents", default=None)


@Language.factory("horch_intents", default_config={"model": "fast"})
def make_intents(nlp: Language, name: str, model: str) -> HeadComponent:
    """The component for one model."""
    return HeadComponent(model, "intents", sigmoid)
