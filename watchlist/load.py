"""Reading the watch-list: all its mistakes at once, each with its line and what to do about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from watchlist.locate import lines_of
from watchlist.mistakes import Mistake, WatchlistError, mistakes_of
from watchlist.model import Watchlist

_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
#: What the TOML reader says, in words that help somebody who has never heard of TOML.
_SYNTAX = {
    "Cannot overwrite a value": "this key is given twice; keep one of the two",
    "Cannot declare": "this table is given twice; join the two into one",
    "Invalid value": 'not a value; texts stand in quotation marks, such as "text"',
    "Illegal character": "a quotation mark is missing at the end; close the text",
    "Unterminated string": "a quotation mark is missing at the end; close the text",
    "Unclosed array": "a list is not closed; end it with ]",
    "Expected '=' after a key": "not a setting; write key = value",
    "Expected newline or end of document": "more than one value; put texts in quotation marks",
    "Invalid initial character for a key part": "a key is missing here; write key = value",
    "Invalid statement": "a key is missing here; write key = value",
    "Unescaped '\\'": "a backslash needs single quotation marks around its text; write 'a\\b'",
    'Expected "\'"': "a quotation mark is missing at the end; close the text",
    "Expected ']' at the end of a table": "a bracket is missing; write [table]",
    "Expected ']]' at the end of an array": "a bracket is missing; write [[brands]]",
}


def load(path: Path, platforms: Collection[str] | None = None) -> Watchlist:
    """Read and check a watch-list; its storage path comes back absolute.

    Args:
        path: The TOML file.
        platforms: Platforms that can be collected; others are mistakes. None: not checked.

    Raises:
        WatchlistError: it is missing, unreadable or wrong; lists every mistake.
    """
    text = _read(path)
    try:
        watchlist = Watchlist.model_validate(_parse(text, path), context={"platforms": platforms})
    except ValidationError as error:
        raise WatchlistError(path, mistakes_of(error, path.name, lines_of(text))) from None
    folder = path.resolve().parent / watchlist.storage.path.expanduser()
    storage = watchlist.storage.model_copy(update={"path": folder})
    return watchlist.model_copy(update={"storage": storage})


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _whole(path, "there is no such file; horch init writes one") from None
    except OSError as error:
        raise _whole(path, f"cannot be read ({error.strerror}); check the path") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _whole(path, "is written in UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "a character is not UTF-8; save the file as UTF-8"
        raise WatchlistError(path, [Mistake(path.name, line, "", message)]) from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place["line"]) if place and place["line"] else len(text.splitlines())
        cause = _PLACE.sub("", said)
        known = next((words for start, words in _SYNTAX.items() if cause.startswith(start)), None)
        message = known or f"not TOML: {cause}; compare with docs/watchlist.md"
        raise WatchlistError(path, [Mistake(path.name, line, "", message)]) from None
    except RecursionError:
        raise _whole(path, "is nested too deeply; compare with docs/watchlist.md") from None


def _whole(path: Path, message: str) -> WatchlistError:
    """Make the error of a file that cannot be read at all, named with its path."""
    return WatchlistError(path, [Mistake(str(path), None, "", message)])
