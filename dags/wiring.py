"""What the DAG files share: where the watch-list is, connections, assets, retries.

Airflow puts this folder on the import path. Nothing heavy is imported before a task runs.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, Connection, RetryPolicy
from airflow.sdk.definitions.retry_policy import RetryDecision
from airflow.sdk.exceptions import AirflowNotFoundException

from collectors.connection import ConnectionFormatError, parse_connection
from collectors.errors import CollectorError, NotConnected, RetryAt, decide

if TYPE_CHECKING:
    from airflow.sdk import Context

    from collectors.connection import Connection as PlatformConnection
    from pipeline import Home

ROOT = Path(__file__).resolve().parents[1]

#: One slot: DuckDB takes one writer at a time (`config/pools.json`).
WRITER = "horch_writer"

#: Where every DAG begins; there is no catching up, coverage knows what is missing.
START = datetime(2026, 1, 1, tzinfo=UTC)

SHORTEST_WAIT = timedelta(seconds=5)

#: A longer wait is left to the next scheduled runs, so that one platform's monthly limit does not
#: keep a run open and the other brands waiting.
LONGEST_WAIT = timedelta(minutes=20)


def watchlist_path() -> Path:
    """Return what `HORCH_WATCHLIST` names, else `watchlist.toml` beside `dags/`."""
    return Path(os.environ.get("HORCH_WATCHLIST") or ROOT / "watchlist.toml")


def brands_on(platform: str) -> list[str]:
    """List the brands that a platform is watched for; cheaper than opening a `Home`."""
    from watchlist.load import load

    return [brand.id for brand in load(watchlist_path()).brands if platform in brand.platforms]


def home() -> Home:
    """Open the watch-list and its data folder."""
    from pipeline import Home

    return Home.open(watchlist_path())


def now() -> datetime:
    """Return the time; the only clock of the tasks."""
    return datetime.now(UTC)


def landed(platform: str) -> Asset:
    """Name the asset that says: a platform has new landing files."""
    return Asset(name=f"landed_{platform}", uri=f"horch://landing/{platform}", group="horch")


def connection(name: str) -> PlatformConnection:
    """Fetch a platform's connection from Airflow: a variable, its database or a secrets backend.

    Raises:
        NotConnected: there is none.
    """
    try:
        found = Connection.get(f"horch_{name}")
    except AirflowNotFoundException as error:
        raise NotConnected(name) from error
    extra = dict(found.extra_dejson)
    fields: dict[str, Any] = {
        "host": found.host,
        "schema": extra.pop("scheme", None) or found.schema,
        "login": found.login,
        "password": found.password,
        "port": found.port,
        "extra": extra,
    }
    return parse_connection(name, json.dumps(fields))


def optional_connection(name: str) -> PlatformConnection | None:
    """Fetch a connection that may be missing."""
    try:
        return connection(name)
    except NotConnected:
        return None


class PlatformRetries(RetryPolicy):
    """Retry when the platform says so; fail at once where only a person can help."""

    def evaluate(
        self,
        exception: BaseException,
        try_number: int,
        max_tries: int,
        context: Context | None = None,
    ) -> RetryDecision:
        """Decide as `collectors.errors.decide` does, for a scheduler."""
        if isinstance(exception, CollectorError):
            return _platform_decision(exception, now())
        if _needs_a_person(exception):
            return RetryDecision.fail(str(exception))
        return RetryDecision.default()


def _platform_decision(error: CollectorError, at: datetime) -> RetryDecision:
    decision = decide(error, at)
    if not isinstance(decision, RetryAt):
        return RetryDecision.fail(str(error))
    wait = max(decision.at - at, SHORTEST_WAIT)
    if wait > LONGEST_WAIT:
        return RetryDecision.fail(f"{error} (the scheduled runs go on trying)")
    return RetryDecision.retry(wait, str(error))


def _needs_a_person(error: BaseException) -> bool:
    from digest import MailRefused
    from watchlist.mistakes import WatchlistError

    return isinstance(error, ConnectionFormatError | MailRefused | WatchlistError)


DEFAULTS: dict[str, Any] = {
    "owner": "care",
    "retries": 3,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(minutes=30),
    "retry_policy": PlatformRetries(),
}
