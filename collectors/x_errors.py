"""What X's refusals mean and when another try makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from collectors.errors import (
    BY_ITSELF,
    CollectorError,
    CreditsExhausted,
    NotFound,
    PlatformDown,
    QuotaExhausted,
    RateLimited,
    Refused,
    TooOld,
    Unauthorized,
    Unreachable,
)
from collectors.reading import as_dicts, as_text, parse

_LIMIT_WINDOW = timedelta(minutes=15)
_TOO_OLD = ("must be a tweet id created after", "must be on or after", "within the last 7 days")


def from_answer(response: requests.Response, now: datetime) -> CollectorError:
    """Turn an answer that is no success into a typed error."""
    problem = _problem(response)
    said = f"{response.status_code} {_message(problem) or response.reason or ''}".strip()
    match response.status_code:
        case 400:
            return _refused(said)
        case 401:
            return Unauthorized("x", said, "renew the bearer token in AIRFLOW_CONN_HORCH_X")
        case 402:
            return CreditsExhausted("x", said, "buy credits in X's developer console")
        case 403:
            return _forbidden(problem, said)
        case 404 | 410 | 451:
            return NotFound("x", said, "check that the account or post still exists")
        case 429:
            return _limited(response, problem, said, now)
        case 408:
            return PlatformDown("x", said, BY_ITSELF)
        case status if status < 400 or status >= 500:
            return PlatformDown("x", said, BY_ITSELF, _retry_after(response, now))
    return _refused(said)


def no_answer(error: requests.RequestException) -> PlatformDown:
    """Turn a failed request into a typed error; its text may hold secrets and is left out."""
    if isinstance(error, requests.Timeout):
        failure: PlatformDown = Unreachable("x", "no answer in time", BY_ITSELF)
    elif isinstance(error, requests.ConnectionError):
        failure = Unreachable("x", "cannot be reached", "check the network and the host")
    else:
        failure = PlatformDown("x", f"a broken answer ({type(error).__name__})", BY_ITSELF)
    failure.may_be_billed = not _never_left(error)
    return failure


def _never_left(error: requests.RequestException) -> bool:
    """Tell whether not even a connection was made, so that nothing can have been charged."""
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError)


def _refused(said: str) -> CollectorError:
    if any(phrase in said for phrase in _TOO_OLD):
        return TooOld("x", said, "ask for the last 7 days only")
    if "end_time" in said:
        return Refused("x", said, "set this computer's clock; it runs ahead of X's")
    return Refused("x", said, "check the brand's handles, names, hashtags and exclude")


def _forbidden(problem: Mapping[str, Any], said: str) -> Unauthorized:
    if problem.get("reason") == "client-not-enrolled":
        return Unauthorized(
            "x",
            f"{said} (client-not-enrolled)",
            "attach the app to a project with API access in X's developer console",
        )
    return Unauthorized("x", said, "check what the app of AIRFLOW_CONN_HORCH_X is allowed to read")


def _limited(
    response: requests.Response, problem: Mapping[str, Any], said: str, now: datetime
) -> CollectorError:
    kind = f"{problem.get('title')} {problem.get('type')}"
    if "UsageCapExceeded" in kind or "usage-capped" in kind:
        is_daily = problem.get("period") == "Daily"
        again = _midnight(now + timedelta(days=1)) if is_daily else _next_month(now)
        return QuotaExhausted("x", said, f"reading goes on at {again:%Y-%m-%d %H:%M} UTC", again)
    again = _reset(response.headers.get("x-rate-limit-reset"), now)
    return RateLimited("x", said, f"reading goes on at {again:%H:%M} UTC", again)


def _reset(header: str | None, now: datetime) -> datetime:
    """Read X's reset time; what is missing, past or beyond a day is not believed."""
    try:
        again = datetime.fromtimestamp(int(header or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return now + _LIMIT_WINDOW
    if now < again <= now + timedelta(days=1):
        return again
    return now + (timedelta(minutes=1) if again <= now else _LIMIT_WINDOW)


def _retry_after(response: requests.Response, now: datetime) -> datetime | None:
    header = response.headers.get("retry-after", "")
    is_sane = header.isascii() and header.isdigit() and len(header) <= 5
    return now + timedelta(seconds=int(header)) if is_sane else None


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _next_month(now: datetime) -> datetime:
    first = _midnight(now).replace(day=1)
    return (first + timedelta(days=32)).replace(day=1)


def _problem(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = parse(response.content)
    except (ValueError, RuntimeError):  # RuntimeError: the body broke off while it was read
        return {}
    return body if isinstance(body, dict) else {}


def _message(problem: Mapping[str, Any]) -> str:
    """X's own words: of the single errors where there are some, else of the whole."""
    said = [as_text(error.get("message")) for error in as_dicts(problem.get("errors"))]
    whole = [as_text(problem.get(key)) for key in ("title", "detail")]
    return " ".join(word for word in said if word) or ": ".join(word for word in whole if word)
