"""`horch_phrases`: phrases that settle an intent where counting words cannot.

Raises or lowers the scores in `doc._.intents`; needs `horch_intents` before it. A phrase that is
negated, or a mere condition, says nothing.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_bag"), nlp.add_pipe("horch_intents"), nlp.add_pipe("horch_phrases")
>>> nlp("Es riecht im Treppenhaus nach Gas!")._.intents["urgent"] >= 0.95
True
"""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import TermGroups, Terms, any_of, lexicon
from enrich.tokens import begins, keep, kept, lower, raw

#: Up to this many characters in front of a phrase a negation turns it off.
_BEFORE = 16
_NEGATIONS = any_of(
    ("kein*", "nicht", "nie", "falls", "wenn", "no", "not", "never", "if", "without", "ohne")
)


@dataclass(frozen=True)
class _Phrases:
    terms: Terms
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    def are_in(self, doc: Doc) -> bool:
        text = raw(doc)
        return any(
            not _NEGATIONS.search(text[max(0, found.start() - _BEFORE) : found.start()])
            for found in self.terms.find(text, lower(doc), begins(doc))
        )


class Phrases:
    """Applies `lexicons/phrases.toml`; where two phrases disagree, the earlier one wins."""

    def __init__(self) -> None:
        self.phrases = [
            _Phrases(Terms(each["terms"]), each.get("at_least", {}), each.get("at_most", {}))
            for each in reversed(lexicon("phrases")["phrase"])
        ]
        self.groups = TermGroups({str(at): each.terms for at, each in enumerate(self.phrases)})

    def __call__(self, doc: Doc) -> Doc:
        """Changes `doc._.intents` where a phrase is found."""
        near = self.groups.near(lower(doc), begins(doc))
        if not near:
            return doc
        scores = dict(kept(doc, "intents"))
        for at, each in enumerate(self.phrases):
            if str(at) in near and each.are_in(doc):
                scores |= {tag: max(scores[tag], bound) for tag, bound in each.at_least.items()}
                scores |= {tag: min(scores[tag], bound) for tag, bound in each.at_most.items()}
        keep(doc, "intents", scores)
        return doc


@Language.factory("horch_phrases")
def make_phrases(nlp: Language, name: str) -> Phrases:
    """The component; its phrases stand in `lexicons/phrases.toml`."""
    return Phrases()
