"""Post texts made harmless: nothing in them may steer a mail program, a terminal or a sheet."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from enrich import mask

#: Invisible; after a dot or @ it keeps mail programs from taking the word for an address.
_JOINER = "\u2060"
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]"
_STACKED_MARKS = re.compile(f"({_MARKS}{{2}}){_MARKS}+")
# A zero-width joiner builds emoji (families, flags); anywhere else it hides words from the mask.
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_URL = re.compile(r"\b(?:[a-z][a-z0-9+.\-]{1,20}://|www\.)[^\s<>\"'()\[\]]+", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=\w)(\.(?=[^\W\d_])|@(?=\w))")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_BARE_SCHEME = re.compile(r"\b(mailto|tel|sms|javascript|data|file):(?=\S)", re.IGNORECASE)


def one_line(text: str | None, limit: int = 200) -> str:
    """`text` on one line without control, direction or other invisible characters, cut to fit."""
    kept = " ".join((text or "").encode("utf-8", "replace").decode("utf-8").split())
    if not kept.isascii():
        kept = unicodedata.normalize("NFC", kept)
    if not kept.isprintable():
        kept = _LOOSE_JOINER.sub("", "".join(_visible(char) for char in kept))
        kept = " ".join(kept.split())
    return cut(kept if kept.isascii() else _STACKED_MARKS.sub(r"\1", kept), limit)


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Co") and char != "\u200d" else char


def cut(text: str, limit: int) -> str:
    """`text` with at most `limit` characters, ending at a word where one ends in time."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > limit * 2 // 3 else head).rstrip() + "…"


def masked(text: str | None, limit: int, language: str) -> str:
    """A post's text on one line with private data masked; masked before it is cut."""
    return cut(mask(one_line(text, 100_000), language), limit)


def defused(text: str) -> str:
    """`text` with nothing in it that a mail program would turn into a link of its own."""
    text = _URL.sub(lambda found: f"[Link: {_host(found[0])}]", text)
    text = _BARE_SCHEME.sub(f"\\1{_JOINER}:", text)
    return _IN_ADDRESS.sub(f"\\1{_JOINER}", text)


def isolated(text: str) -> str:
    """`text` so that its own direction, right to left, does not turn what stands beside it."""
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def _host(url: str) -> str:
    address = url if "://" in url else f"http://{url}"
    try:
        return cut(urlsplit(address).hostname or "?", 40)
    except ValueError:
        return "?"


def safe_link(url: str | None) -> str | None:
    """`url` if it is a plain web address, else None."""
    if not url or not url.isascii() or not url.isprintable() or set(url) & set(' "<>\\`{}'):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url if is_web else None
