"""The watch-list as tables, so that SQL can ask it; what a change touches is looked at again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import duckdb
import orjson

from warehouse import hours, terms
from warehouse.db import transaction
from warehouse.mentions import match_mentions
from warehouse.statements import count, run_sql
from watchlist.model import Brand, Watchlist

log = logging.getLogger(__name__)

RowsOf: TypeAlias = Callable[[Brand], Iterable[dict[str, Any]]]

#: How far office hours reach at least: years before and after the present one.
_YEARS_BACK = 2
_YEARS_AHEAD = 1


@dataclass(frozen=True)
class SyncResult:
    """What a changed watch-list has led to; brands by id.

    Attributes:
        rematched: their mentions were looked for again in all posts.
        revised: their threads will be worked out again: hours, people or rules have changed.
        removed: no longer watched; their mentions stay.
    """

    rematched: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def sync_watchlist(
    con: duckdb.DuckDBPyConnection, watchlist: Watchlist, now: datetime
) -> SyncResult:
    """Write what has changed in the watch-list, and mark or repeat what depends on it."""
    with transaction(con):
        _write_wanted(con, watchlist, now)
        run_sql(con, "sync/changes")
        parts = dict(run_sql(con, "sync/parts").fetchall())
        if not parts:
            return SyncResult()
        run_sql(con, "sync/apply")
        if rematched := parts.get("terms", []):
            run_sql(con, "mentions/company_authors")
            run_sql(con, "mentions/scope_all")
            match_mentions(con, now, rematched)
            run_sql(con, "sync/dirty_mentions")
    removed = tuple(parts.get("removed", []))
    result = SyncResult(tuple(rematched), tuple(parts.get("rules", [])), removed)
    log.info("watch-list changed: %s", result)
    return result


def _write_wanted(con: duckdb.DuckDBPyConnection, watchlist: Watchlist, now: datetime) -> None:
    earliest = count(run_sql(con, "sync/earliest_year")) or now.year
    years = (min(now.year - _YEARS_BACK, earliest), now.year + _YEARS_AHEAD)
    tables: dict[str, list[dict[str, Any]]] = {
        "brands": [_brand_row(brand) for brand in watchlist.brands],
        "platforms": _rows(watchlist, _platform_rows),
        "terms": _rows(watchlist, _term_rows),
        "accounts": _rows(watchlist, _account_rows),
        "signatures": _rows(watchlist, _signature_rows),
        "routes": _rows(watchlist, _route_rows),
        "hours": _rows(watchlist, lambda brand: map(vars, hours.expand(brand, *years))),
    }
    documents = {name: orjson.dumps(rows).decode() for name, rows in tables.items()}
    run_sql(con, "sync/wanted", **documents)


def _rows(watchlist: Watchlist, rows_of: RowsOf) -> list[dict[str, Any]]:
    return [{"brand": brand.id} | row for brand in watchlist.brands for row in rows_of(brand)]


def _brand_row(brand: Brand) -> dict[str, Any]:
    return {
        "brand": brand.id,
        "name": brand.name,
        "time_zone": brand.time_zone,
        "answer_within_seconds": int(brand.answer_within.total_seconds()),
        "digest_at": brand.digest.at,
        "retention_seconds": int(brand.retention.total_seconds()),
    }


def _platform_rows(brand: Brand) -> Iterator[dict[str, Any]]:
    for platform in dict.fromkeys(brand.platforms):
        yield {"platform": platform, "engage": brand.engages(platform)}


def _term_rows(brand: Brand) -> Iterator[dict[str, Any]]:
    for kind, term, pattern in dict.fromkeys(terms.rows(brand)):
        yield {"kind": kind, "term": term, "pattern": pattern}


def _account_rows(brand: Brand) -> Iterator[dict[str, Any]]:
    for role, platform, handle in dict.fromkeys(brand.members()):
        yield {"role": role, "platform": platform, "handle": handle}


def _signature_rows(brand: Brand) -> Iterator[dict[str, Any]]:
    for role in ("own", "agency"):
        for signature in dict.fromkeys(getattr(brand.signatures, role)):
            yield {"role": role, "signature": signature}


def _route_rows(brand: Brand) -> Iterator[dict[str, Any]]:
    for place, route in enumerate(brand.routing, 1):
        accounts = [":".join(filter(None, entry)) for entry in route.account_entries()]
        rest = {name: getattr(route, name) for name in ("hashtags", "tags", "platforms")}
        yield {"place": place, "owner": route.owner, "accounts": accounts} | rest
