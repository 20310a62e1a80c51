"""Which parameters X accepts, and the 400 it answers to the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from demo.x_dialect import DIALECTS, Dialect
from demo.x_shape import Wanted

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
_ID = re.compile(r"\d{1,19}")
_RANGE = frozenset({"start_time", "end_time", "since_id", "until_id"})
_PAGING = _RANGE | {"max_results", "pagination_token"}
_MEDIA = frozenset({"media.fields", "poll.fields", "place.fields"})
_OWN = {
    "search": _PAGING | {"query", "next_token", "sort_order"},
    "timeline": _PAGING | {"exclude"},
    "mentions": _PAGING,
    "lookup": frozenset({"ids"}),
}
_COUNTS = _RANGE | {"query", "granularity", "next_token", "pagination_token", "search_count.fields"}


class BadParameterError(ValueError):
    """X refuses the request; `parameters` names what it refused."""

    def __init__(self, message: str, **parameters: str) -> None:
        super().__init__(message)
        self.parameters = parameters


@dataclass(frozen=True)
class Parameters:
    """The parameters of one request, checked on reading.

    Attributes:
        lenient: field names that the dialect does not know are ignored instead of refused.
    """

    given: Mapping[str, str]
    dialect: Dialect
    now: datetime
    lenient: bool = False
    known: frozenset[str] = field(default_factory=frozenset)

    def refuse_unknown(self) -> None:
        """Raise for the first parameter that this endpoint does not have."""
        for name, value in self.given.items():
            if name not in self.known and not (self.lenient and self._of_other_dialect(name)):
                allowed = ",".join(sorted(self.known))
                raise BadParameterError(
                    f"The query parameter [{name}] is not one of [{allowed}]", **{name: value}
                )

    def _of_other_dialect(self, name: str) -> bool:
        return name in {dialect.fields_parameter for dialect in DIALECTS.values()}

    def wanted(self, *, users: bool = False) -> Wanted:
        """Fields and expansions; `users` for endpoints that return accounts."""
        dialect = self.dialect
        expansions = dialect.user_expansions if users else dialect.expansions
        return Wanted(
            self.choice(dialect.fields_parameter, dialect.post_fields),
            self.choice("expansions", expansions),
            self.choice("user.fields", dialect.user_fields),
        )

    def choice(self, name: str, allowed: frozenset[str]) -> frozenset[str]:
        """The comma-separated values of a parameter, each one of `allowed`."""
        values = self.given[name].split(",") if name in self.given else []
        for value in values:
            if value not in allowed and not self.lenient:
                among = ",".join(sorted(allowed))
                raise BadParameterError(
                    f"The `{name}` query parameter value [{value}] is not one of [{among}]",
                    **{name: value},
                )
        return frozenset(values)

    def items(self, name: str) -> list[str]:
        """The 1 to 100 values of a required list."""
        values = self.required(name).split(",")
        if len(values) > 100:
            message = f"size must be between 1 and 100, but `{name}` has {len(values)} values"
            raise BadParameterError(message, **{name: self.given[name]})
        return values

    def required(self, name: str) -> str:
        """A parameter that must be there and not empty."""
        if not self.given.get(name):
            raise BadParameterError(f"The `{name}` query parameter can not be empty", **{name: ""})
        return self.given[name]

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.given.get(name, str(default))
        if not value.isdigit() or not low <= int(value) <= high:
            message = (
                f"The `{name}` query parameter value [{value}] is not between {low} and {high}"
            )
            raise BadParameterError(message, **{name: value})
        return int(value)

    def post_id(self, name: str) -> int | None:
        """An id as a number, None if it was not given."""
        value = self.given.get(name)
        if value is not None and not _ID.fullmatch(value):
            message = f"The `{name}` query parameter value [{value}] is not valid"
            raise BadParameterError(message, **{name: value})
        return None if value is None else int(value)

    def time(self, name: str) -> datetime | None:
        """An instant to the second, None if it was not given."""
        value = self.given.get(name)
        if value is None:
            return None
        if not _TIME.fullmatch(value):
            message = f"The `{name}` query parameter value [{value}] is not a valid RFC3339 time"
            raise BadParameterError(message, **{name: value})
        return datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)


def known(dialect: Dialect, endpoint: str) -> frozenset[str]:
    """The names of the parameters that an endpoint accepts."""
    fields = frozenset({dialect.fields_parameter, "expansions", "user.fields"})
    match endpoint:
        case "counts":
            return _COUNTS
        case "users":
            return fields | {"usernames"}
        case "user":
            return fields
    return fields | _MEDIA | _OWN[endpoint]


def invalid_request(error: BadParameterError, dialect: Dialect) -> dict[str, Any]:
    """The body of the 400."""
    parameters = {name: [value] for name, value in error.parameters.items()}
    return {
        "errors": [{"parameters": parameters, "message": str(error)}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{dialect.problems}/invalid-request",
    }
