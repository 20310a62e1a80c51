"""The page's words: the digest's catalogue, with what only the page says on top."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from digest.words import Words

LANGUAGES = ("de", "en")
_FOLDER = Path(__file__).parent / "locale"


@cache
def own_messages(language: str) -> dict[str, Any]:
    """What only the page says, as `section.key` → text or plural forms."""
    tree = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{key}": message
        for section, messages in tree.items()
        for key, message in messages.items()
    }


class DeskWords(Words):
    """Messages of the page and of the digest, numbers and dates of one language and zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        super().__init__(language, zone)
        self.messages = {**self.messages, **own_messages(language)}
        self._spans = lru_cache(4096)(super().span)

    def span(self, seconds: float) -> str:
        """A length of time; a page says the same few over and over."""
        return self._spans(int(seconds) // 60 * 60)


@cache
def words(language: str, zone: str = "UTC") -> DeskWords:
    """The words of a language, with times on the clocks of a zone."""
    return DeskWords(language, ZoneInfo(zone))


def preferred(accepted: str) -> str:
    """The first of our languages in an `Accept-Language` header; English where none is."""
    for part in accepted.lower().split(","):
        language = part.split(";")[0].strip()[:2]
        if language in LANGUAGES:
            return language
    return "en"
