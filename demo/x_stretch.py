"""Which stretch of time and ids a request asks for, and what X refuses about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.ids import snowflake_time
from demo.model import SEARCH_REACH
from demo.x_params import BadParameterError, Parameters
from demo.x_shape import timestamp


@dataclass(frozen=True)
class Stretch:
    """Which posts a request may return: ids in `(after, before)`, times in `[start, end)`."""

    start: datetime | None
    end: datetime
    after: int
    before: int

    def covers(self, at: datetime, post_id: str) -> bool:
        """Whether a post of that time and id lies in the stretch."""
        in_time = (self.start is None or self.start <= at) and at < self.end
        return in_time and self.after < int(post_id) < self.before


def stretch(parameters: Parameters, *, recent: bool) -> Stretch:
    """The stretch asked for; `recent` adds the rules of the 7-day search.

    Raises:
        BadParameterError: it lies too far back, ends too late, or is named in two ways.
    """
    now = parameters.now
    start, end = parameters.time("start_time"), parameters.time("end_time")
    since, until = parameters.post_id("since_id"), parameters.post_id("until_id")
    if end and end > now - timedelta(seconds=10):
        raise _bad_time(
            "end_time", end, "must be a minimum of 10 seconds prior to the request time"
        )
    if start and start >= (end or now):
        raise _bad_time("start_time", start, "must be before 'end_time'")
    if recent:
        _check_reach(parameters, start, since, now - SEARCH_REACH)
    oldest = now - SEARCH_REACH if recent else None
    return Stretch(start or oldest, end or now - timedelta(seconds=30), since or 0, until or 2**63)


def _check_reach(
    parameters: Parameters, start: datetime | None, since: int | None, oldest: datetime
) -> None:
    if start and start < oldest.replace(microsecond=0):
        raise _bad_time("start_time", start, f"must be on or after {timestamp(oldest)}")
    if since is None:
        return
    if clash := parameters.given.keys() & {"start_time", "end_time"}:
        message = f"`since_id` can not be used together with `{min(clash)}`"
        raise BadParameterError(message, since_id=str(since))
    if snowflake_time(str(since)) < oldest:
        message = f"'since_id' must be a tweet id created after {timestamp(oldest)}. Please use a "
        message += "'since_id' that is larger"
        raise BadParameterError(message, since_id=str(since))


def _bad_time(name: str, value: datetime, problem: str) -> BadParameterError:
    text = timestamp(value)
    return BadParameterError(f"Invalid '{name}':'{text}'. '{name}' {problem}.", **{name: text})
