"""Texts of strangers lose everything that could act, and nothing else."""

from __future__ import annotations

import pytest

from digest.plain import cut, defused, masked, one_line, safe_link


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("zwei\r\nZeilen\tund\x0bmehr", "zwei Zeilen und mehr"),
        ("rot\x1b[31mrot\x07", "rot [31mrot"),
        ("null\x00byte", "null byte"),
        ("abc\u202egpj.exe\u202c", "abcgpj.exe"),
        ("un\u200bsicht\u00adbar\ufeff", "unsichtbar"),
        ("line\u2028sep\u2029para", "line sep para"),
        ("halbes Paar \ud83d weg", "halbes Paar ? weg"),
        ("Z̷̧̨̛̛͇̗̘̙̜a", "Z̷̧a"),
        ("a\u200db", "ab"),
    ],
)
def test_what_cannot_be_seen_is_gone(hostile: str, harmless: str) -> None:
    assert one_line(hostile) == harmless


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧 und 🏳️‍🌈", "مرحبا", "שלום", "Grüße aus Köln – „schön“", "日本語"]
)
def test_other_scripts_and_emoji_stay(text: str) -> None:
    assert one_line(text) == text


def test_a_long_text_ends_at_a_word() -> None:
    assert cut("eins zwei drei vier", 15) == "eins zwei drei…"
    assert cut("x" * 40_000, 280) == "x" * 279 + "…"


def test_private_data_is_masked_before_the_cut() -> None:
    text = "Meine IBAN ist DE02 1203 0000 0000 2020 51, danke"
    assert masked(text, 30, "de") == "Meine IBAN ist [IBAN], danke"
    assert "1203" not in masked(text, 25, "de")


def test_hidden_characters_do_not_hide_private_data() -> None:
    assert "2020" not in masked("DE02 1203 0000\u200b 0000 20\u200b20 51", 200, "en")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hier: https://evil.example/a?b=c klick", "hier: [Link: evil.\u2060example] klick"),
        ("www.evil.example/x", "[Link: evil.\u2060example]".replace("evil", "www.\u2060evil")),
        ("evil.example", "evil.\u2060example"),
        ("post@evil.example", "post@\u2060evil.\u2060example"),
        ("javascript:alert(1)", "javascript\u2060:alert(1)"),
        ("z. B. um 17.30 Uhr", "z. B. um 17.30 Uhr"),
    ],
)
def test_no_text_becomes_a_link(text: str, shown: str) -> None:
    assert defused(text) == shown


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,<b>",
        "//x.example/1",
        "https://x.example@evil.example/1",
        'https://x.example/"onclick="',
        "https://x.example/a b",
        "https://x.example/\n",
        "https://[::1",
        "ftp://x.example/1",
        "https://",
    ],
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert safe_link(url) is None


def test_a_permalink_is_a_link() -> None:
    url = "https://www.reddit.example/r/kronfurt/comments/1q2w3e/?context=3#c"
    assert safe_link(url) == url
