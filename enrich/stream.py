"""The stream behind `horch tag`: JSON lines in, JSON lines out, in order, bad lines reported."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from enrich.model import InputError, TextIn
from enrich.tagging import tag_texts

BATCH = 512


def tag_lines(lines: Iterable[bytes], model: str, on_error: Callable[[InputError], None]) -> Iterator[bytes]:
    """Tags a stream of JSON lines.

    Args:
        lines: One JSON object each: `text`, and optionally `id` and `lang`. Blank lines are passed over.
        model: Which model.
        on_error: Told of each line that cannot be used; the stream goes on.

    Yields:
        One JSON line per usable line, in the same order.

    Raises:
        ModelError: there is no such model.
    """
    usable = _usable(lines, on_error)
    while some := list(islice(usable, BATCH)):
        for tags in tag_texts(some, model):
            yield orjson.dumps(tags) + b"\n"


def _usable(lines: Iterable[bytes], on_error: Callable[[InputError], None]) -> Iterator[TextIn]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _parse(line, number)
        except InputError as error:
            on_error(error)


def _parse(line: bytes, number: int) -> TextIn:
    try:
        record: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        cause = "not UTF-8" if "utf-8" in str(error).lower() or "surrogate" in str(error).lower() else "not JSON"
        raise InputError(number, f"{cause} ({error})") from error
    if not isinstance(record, dict):
        raise InputError(number, 'not an object like {"id": …, "text": …}')
    if not isinstance(record.get("text"), str):
        raise InputError(number, "no text (the key `text` is missing or not a string)")
    hint = record.get("lang")
    return {"id": record.get("id"), "text": record["text"], "lang": hint if isinstance(hint, str) else None}
