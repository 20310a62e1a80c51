"""The stream behind `horch tag`: JSON lines in, JSON lines out, in order, bad lines reported."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

import orjson

from enrich.model import InputError, TextIn
from enrich.tagging import tag_texts

BATCH = 512
SMALL = 4 * BATCH
"""Up to here one process tags; further ones take longer to start than they would save."""


def tag_lines(
    lines: Iterable[bytes], model: str, on_error: Callable[[InputError], None], processes: int = 1
) -> Iterator[bytes]:
    """Tags a stream of JSON lines.

    Args:
        lines: One JSON object each: `text`, and optionally `id` and `lang`. Blank ones are
            passed over.
        model: Which model.
        on_error: Told of each line that cannot be used; the stream goes on.
        processes: How many processes share a long stream.

    Yields:
        The JSON lines of a batch of usable lines, in the same order.

    Raises:
        ModelError: there is no such model.
    """
    usable = _usable(lines, on_error)
    if processes < 2:
        yield from _one_by_one(usable, model)
        return
    first = list(islice(usable, SMALL))
    if len(first) < SMALL:
        yield from _one_by_one(iter(first), model)
    else:
        yield from _side_by_side(chain(first, usable), model, processes)


def _one_by_one(texts: Iterator[TextIn], model: str) -> Iterator[bytes]:
    while some := list(islice(texts, BATCH)):
        yield _tagged(some, model)


def _side_by_side(texts: Iterator[TextIn], model: str, processes: int) -> Iterator[bytes]:
    """Batches go round the processes; no more than a few wait, so memory stays flat."""
    waiting: deque[Future[bytes]] = deque()
    pool = _pool(processes)
    while some := list(islice(texts, BATCH)):
        waiting.append(pool.submit(_tagged, some, model))
        if len(waiting) > 3 * processes:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@cache
def _pool(processes: int) -> ProcessPoolExecutor:
    """The processes, kept for the next stream; they end with this one."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _tagged(texts: list[TextIn], model: str) -> bytes:
    return b"".join(orjson.dumps(tags) + b"\n" for tags in tag_texts(texts, model))


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
        raise InputError(number, f"not JSON in UTF-8 ({error})") from error
    if not isinstance(record, dict):
        raise InputError(number, 'not an object like {"id": …, "text": …}')
    if not isinstance(record.get("text"), str):
        raise InputError(number, "no text (the key `text` is missing or not a string)")
    hint = record.get("lang")
    return {
        "id": record.get("id"),
        "text": record["text"],
        "lang": hint if isinstance(hint, str) else None,
    }
