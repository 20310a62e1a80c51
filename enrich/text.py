"""Text as the models read it: links and handles hidden, case and stretching levelled, style marked.

What a post looks like says much about what it is: a question mark at its end, an exclamation run,
a handle at its start. Each such trait becomes one private-use character behind the text, so that
one kind of feature (hashed n-grams) reads words and traits alike.
"""

import re
import unicodedata

MARKS = "\ue000"
"""Marks of style come behind this character."""

LONGEST = 2_000
"""Characters of a post that the models read; rules and lexicons read all of it."""

_LINK = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+", re.IGNORECASE)
_LINK_SIGNS = ("://", "www.", "WWW.", "Www.", "pic.t")
_MAIL_SIGN = re.compile(r"[\w.+-]@[\w-]")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")
_HANDLE = re.compile(r"(?<![\w@])@\w+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STRETCHED = re.compile(r"(.)\1{2,}", re.DOTALL)
_ZEROS = str.maketrans("123456789", "000000000")
_REPOST = re.compile(r"^(?:rt\s+@\w+:?\s*)+", re.IGNORECASE)
_LEVELLED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "»": '"',
        "«": '"',
        "…": "...",
    }
)

# Mark, a sign that every text with the trait holds (tried first, as it is cheap), pattern.
_TRAITS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("\ue001", "?", re.compile(r"\?\W*(?:@\w+\s*|#\w+\s*|http\s*)*$")),  # ends by asking
    ("\ue002", "?", re.compile(r"\?")),
    ("\ue003", "?", re.compile(r"\?.*\?", re.DOTALL)),
    ("\ue004", "!", re.compile(r"!.*!", re.DOTALL)),
    ("\ue005", "@", re.compile(r"^\W*@\w+")),  # addressed to somebody
    ("\ue006", "@", re.compile(r"^\s*rt\s+@", re.IGNORECASE)),  # repost
    ("\ue007", "http", re.compile(r"\bhttp\W*$")),  # ends with a link, as headlines do
    ("\ue008", "", re.compile(r"\b[A-ZÄÖÜ]{4,}\b.*?\b[A-ZÄÖÜ]{4,}\b", re.DOTALL)),  # shouting
    (
        "\ue009",
        "",
        re.compile(r"(?:/\s?[a-zäöü]{2}|\^\s?\w{1,3}|[*~-]\s?[A-Z][A-Za-z]{0,11})\s*\Z"),
    ),  # signature
    ("\ue00a", ".", re.compile(r"\.{3}|…")),
    ("\ue00b", '"', re.compile(r'".{3,}"', re.DOTALL)),  # quotes somebody
    ("\ue00c", "#", re.compile(r"#\w+.*#\w+.*#\w+", re.DOTALL)),
    (
        "\ue00d",
        "",
        re.compile(r"\b(?:ich|mir|mich|mein\w*|wir|uns|i|my|me|we|our)\b", re.IGNORECASE),
    ),
    ("\ue00e", "", re.compile(r"\d")),
)


def usable(text: str) -> str:
    r"""The text without what cannot be encoded or shown: lone surrogates and null bytes.

    >>> usable("a\x00b")
    'a b'
    """
    if "\x00" in text:
        text = text.replace("\x00", " ")
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def hide(text: str) -> str:
    """The text with handles, e-mail addresses and links replaced; nothing else may be trained on.

    >>> hide("@kunde42 schreib an a.b@example.com oder https://example.com/x")
    '@user schreib an mail oder http'
    """
    if any(sign in text for sign in _LINK_SIGNS):
        text = _LINK.sub("http", text)
    if "@" not in text:
        return text
    if _MAIL_SIGN.search(text):
        text = _MAIL.sub("mail", text)
    return _HANDLE.sub("@user", text)


def traits(text: str) -> str:
    """One private-use character for each trait of style that the text has."""
    size = len(text)
    length = (
        "\ue010" if size < 40 else "\ue011" if size < 90 else "\ue012" if size < 160 else "\ue013"
    )
    return length + "".join(
        mark for mark, sign, pattern in _TRAITS if sign in text and pattern.search(text)
    )


def reading(text: str, hidden: str | None = None) -> str:
    """The text as the models see it: hidden, lower case, single spaces, digits as 0, traits.

    Args:
        text: Any text.
        hidden: What `hide` makes of its first `LONGEST` characters, if at hand.
    """
    text = usable(hide(text[:LONGEST]) if hidden is None else hidden)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_LEVELLED))
    marks = traits(text)
    body = _REPOST.sub("", text).lower().translate(_ZEROS)
    return " ".join(_STRETCHED.sub(r"\1\1\1", body).split()) + " " + marks
