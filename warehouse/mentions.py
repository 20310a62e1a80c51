"""Decide which posts concern which brand.

The patterns of a brand's terms are joined into one per kind, because DuckDB compiles a constant
pattern once and a pattern from a column for every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from warehouse.statements import count, run_sql

_KINDS = ("handles", "hashtags", "names", "excluded", "subreddits")


def match_mentions(
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    brands: Sequence[str] | None = None,
    handed_in_for: str | None = None,
) -> int:
    """Bring `mentions` up to date for the posts in `scope_ids`.

    Expects the temporary tables `scope_ids`, `company_authors` and, after an import, `delta`;
    leaves `mention_changes` behind.

    Args:
        con: a writer's connection, inside a transaction.
        now: when new mentions were first seen.
        brands: look at these only; None means all.
        handed_in_for: the brand that the posts of `delta` were handed in for.

    Returns:
        How many mentions are new.
    """
    run_sql(con, "mentions/scope")
    if handed_in_for is not None:
        run_sql(con, "mentions/handed_in", brand=handed_in_for)
    patterns = run_sql(con, "mentions/patterns", brands=brands).fetchall()
    for brand, *texts in patterns:
        terms = dict(zip(_KINDS, texts, strict=True))
        run_sql(con, "mentions/wanted", brand=brand, **terms)
    run_sql(con, "mentions/diff", brands=[row[0] for row in patterns])
    return count(run_sql(con, "mentions/apply", now=now))
