"""`horch_reply_kind`: what a brand's reply does: answer, ask, holding, deflect or social.

Probabilities stand in `doc._.reply_kind`; scores on held-out data: `docs/model-card.md`.
Only meaningful for replies. Needs `horch_bag` before it.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_reply_kind")
>>> kinds = nlp("Bitte schick uns eine DM.")._.reply_kind
>>> max(kinds, key=kinds.get)
'deflect'
"""

from spacy.language import Language
from spacy.tokens import Doc

from enrich.components import bag  # noqa: F401 (registers what it needs)
from enrich.components.heads import HeadComponent, softmax

Doc.set_extension("reply_kind", default=None)


@Language.factory("horch_reply_kind", default_config={"model": "fast"})
def make_reply_kind(nlp: Language, name: str, model: str) -> HeadComponent:
    """The component for one model."""
    return HeadComponent(model, "reply_kind", softmax)
