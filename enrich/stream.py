"""The stream behind `horch tag`: JSON lines in, JSON lines out, in order, bad lines reported."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from queue import Queue
from typing import Any

import orjson

from enrich.model import InputError, TextIn
from enrich.tagging import tag_texts
from enrich.workers import workers
from watchlist.errors import HorchError

BATCH = 512
ALONE = 4 * BATCH
"""So many lines one process tags by itself; further processes take longer to start than that."""

Write = Callable[[bytes], object]
OnError = Callable[[InputError], None]


def tag_lines(lines: Iterable[bytes], model: str, on_error: OnError) -> Iterator[bytes]:
    """Tags a stream of JSON lines.

    Args:
        lines: One JSON object each: `text`, and optionally `id` and `lang`. Blank ones are
            passed over.
        model: Which model.
        on_error: Told of each line that cannot be used; the stream goes on.

    Yields:
        The JSON lines of a batch of usable lines, in the same order.

    Raises:
        ModelError: there is no such model.
    """
    usable = _usable(lines, 1, on_error)
    while some := list(islice(usable, BATCH)):
        yield _tagged(some, model)


def tag_chunks(
    chunks: Iterable[list[bytes]], model: str, write: Write, on_error: OnError, processes: int = 1
) -> None:
    """Tags lines as they come, in several processes once there are many of them.

    What has come is written as soon as it is tagged, in order, also while the next lines are
    waited for; no more than a few chunks are under way, so memory stays flat.

    Args:
        chunks: The lines that came together, as for `tag_lines`.
        model: Which model.
        write: Called with JSON lines, one call after the other.
        on_error: Told of each line that cannot be used, with its number in the whole stream.
        processes: How many processes at most.

    Raises:
        ModelError: there is no such model.
    """
    batches = _batches(chunks, on_error)
    seen = 0
    for some in batches:
        write(_tagged(some, model))
        seen += len(some)
        if processes > 1 and seen >= ALONE:
            break
    _side_by_side(batches, model, write, processes)


def _side_by_side(
    batches: Iterator[list[TextIn]], model: str, write: Write, processes: int
) -> None:
    first = next(batches, None)
    if first is None:
        return
    waiting: Queue[Future[bytes] | None] = Queue(3 * processes)
    with ThreadPoolExecutor(1) as side, workers(processes) as pool:
        gone: list[BaseException] = []
        writer = side.submit(partial(_write_in_turn, waiting, write, gone))
        waiting.put(pool.submit(_tagged, first, model))
        for some in batches:
            if gone:
                break
            waiting.put(pool.submit(_tagged, some, model))
        waiting.put(None)
        writer.result()


def _write_in_turn(
    waiting: "Queue[Future[bytes] | None]", write: Write, gone: list[BaseException]
) -> None:
    """Writes results in the order of their batches; empties the queue even after a failure."""
    while (batch := waiting.get()) is not None:
        if gone:
            continue
        try:
            write(batch.result())
        except (OSError, HorchError, BrokenProcessPool) as error:
            gone.append(error)
    if gone:
        raise gone[0]


def _batches(chunks: Iterable[list[bytes]], on_error: OnError) -> Iterator[list[TextIn]]:
    before = 0
    for lines in chunks:
        usable = _usable(lines, before + 1, on_error)
        while some := list(islice(usable, BATCH)):
            yield some
        before += len(lines)


def _tagged(texts: list[TextIn], model: str) -> bytes:
    return b"".join(orjson.dumps(tags) + b"\n" for tags in tag_texts(texts, model))


def _usable(lines: Iterable[bytes], first: int, on_error: OnError) -> Iterator[TextIn]:
    for number, line in enumerate(lines, first):
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
    text, lang = record["text"], hint if isinstance(hint, str) else None
    return {"id": record.get("id"), "text": text, "lang": lang}
