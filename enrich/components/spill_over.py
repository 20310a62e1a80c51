"""`horch_spill_over`: which other ways failed before the author turned public (`doc._.spill_over`).

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_spill_over")
>>> nlp("Seit Tagen geht bei der Hotline niemand ran.")._.spill_over
['hotline']
"""

import re
from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import Terms, lexicon
from enrich.tokens import begins, keep, lower, raw

Doc.set_extension("spill_over", default=())


class SpillOver:
    """Looks for a way of contact and, near by, for the words that say it failed."""

    def __init__(self) -> None:
        data = lexicon("spill_over")
        self.near = int(data["near"])
        self.failures = Terms(data["failures"])
        self.ways = {entry["label"]: Terms(entry["terms"]) for entry in data["channel"]}
        self.phrases = {entry["label"]: Terms(entry["phrases"]) for entry in data["channel"]}

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.spill_over`, in the lexicon's order."""
        seen = raw(doc), lower(doc), begins(doc)
        named = {label: found for label, terms in self.ways.items() if (found := terms.find(*seen))}
        failures = sorted(match.start() for match in self.failures.find(*seen)) if named else []
        over = [
            label
            for label in self.ways
            if self.phrases[label].find(*seen)
            or any(self.close(way, failures) for way in named.get(label, ()))
        ]
        keep(doc, "spill_over", over)
        return doc

    def close(self, way: re.Match[str], failures: list[int]) -> bool:
        """Whether a failure stands near the way named."""
        at = bisect_left(failures, way.start() - self.near)
        return at < len(failures) and failures[at] <= way.end() + self.near


@Language.factory("horch_spill_over")
def make_spill_over(nlp: Language, name: str) -> SpillOver:
    """The component; its terms stand in `lexicons/spill_over.toml`."""
    return SpillOver()
