"""`horch_language`: the language of a post in `doc._.lang_code` (ISO 639-1, None if unknown).

Function words decide the plain cases, the library lingua the others; the platform's own guess
(`doc._.lang_hint`) counts as a prior, and alone where there are no words.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_language")
>>> nlp("Warum ist die Bahn schon wieder zu spät?")._.lang_code
'de'
"""

import re
from collections import Counter
from functools import cache

from lingua import Language as Tongue
from lingua import LanguageDetector, LanguageDetectorBuilder
from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import lexicon
from enrich.tokens import hidden, keep, kept

Doc.set_extension("lang_code", default=None)
Doc.set_extension("lang_hint", default=None)

TOLD = ("de", "en")
"""The languages that tags tell apart."""

EXPECTED = 6.0
"""How many times likelier German and English are than the others."""

SHORT = 12
"""Letters below which an unsure guess is none."""

ENOUGH = 80
"""Characters that lingua reads: more of them cost time and have not changed its mind."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_HASHTAG = re.compile(r"#\w+")
_MARKS = frozenset(("user", "http", "mail", "rt"))  # what `hide` leaves, and a repost's mark


class LanguageComponent:
    """Finds the language of one text after the other.

    Args:
        candidates: ISO 639-1 codes that lingua chooses from.
        prior: How many times likelier the platform's hint makes its language.
    """

    def __init__(self, candidates: list[str], prior: float) -> None:
        self.candidates = tuple(candidates)
        self.prior = prior
        entries = lexicon("languages")["language"]
        self.words = {
            word: tuple(e["label"] for e in entries if word in e["terms"])
            for e in entries
            for word in e["terms"]
        }

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.lang_code`."""
        text = hidden(doc).lower().replace("’", "'")
        if "#" in text:
            text = _HASHTAG.sub(" ", text)
        words = [word for word in _WORD.findall(text) if word not in _MARKS]
        hint = known(kept(doc, "lang_hint"))
        hits = self.hits(words)
        code = self.by_words(words, hits) or self.by_letters(" ".join(words), hint, hits)
        keep(doc, "lang_code", code)
        return doc

    def hits(self, words: list[str]) -> Counter[str]:
        """How many of the words are frequent small words of each language."""
        look = self.words.get
        return Counter(label for word in words for label in look(word, ()))

    def by_words(self, words: list[str], hits: Counter[str]) -> str | None:
        """The language whose frequent words the text plainly has, or None."""
        if not hits:
            return None
        (label, first), (other, second) = (*hits.most_common(2), ("", 0))[:2]
        if first < (1 if len(words) <= 4 else 2) or 6 * first < len(words):
            return None
        ahead = first >= 3 * second or (first >= 2 * second and first - second >= 3)
        return label if ahead or self.expected(label, first, other, second) else None

    def expected(self, label: str, first: int, other: str, second: int) -> bool:
        """Whether a lead that says little by itself is enough: it is for German and English.

        English has small words that German has too ("die", "was"), so it needs a clearer lead.
        """
        if other in TOLD:
            clear = first >= 4 and first - second >= 2
            return label in TOLD and (clear or (label == "de" and first >= 2 * second))
        return label in TOLD and first > second and (first >= 3 or first >= 2 * second)

    def by_letters(self, text: str, hint: str | None, hits: Counter[str]) -> str | None:
        """The language that lingua finds likeliest, the hint and the words counted in."""
        if len(text) < 3:
            return hint
        values = detector(self.candidates).compute_language_confidence_values(text[:ENOUGH])
        scores = {v.language.iso_code_639_1.name.lower(): v.value for v in values if v.value > 0}
        if not scores or (hint and hint not in scores and max(scores.values()) < 0.9):
            return hint
        best = max(scores, key=lambda code: scores[code] * self.before(code, hint, hits))
        unsure = len(text) < SHORT and hint is None and max(scores.values()) < 0.5
        return None if unsure and best not in TOLD else best

    def before(self, code: str, hint: str | None, hits: Counter[str]) -> float:
        """How likely a language is apart from its letters; German and English are expected."""
        expected = (self.prior if code == hint else 1.0) * (EXPECTED if code in TOLD else 1.0)
        return expected * float((1 + hits[code]) ** 2)


@Language.factory(
    "horch_language",
    default_config={
        "candidates": [
            "de",
            "en",
            "fr",
            "nl",
            "es",
            "it",
            "pl",
            "tr",
            "sv",
            "da",
            "fi",
            "cs",
            "hu",
            "ro",
            "pt",
            "ru",
            "uk",
            "ar",
            "el",
            "zh",
            "ja",
            "ko",
        ],
        "prior": 4.0,
    },
)
def make_language(
    nlp: Language, name: str, candidates: list[str], prior: float
) -> LanguageComponent:
    """The component."""
    return LanguageComponent(candidates, prior)


@cache
def detector(codes: tuple[str, ...]) -> LanguageDetector:
    """Lingua for some languages, by trigrams alone: a tenth of the memory, thrice the speed."""
    chosen = [tongue for tongue in Tongue.all() if tongue.iso_code_639_1.name.lower() in codes]
    return LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()


def known(hint: str | None) -> str | None:
    """The platform's hint as a two-letter code; X's codes for "undetermined" are no hint."""
    code = (hint or "").lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 else None
