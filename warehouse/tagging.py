"""Texts out in batches, tags in: tagging itself never holds the database open."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson

from warehouse.db import transaction
from warehouse.staging import RejectStage, RowWriter
from warehouse.statements import count, run_sql
from watchlist.files import replace_durably

log = logging.getLogger(__name__)

#: Posts that one export reads again with a new model, at most: some ten seconds' work for the fast
#: one, two or three minutes' for the accurate one.
RETAGGED_PER_RUN = 20_000

_KEPT = (
    "platform",
    "post_id",
    "text_hash",
    "model",
    "lang",
    "sentiment",
    "complaint",
    "question",
    "praise",
    "urgent",
    "settled",
    "private_data",
    "spill_over",
    "topics",
    "reply_kind",
)


@dataclass(frozen=True)
class TagResult:
    """How many tags were loaded, and how many lines could not be used."""

    loaded: int = 0
    rejected: int = 0


def export_untagged(
    con: duckdb.DuckDBPyConnection,
    directory: Path,
    model: str,
    now: datetime,
    batch_size: int = 5000,
    retagged: int = RETAGGED_PER_RUN,
) -> list[Path]:
    """Write the texts that wait for this model's tags as JSON lines, newest posts first.

    A model other than the one used last makes all texts wait that it has not read. Those that an
    earlier model has read come last and in portions, so that a new model never holds up what is
    new. Batches of an earlier export that nobody has taken are replaced.

    Args:
        con: a writer's connection.
        directory: where the batches go.
        model: name and version of the model in use.
        now: the clock.
        batch_size: texts per file.
        retagged: texts that an earlier model has read, at most; fewer where much is new.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for stale in directory.glob("*.jsonl*"):
        stale.unlink(missing_ok=True)
    with transaction(con):
        if run_sql(con, "tagging/model_in_use").fetchone() != (model,):
            run_sql(con, "tagging/begin_model", model_name=model, now=now)
        names = (directory / f"{now:%Y%m%dT%H%M%S}-{number:05d}.jsonl" for number in range(100_000))
        run_sql(con, "tagging/untagged")
        fresh, fresh_count = _write_batches(con, names, batch_size)
        run_sql(con, "tagging/retag", most=max(0, retagged - fresh_count))
        return fresh + _write_batches(con, names, batch_size)[0]


def load_tags(con: duckdb.DuckDBPyConnection, paths: Iterable[Path], now: datetime) -> TagResult:
    """Load tagged batches in one transaction, then delete their files.

    A file whose last line has no end is still being written, or never will be finished: it is left
    alone, and its texts go on waiting.
    """
    whole = [path for path in paths if _is_whole(path)]
    with transaction(con):
        run_sql(con, "tagging/stage_table")
        tags, rejects = RowWriter(con, "tagging/stage"), RejectStage(con, now)
        seq = 0
        for path in whole:
            run_sql(con, "load/forget_rejects", file=path.name)
            for number, line in _lines(path):
                seq += 1
                if row := _row(line):
                    tags.add(row | {"seq": seq, "tagged_at": now})
                else:
                    rejects.add(
                        path.name, number, "not a line of tags", line.decode("utf-8", "replace")
                    )
        tags.flush()
        rejects.flush()
        in_use = run_sql(con, "tagging/model_in_use").fetchone()
        model = in_use[0] if in_use else None
        loaded = count(run_sql(con, "tagging/apply", model_in_use=model, now=now))
    for path in whole:
        path.unlink(missing_ok=True)
    return TagResult(loaded, rejects.size)


def _write_batches(
    con: duckdb.DuckDBPyConnection, names: Iterator[Path], batch_size: int
) -> tuple[list[Path], int]:
    """Write the last result as batch files; return them, and how many rows they hold."""
    paths, row_count = list[Path](), 0
    while rows := con.fetchmany(batch_size):
        paths.append(_write_batch(next(names), rows))
        row_count += len(rows)
    return paths, row_count


def _write_batch(path: Path, rows: list[tuple[str, str, str, str | None, str]]) -> Path:
    keys = ("platform", "post_id", "text", "lang", "text_hash")
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(dict(zip(keys, row, strict=True))) + b"\n")
    replace_durably(part, path)
    return path


def _is_whole(path: Path) -> bool:
    if path.suffix == ".part" or not path.exists():
        return False
    with path.open("rb") as file:
        if file.seek(0, 2) == 0:
            return True
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line


def _row(line: bytes) -> dict[str, Any] | None:
    """One line of tags as a row, or None where it is no such line."""
    try:
        tags = orjson.loads(line)
        row = {key: tags.get(key) for key in _KEPT}
        scores, sentiments = tags.get("scores") or {}, tags.get("sentiment_scores") or {}
        row |= {
            f"{key}_score": scores.get(key) for key in ("complaint", "question", "praise", "urgent")
        }
        row |= {f"{key}_score": sentiments.get(key) for key in ("negative", "neutral", "positive")}
    except (orjson.JSONDecodeError, AttributeError):
        return None
    needed = (row["platform"], row["post_id"], row["text_hash"], row["model"])
    return row if all(isinstance(value, str) for value in needed) else None
