"""The only place where the command reads its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from collectors.connection import (
    ENVIRONMENT_PREFIX,
    Connection,
    ConnectionFormatError,
    parse_connection,
)
from collectors.errors import NotConnected

#: Names the watch-list where `--watchlist` does not.
WATCHLIST_VARIABLE = "HORCH_WATCHLIST"
SMTP = "smtp"


def variable(name: str) -> str:
    """Return the variable that holds the connection called `name`."""
    return f"{ENVIRONMENT_PREFIX}{name.upper()}"


def connection(name: str, environment: Mapping[str, str] = os.environ) -> Connection | None:
    """Read one connection, or None where its variable is not set or empty.

    Raises:
        ConnectionFormatError: the variable holds neither Airflow's URI nor its JSON form.
    """
    text = environment.get(variable(name), "").strip()
    return parse_connection(name, text) if text else None


def connections(
    environment: Mapping[str, str] = os.environ,
) -> tuple[dict[str, Connection], dict[str, ConnectionFormatError]]:
    """Read every connection of ours, by its short name; beside them those that are broken."""
    good: dict[str, Connection] = {}
    broken: dict[str, ConnectionFormatError] = {}
    ours = [key for key in environment if key.startswith(ENVIRONMENT_PREFIX)]
    for name in (key.removeprefix(ENVIRONMENT_PREFIX).lower() for key in ours):
        try:
            found = connection(name, environment)
        except ConnectionFormatError as error:
            broken[name] = error
        else:
            good |= {name: found} if found else {}
    return good, broken


def needed(name: str, environment: Mapping[str, str] = os.environ) -> Connection:
    """Read a connection that cannot be done without.

    Raises:
        NotConnected: its variable is not set.
        ConnectionFormatError: it cannot be read.
    """
    if found := connection(name, environment):
        return found
    raise NotConnected(name)


def user(environment: Mapping[str, str] = os.environ) -> str:
    """Return who runs the command, to be named beside what they change."""
    return environment.get("USER") or environment.get("LOGNAME") or "unknown"
