"""Texts in, tags out, in order and as a stream: the package's interface."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import orjson

from enrich.model import ModelError, Tags, TextIn
from watchlist.files import replace_durably

BATCH = 512
"""Texts that are tagged together; nothing of a batch stays in memory behind it."""


def tag_texts(texts: Iterable[TextIn], model: str = "fast", batch: int = BATCH) -> Iterator[Tags]:
    """The tags of each text, in the same order.

    Args:
        texts: Records with `text`, and optionally `id` (handed through) and `lang` (the
            platform's guess).
        model: "fast" or another model that is there.
        batch: Texts read ahead at most.

    Raises:
        ModelError: there is no such model.

    >>> next(tag_texts([{"text": "Wo bleibt mein Paket?"}]))["lang"]
    'de'
    """
    from enrich.pipeline import tag_batch  # spaCy takes a second to import: only when it is needed

    rest = iter(texts)
    while some := list(islice(rest, batch)):
        yield from tag_batch(some, model)


def tag_file(source: Path, target: Path, model: str = "fast") -> int:
    """Tags a file of JSON lines; every key but `text` and `lang` is handed through.

    The target is complete once it is there: it is written beside and then renamed.

    Args:
        source: JSON lines with at least `text`.
        target: JSON lines with the tags.
        model: Which model.

    Returns:
        How many texts were tagged.

    Raises:
        ModelError: there is no such model, or the source is not what it should be.
    """
    part = target.with_name(target.name + ".part")
    count = 0
    with source.open("rb") as lines, part.open("wb") as out:
        records = (_record(source, number, line) for number, line in enumerate(lines, 1))
        for kept, tags in _with_rest(records, model):
            out.write(orjson.dumps({**kept, **tags}) + b"\n")
            count += 1
    replace_durably(part, target)
    return count


def _with_rest(
    records: Iterator[dict[str, object]], model: str
) -> Iterator[tuple[dict[str, object], Tags]]:
    while some := list(islice(records, BATCH)):
        texts: list[TextIn] = [
            {"text": str(r.get("text") or ""), "lang": _hint(r.get("lang"))} for r in some
        ]
        for record, tags in zip(some, tag_texts(texts, model), strict=True):
            yield {key: value for key, value in record.items() if key not in ("text", "lang")}, tags


def _record(source: Path, number: int, line: bytes) -> dict[str, object]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ModelError(
            f"{source}, line {number}: not JSON ({error}); export the batch again"
        ) from error
    if not isinstance(record, dict):
        raise ModelError(f"{source}, line {number}: not an object; export the batch again")
    return record


def _hint(value: object) -> str | None:
    return value if isinstance(value, str) else None
