"""Decide which posts concern which brand.

The patterns of a brand's terms are joined into one per kind, because DuckDB compiles a constant
pattern once and a pattern from a column for every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from warehouse.statements import count, run_sql
from warehouse.terms import one_of

#: Kind of term to parameter of `wanted.sql`.
_PARAMETERS = {
    "handle": "handles",
    "hashtag": "hashtags",
    "name": "names",
    "exclude": "excluded",
    "subreddit": "subreddits",
}


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
    patterns = _patterns(con, brands)
    if count(con.execute("SELECT count(*) FROM scope")):
        for brand, terms_by_kind in patterns.items():
            run_sql(con, "mentions/wanted", brand=brand, **terms_by_kind)
    run_sql(con, "mentions/diff", brands=list(patterns))
    return count(run_sql(con, "mentions/apply", now=now))


def _patterns(
    con: duckdb.DuckDBPyConnection, brands: Sequence[str] | None
) -> dict[str, dict[str, str | None]]:
    """Return one pattern per brand and parameter of `wanted.sql`; None where there is no term."""
    patterns: dict[str, dict[str, str | None]] = {}
    for brand, kind, terms in run_sql(con, "mentions/patterns", brands=brands).fetchall():
        own = patterns.setdefault(brand, dict.fromkeys(_PARAMETERS.values()))
        if kind:
            own[_PARAMETERS[kind]] = one_of(kind, terms)
    for own in patterns.values():
        said = [own[name] for name in ("handles", "hashtags", "names")]
        own["terms"] = "|".join(f"(?:{pattern})" for pattern in said if pattern) or None
    return patterns
