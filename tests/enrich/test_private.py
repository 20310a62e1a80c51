"""Marked-up sentences: what must be found, what must not, and what the mask leaves."""

import re
from collections import Counter
from pathlib import Path

import pytest

from enrich import mask
from enrich.model import PRIVATE_KINDS
from enrich.private import find

MARK = re.compile(r"‹(\w+) ([^›]*)›")
LINES = (Path(__file__).parent / "private_data.txt").read_text(encoding="utf-8").splitlines()
MISSED = "~ "  # in front of a sentence that the rules do not manage; it counts in the figures
MARKED = [line for line in LINES if line and not line.startswith("#")]
SENTENCES = [line for line in MARKED if not line.startswith(MISSED)]


def plain(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    """The sentence without marks, and what is marked."""
    marked = [(match[1], match[2]) for match in MARK.finditer(sentence)]
    return MARK.sub(lambda match: match[2], sentence), marked


@pytest.mark.parametrize("sentence", SENTENCES)
def test_finds_what_is_marked_and_nothing_else(sentence: str) -> None:
    text, marked = plain(sentence)
    assert [(found.kind, text[found.start : found.end]) for found in find(text)] == marked


def test_every_kind_has_sentences_and_the_set_has_look_alikes() -> None:
    kinds = [kind for sentence in MARKED for kind, _ in plain(sentence)[1]]
    assert {kind for kind in kinds if kinds.count(kind) >= 30} == set(PRIVATE_KINDS)
    assert len(MARKED) >= 800
    assert sum(not plain(sentence)[1] for sentence in MARKED) >= 350


def test_precision_and_recall_of_every_kind() -> None:
    right, said, there = Counter[str](), Counter[str](), Counter[str]()
    for sentence in MARKED:
        text, marked = plain(sentence)
        found = [(one.kind, text[one.start : one.end]) for one in find(text)]
        right.update(kind for kind, value in found if overlaps(kind, value, marked))
        said.update(kind for kind, _ in found)
        there.update(kind for kind, _ in marked)
    for kind in PRIVATE_KINDS:
        precision, recall = right[kind] / said[kind], right[kind] / there[kind]
        print(f"{kind:9} {there[kind]:4} precision {precision:.3f} recall {recall:.3f}")  # noqa: T201
        assert min(precision, recall) >= 0.97, kind


def overlaps(kind: str, value: str, marked: list[tuple[str, str]]) -> bool:
    """Whether what was found is, or is part of, something marked of the same kind."""
    return any(kind == other and (value in whole or whole in value) for other, whole in marked)


def test_mask_speaks_the_readers_language() -> None:
    text = "Kundennummer 12345678, IBAN DE89370400440532013000, Tel. 0170 1234567, a.b@example.com"
    assert mask(text, "de") == "Kundennummer [Kundennummer], IBAN [IBAN], Tel. [Telefon], [E-Mail]"
    assert (
        mask(text, "fr")
        == mask(text)
        == "Kundennummer [customer number], IBAN [IBAN], Tel. [phone], [e-mail]"
    )


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "😀" * 50, "0" * 40_000, "a@" * 20_000, "1 " * 20_000, "\ud800"]
    + [word * 4_000 for word in ("Musterstraße ", "rue de ", "A-", "(at) ", "Kundennummer ", "+4")],
)
def test_hostile_texts_are_masked_without_harm(text: str) -> None:
    assert isinstance(mask(text), str)


def test_masking_twice_changes_nothing() -> None:
    once = mask("Ruft an: 0170 1234567, Musterstraße 12, 12345 Musterstadt")
    assert mask(once) == once == "Ruft an: [phone], [address]"
