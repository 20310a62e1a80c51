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

from enrich.lexicon import any_of, lexicon

Doc.set_extension("spill_over", default=())


class SpillOver:
    """Looks for a way of contact and, near by, for the words that say it failed."""

    def __init__(self) -> None:
        data = lexicon("spill_over")
        self.near = int(data["near"])
        self.failures = any_of(data["failures"])
        self.ways = {entry["label"]: any_of(entry["terms"]) for entry in data["channel"]}
        self.phrases = {entry["label"]: any_of(entry["phrases"]) for entry in data["channel"]}
        self.some_way = any_of([term for entry in data["channel"] for term in entry["terms"] + entry["phrases"]])

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.spill_over`, in the lexicon's order."""
        text = doc.text
        if not self.some_way.search(text):
            return doc
        failures = [match.start() for match in self.failures.finditer(text)]
        doc._.spill_over = [label for label in self.ways if self.failed(label, text, failures)]
        return doc

    def failed(self, label: str, text: str, failures: list[int]) -> bool:
        """Whether the text says that this way failed."""
        if self.phrases[label].search(text):
            return True
        return any(self.close(match, failures) for match in self.ways[label].finditer(text))

    def close(self, match: re.Match[str], failures: list[int]) -> bool:
        """Whether a failure stands near the way named."""
        at = bisect_left(failures, match.start() - self.near)
        return at < len(failures) and failures[at] <= match.end() + self.near


@Language.factory("horch_spill_over")
def make_spill_over(nlp: Language, name: str) -> SpillOver:
    """The component; its terms stand in `lexicons/spill_over.toml`."""
    return SpillOver()
