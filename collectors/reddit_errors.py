"""What Reddit's refusals mean and when another try makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import prawcore
import requests

from collectors.errors import (
    BY_ITSELF,
    CollectorError,
    NotFound,
    PlatformDown,
    RateLimited,
    Refused,
    Unauthorized,
    Unreachable,
)
from collectors.reading import as_text, parse

_LOGIN = "check login and password of AIRFLOW_CONN_HORCH_REDDIT, and that Reddit approved the app"
_LIMIT_WINDOW = timedelta(minutes=10)
_HIDDEN = ("private", "quarantined", "gold_only", "banned")


def from_answer(response: requests.Response, now: datetime) -> CollectorError:
    """Turn an answer that is no success into a typed error."""
    problem = _problem(response)
    words = as_text(problem.get("message")) or response.reason or ""
    said = f"{response.status_code} {words}".strip()
    match response.status_code:
        case 401:
            return Unauthorized("reddit", said, _LOGIN)
        case 403 if problem.get("reason") in _HIDDEN:
            return NotFound(
                "reddit", f"{said} ({problem['reason']})", "remove it from `subreddits`"
            )
        case 403:
            return Unauthorized("reddit", said, _LOGIN)
        case 301 | 302 | 404 | 451:
            return NotFound("reddit", said, "check the spelling in `subreddits` of the watch-list")
        case 429:
            again = reset(response, now) or now + _LIMIT_WINDOW
            return RateLimited("reddit", said, f"reading goes on at {again:%H:%M} UTC", again)
        case 408:
            return PlatformDown("reddit", said, BY_ITSELF)
        case status if status < 400 or status >= 500:
            return PlatformDown("reddit", said, BY_ITSELF)
    return Refused("reddit", said, "check `names` and `exclude` of the watch-list")


def no_answer(error: Exception) -> CollectorError:
    """Turn a failure without a refusal into a typed error; its text may hold secrets."""
    cause = error
    if isinstance(error, prawcore.RequestException):
        cause = error.original_exception
    if isinstance(error, prawcore.OAuthException):
        return Unauthorized("reddit", f"login refused ({error.error})", _LOGIN)
    if isinstance(cause, requests.Timeout):
        return Unreachable("reddit", "no answer in time", BY_ITSELF)
    if isinstance(cause, requests.ConnectionError):
        return Unreachable("reddit", "cannot be reached", "check the network and the host")
    return PlatformDown("reddit", f"a broken answer ({type(cause).__name__})", BY_ITSELF)


def reset(response: requests.Response | None, now: datetime) -> datetime | None:
    """Read when the limit ends, from `retry-after` or `x-ratelimit-reset`, both in seconds."""
    headers: Mapping[str, Any] = {} if response is None else response.headers
    for name in ("retry-after", "x-ratelimit-reset"):
        try:
            seconds = float(headers.get(name, ""))
        except ValueError:
            continue
        if 0 <= seconds <= timedelta(days=1).total_seconds():
            return now + timedelta(seconds=max(seconds, 1.0))
    return None


def _problem(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = parse(response.content)
    except (ValueError, RuntimeError):
        return {}
    return body if isinstance(body, dict) else {}
