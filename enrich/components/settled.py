"""`horch_settled`: the author says that it is solved or withdrawn (`doc._.settled`).

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_settled")
>>> nlp("Danke, hat sich erledigt!")._.settled, nlp("Das hat sich noch nicht erledigt.")._.settled
(True, False)
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import Terms, any_of, lexicon
from enrich.tokens import begins, keep, lower, raw

Doc.set_extension("settled", default=False)

_SENTENCE_END = re.compile(r"[.!?\n;]")


class Settled:
    """Looks for the lexicon's terms that nothing near by turns round."""

    def __init__(self) -> None:
        data = lexicon("settled")
        self.terms = Terms(data["terms"])
        self.turned = any_of(data["turned_by"])
        self.undone = any_of(data["undone_by"])
        self.before, self.after = int(data["before"]), int(data["after"])

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.settled`."""
        text = raw(doc)
        found = self.terms.find(text, lower(doc), begins(doc))
        keep(doc, "settled", any(self.holds(text, match) for match in found))
        return doc

    def holds(self, text: str, match: re.Match[str]) -> bool:
        """Whether a found term stands as said: not negated, not a condition, not asked."""
        before = _SENTENCE_END.split(text[max(0, match.start() - self.before) : match.start()])[-1]
        behind = text[match.end() : match.end() + 60]
        ending = _SENTENCE_END.search(behind)
        asked = ending is not None and ending.group() == "?"
        near = behind[: min(self.after, ending.start() if ending else self.after)]
        inside = " ".join(match.group().split()[1:-1])
        turned = (
            self.turned.search(before) or self.turned.search(inside) or self.undone.search(near)
        )
        return not (asked or turned)


@Language.factory("horch_settled")
def make_settled(nlp: Language, name: str) -> Settled:
    """The component; its terms stand in `lexicons/settled.toml`."""
    return Settled()
