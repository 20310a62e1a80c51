"""Files of post records into the warehouse, as mentions of one brand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.db import transaction
from warehouse.load import LoadResult
from warehouse.merge import merge_staged
from warehouse.records import ImportFileError, read_records
from warehouse.staging import PostStage, RejectStage
from warehouse.statements import count, run_sql


def import_posts(
    con: duckdb.DuckDBPyConnection, file: Path, brand: str, now: datetime
) -> LoadResult:
    """Import one file in one transaction; what cannot be used goes to `rejects`.

    Every post becomes a mention of the brand, of the kind its words say, else `name`; only posts
    by the brand's own people do not. Importing a file again changes nothing.

    Raises:
        ImportFileError: the file cannot be read, or the brand is not in the watch-list.
    """
    if not count(run_sql(con, "load/known_brand", brand=brand)):
        raise ImportFileError(f"no brand is called {brand!r}; add it to the watch-list first")
    with transaction(con):
        posts, rejects = PostStage(con), RejectStage(con, now)
        run_sql(con, "load/forget_rejects", file=str(file))
        for line in read_records(file, now):
            if line.row is None:
                rejects.add(str(file), line.number, line.reason, line.raw)
            else:
                posts.add_row(line.row, now)
        posts.flush()
        rejects.flush()
        merged = merge_staged(con, now, handed_in_for=brand)
    return LoadResult(
        files=1,
        seen=posts.size,
        new=merged.new,
        changed=merged.changed,
        rejected=rejects.size,
        mentions=merged.mentions,
    )
