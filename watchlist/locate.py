"""Where each key of a TOML text stands: the standard library gives values without their lines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

#: Keys and list positions from the top, such as ("brands", 0, "hashtags", 1).
KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      (?P<skip>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    | (?P<mark>[\[\]{}=,])
    | (?P<word>[^\s\#\[\]{}=,"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[KeyPath, int]:
    r"""Map every key and list item of a valid TOML text to its line, counted from 1.

    Tables stand where their header is first named, arrays of tables where each entry begins.

    Examples:
        >>> lines_of('a = [1,\n  2]\n[[b]]\nc = 3')
        {('a',): 1, ('a', 0): 1, ('a', 1): 2, ('b',): 3, ('b', 0): 3, ('b', 0, 'c'): 4}
    """
    return _Scanner(_tokens(text)).scan()


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "skip":
            tokens.append(_Token(found.lastgroup, found[0], line))
        line += found[0].count("\n")
    return tokens


@dataclass
class _Scanner:
    tokens: list[_Token]
    place: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    #: How many entries each array of tables has so far.
    entries: dict[KeyPath, int] = field(default_factory=dict)

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip("newline"):
            if self._at("["):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip(self, *kinds: str) -> bool:
        """Step over tokens of these kinds or texts; False at the end of the text."""
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token.kind not in kinds and token.text not in kinds:
                return True
            self.place += 1
        return False

    def _at(self, text: str) -> bool:
        token = self.tokens[self.place]
        return token.kind == "mark" and token.text == text

    def _header(self) -> KeyPath:
        line = self.tokens[self.place].line
        self.place += 1
        is_array = self._at("[")
        self.place += is_array
        table = self._note((), self._key("]"), line)
        self.place += 1 + is_array
        if is_array:
            self.entries[table] = self.entries.get(table, 0) + 1
            table = (*table, self.entries[table] - 1)
            self.lines[table] = line
        return table

    def _note(self, start: KeyPath, parts: list[str], line: int) -> KeyPath:
        """Note each key on the way down, inside the newest entry of an array of tables."""
        path = start
        for part in parts:
            if path in self.entries:
                path = (*path, self.entries[path] - 1)
            path = (*path, part)
            self.lines.setdefault(path, line)
        return path

    def _key(self, end: str) -> list[str]:
        parts: list[str] = []
        while not self._at(end):
            token = self.tokens[self.place]
            if token.kind == "string":
                parts.append(tomllib.loads(f"key = {token.text}")["key"])
            else:
                parts += [part for part in token.text.split(".") if part]
            self.place += 1
        return parts

    def _pair(self, table: KeyPath) -> None:
        line = self.tokens[self.place].line
        path = self._note(table, self._key("="), line)
        self.place += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._at("["):
            self._array(path)
        elif self._at("{"):
            self._inline_table(path)
        else:
            self.place += 1
            while self.place < len(self.tokens) and self.tokens[self.place].kind == "word":
                self.place += 1  # a date and its time are one value

    def _array(self, path: KeyPath) -> None:
        self.place += 1
        index = 0
        while self._skip("newline", ",") and not self._at("]"):
            self.lines[*path, index] = self.tokens[self.place].line
            self._value((*path, index))
            index += 1
        self.place += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.place += 1
        while self._skip("newline", ",") and not self._at("}"):
            self._pair(path)
        self.place += 1
