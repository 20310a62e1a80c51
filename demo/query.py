"""The search language that X and Reddit share: words, phrases, operators, OR, `-` and brackets.

A space means AND and binds tighter than OR. What a word or an operator matches is the
platform's business: `parse` is handed a function that turns a term into a test.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from demo.model import Post

Match = Callable[[Post], bool]
_TOKEN = re.compile(r'\s*(-?)(?:(\()|(\))|((?:\w+:)?"[^"]*")|([^\s()"]+))')
_WORD = re.compile(r"\w+")


class QueryError(ValueError):
    """The query cannot be read; the message is the platform's own kind of sentence."""


@dataclass(frozen=True)
class Term:
    """A word, a phrase, or `operator:value`, as in `from:anna`."""

    operator: str
    value: str
    quoted: bool = False
    negated: bool = False


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    negated: bool


def words(text: str) -> list[str]:
    """The lower-case words of a text; all punctuation separates, `#` and `@` too."""
    return _WORD.findall(text.casefold())


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the phrase's words stand side by side in the text."""
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


def parse(query: str, meaning: Callable[[Term], Match]) -> tuple[Match, list[Term]]:
    """The test that a query makes, and all its terms.

    Raises:
        QueryError: brackets or quotes do not match, an operator is missing a side, or
            `meaning` refused a term.
    """
    parser = _Parser(_tokens(query), meaning)
    match = parser.either()
    if parser.tokens:
        raise QueryError(f"no viable alternative at input '{parser.tokens[0].text}'")
    return match, parser.terms


def _tokens(query: str) -> list[_Token]:
    tokens, position = [], 0
    query = query.rstrip()
    while position < len(query):
        found = _TOKEN.match(query, position)
        if not found:
            raise QueryError(f"missing quote at position {position}")
        minus, opening, closing, phrase, word = found.groups()
        kind = "(" if opening else ")" if closing else "phrase" if phrase else "word"
        tokens.append(_Token(kind, opening or closing or phrase or word, bool(minus)))
        position = found.end()
    return tokens


class _Parser:
    """Recursive descent over `tokens`, consumed from the front."""

    def __init__(self, tokens: list[_Token], meaning: Callable[[Term], Match]) -> None:
        self.tokens = tokens
        self.meaning = meaning
        self.terms: list[Term] = []

    def either(self) -> Match:
        choices = [self._all()]
        while self.tokens and self.tokens[0].text == "OR":
            self.tokens.pop(0)
            choices.append(self._all())
        return choices[0] if len(choices) == 1 else lambda post: any(c(post) for c in choices)

    def _all(self) -> Match:
        parts = []
        while self.tokens and self.tokens[0].text not in ("OR", ")"):
            if self.tokens[0].text == "AND" and self.tokens[0].kind == "word":
                raise QueryError("Ambiguous use of and as a keyword. Use a space to logically join")
            parts.append(self._one())
        if not parts:
            raise QueryError("missing term at end of query or beside OR")
        return parts[0] if len(parts) == 1 else lambda post: all(p(post) for p in parts)

    def _one(self) -> Match:
        token = self.tokens.pop(0)
        if token.kind == "(":
            if token.negated:
                raise QueryError("a group in brackets cannot be negated; negate each term")
            inner = self.either()
            if not self.tokens or self.tokens.pop(0).kind != ")":
                raise QueryError("missing ')' at end of query")
            return inner
        term = _term(token)
        self.terms.append(term)
        match = self.meaning(term)
        return (lambda post: not match(post)) if term.negated else match


def _term(token: _Token) -> Term:
    operator, colon, value = token.text.partition(":")
    if not colon or not operator.isidentifier():
        operator, value = "", token.text
    quoted = value.startswith('"')
    return Term(operator.lower(), value.strip('"'), quoted, token.negated)
