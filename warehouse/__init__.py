"""DuckDB: schema, load, threads and answers, publish."""

from warehouse.answers import update_answers
from warehouse.coverage import CoverageLine, Hole, coverage_report
from warehouse.db import open_reader, open_writer, transaction
from warehouse.erasing import apply_retention, forget, outlived_landings
from warehouse.errors import (
    DiskFull,
    WarehouseBroken,
    WarehouseBusy,
    WarehouseError,
    WarehouseMissing,
    WarehouseNewer,
    WarehouseOlder,
)
from warehouse.importer import import_posts
from warehouse.ledger import pending_landings, spent_usd
from warehouse.load import LoadResult, load_landing
from warehouse.planning import (
    DueThread,
    due_threads,
    plan_backfill,
    plan_checks,
    plan_jobs,
    plan_threads,
)
from warehouse.publishing import NotPublished, publish
from warehouse.querying import (
    CheckResult,
    NoCases,
    QueryInfo,
    UnknownQuery,
    catalogue,
    failing_checks,
    query,
    run_query,
)
from warehouse.records import ImportFileError
from warehouse.statements import run_sql
from warehouse.sync import SyncResult, sync_watchlist
from warehouse.tagging import TagResult, export_untagged, load_tags
from warehouse.versions import UnknownVersion, compare_versions, corrected_posts

__all__ = [
    "CheckResult",
    "CoverageLine",
    "DiskFull",
    "DueThread",
    "Hole",
    "ImportFileError",
    "LoadResult",
    "NoCases",
    "NotPublished",
    "QueryInfo",
    "SyncResult",
    "TagResult",
    "UnknownQuery",
    "UnknownVersion",
    "WarehouseBroken",
    "WarehouseBusy",
    "WarehouseError",
    "WarehouseMissing",
    "WarehouseNewer",
    "WarehouseOlder",
    "apply_retention",
    "catalogue",
    "compare_versions",
    "corrected_posts",
    "coverage_report",
    "due_threads",
    "export_untagged",
    "failing_checks",
    "forget",
    "import_posts",
    "load_landing",
    "load_tags",
    "open_reader",
    "open_writer",
    "outlived_landings",
    "pending_landings",
    "plan_backfill",
    "plan_checks",
    "plan_jobs",
    "plan_threads",
    "publish",
    "query",
    "run_query",
    "run_sql",
    "spent_usd",
    "sync_watchlist",
    "transaction",
    "update_answers",
]
