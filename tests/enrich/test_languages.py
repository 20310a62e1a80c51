"""The language of posts of our own writing, in German, English and twenty-seven other languages."""

from collections import Counter
from pathlib import Path

import pytest
import spacy

import enrich.components.language  # noqa: F401 (registers the component)

LINES = (Path(__file__).parent / "languages.txt").read_text(encoding="utf-8").splitlines()
POSTS = [tuple(line.split("|", 1)) for line in LINES if not line.startswith("#")]


def told(code: str | None) -> str:
    return code if code in ("de", "en") else "other"


def test_german_english_and_the_rest_are_told_apart() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("horch_language")
    there, right = Counter[str](), Counter[str]()
    for lang, text in POSTS:
        there[told(lang)] += 1
        right[told(lang)] += told(nlp(text)._.lang_code) == told(lang)
    for lang in ("de", "en", "other"):
        print(f"{lang:6} {there[lang]:4} right {right[lang] / there[lang]:.3f}")  # noqa: T201
        assert right[lang] / there[lang] >= 0.98, lang


def test_the_posts_are_many_and_long_enough() -> None:
    assert len(POSTS) >= 200
    assert len({lang for lang, _ in POSTS}) >= 14
    assert min(len(text) for _, text in POSTS) >= 20


@pytest.mark.parametrize("text", ["S-Bahn S7, S8, S9: Störung beendet", "@marke vielen dank"])
def test_single_letters_and_borrowed_words_do_not_decide(text: str) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("horch_language")
    assert nlp(text)._.lang_code == "de"
