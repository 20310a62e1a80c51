"""Two models side by side: agreement, what changed, examples without private data."""

from collections.abc import Mapping

import pytest

from enrich.compare import TAGS, compare

PLAIN: Mapping[str, object] = {
    "lang": "de",
    "sentiment": "neutral",
    **dict.fromkeys(("complaint", "question", "praise", "urgent", "settled"), False),
    "reply_kind": "social",
    "private_data": [],
    "spill_over": [],
}


def test_what_changed_is_counted_and_shown() -> None:
    read = [
        ("Strom weg, ruft an: 0170 1234567", PLAIN, {**PLAIN, "complaint": True}),
        ("Danke", PLAIN, {**PLAIN, "private_data": ["phone", "iban"]}),
        ("Hallo\nWelt " * 50, {**PLAIN, "complaint": True}, PLAIN),
        ("Ja", PLAIN, PLAIN),
    ]
    found = compare("m1", "m2", read, examples=1)
    assert found.agreement("complaint") == pytest.approx(0.5)
    assert found.agreement("sentiment") == 1.0
    text = str(found)
    lines = {line.split()[0]: line for line in text.splitlines() if line[:1].isalpha()}
    assert "1 no → yes, 1 yes → no" in lines["complaint"]
    assert "1 none → iban,phone" in lines["private_data"]
    assert [(e.tag, e.text) for e in found.examples] == [
        ("complaint", "Strom weg, ruft an: [phone]"),
        ("private_data", "Danke"),
    ]
    assert text.startswith("m1 → m2")


def test_nothing_in_common_is_no_disagreement() -> None:
    found = compare("m1", "m2", [])
    assert all(found.agreement(tag) == 1.0 for tag in TAGS)
    assert str(found).count(" 0 ") >= len(TAGS)
