"""`horch_spill_over`: which other ways failed before the author turned public (`doc._.spill_over`).

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_spill_over")
>>> nlp("Seit Tagen geht bei der Hotline niemand ran.")._.spill_over
['hotline']
"""

import re
from bisect import bisect_left
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import TermGroups, Terms, lexicon
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
        self.groups = TermGroups(
            self.ways | {f"phrases of {label}": terms for label, terms in self.phrases.items()}
        )

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.spill_over`, in the lexicon's order."""
        near = self.groups.near(lower(doc), begins(doc))
        keep(doc, "spill_over", self.over(near, raw(doc), lower(doc), begins(doc)) if near else [])
        return doc

    def over(self, near: set[str], *seen: Any) -> list[str]:  # noqa: ANN401 (as `Terms.find`)
        """The ways that failed, of those whose terms may stand in the text."""
        named = {
            label: found
            for label, terms in self.ways.items()
            if label in near and (found := terms.find(*seen))
        }
        failures = sorted(match.start() for match in self.failures.find(*seen)) if named else []
        return [
            label
            for label in self.ways
            if (f"phrases of {label}" in near and self.phrases[label].find(*seen))
            or any(self.close(way, failures) for way in named.get(label, ()))
        ]

    def close(self, way: re.Match[str], failures: list[int]) -> bool:
        """Whether a failure stands near the way named."""
        at = bisect_left(failures, way.start() - self.near)
        return at < len(failures) and failures[at] <= way.end() + self.near


@Language.factory("horch_spill_over")
def make_spill_over(nlp: Language, name: str) -> SpillOver:
    """The component; its terms stand in `lexicons/spill_over.toml`."""
    return SpillOver()
