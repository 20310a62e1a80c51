"""Connections to platforms and mail servers, in the form Airflow writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from watchlist.errors import HorchError

ENVIRONMENT_PREFIX = "AIRFLOW_CONN_HORCH_"


class ConnectionFormatError(HorchError):
    """A connection that is neither the URI nor the JSON form, or lacks what it needs."""


@dataclass(frozen=True)
class Connection:
    """Where a platform is and how to log in; the password never shows in a representation.

    Attributes:
        name: Short lower-case name, `x`, `reddit`, `smtp`; the variable is
            `AIRFLOW_CONN_HORCH_<NAME>`.
        host: Base URL or host name; empty means the platform's own address.
        extra: Anything the platform needs beside login and password, by its own names.
    """

    name: str
    host: str = ""
    login: str = ""
    password: str = field(default="", repr=False)
    port: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        # A login inside the host would show in every URL; login and password have their fields.
        scheme, mark, place = self.host.rpartition("://")
        object.__setattr__(self, "host", scheme + mark + place.rpartition("@")[2])

    @property
    def base_url(self) -> str:
        """`host` and `port` as a URL without a trailing slash, or an empty string."""
        if not self.host:
            return ""
        url = self.host if "://" in self.host else f"https://{self.host}"
        return url.rstrip("/") + (f":{self.port}" if self.port else "")


def parse_connection(name: str, text: str) -> Connection:
    """Read one connection from Airflow's JSON or URI form.

    In the URI form a server that speaks plain HTTP is given as `?scheme=http`.

    Raises:
        ConnectionFormatError: the text is neither form; the message does not repeat it, because
            it holds a secret.
    """
    try:
        return _from_json(name, text) if text.lstrip().startswith("{") else _from_uri(name, text)
    except (ValueError, AttributeError, TypeError) as error:
        raise ConnectionFormatError(
            f"{ENVIRONMENT_PREFIX}{name.upper()} cannot be read as a connection; "
            'write JSON such as {"conn_type": "http", "host": "…", "password": "…"}'
        ) from error


def _from_json(name: str, text: str) -> Connection:
    fields = json.loads(text)
    extra = fields.get("extra") or {}
    extra = json.loads(extra) if isinstance(extra, str) else extra
    port = fields.get("port")
    return Connection(
        name=name,
        host=_with_scheme(fields.get("host") or "", fields.get("schema")),
        login=fields.get("login") or "",
        password=fields.get("password") or "",
        port=int(port) if port else None,
        extra=extra,
    )


def _from_uri(name: str, text: str) -> Connection:
    parts = urlsplit(text.strip())
    if not parts.scheme or "://" not in text:
        raise ValueError("no scheme")
    extra = dict(parse_qsl(parts.query))
    return Connection(
        name=name,
        host=_with_scheme(unquote(parts.hostname or ""), extra.pop("scheme", None)),
        login=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        port=parts.port,
        extra=extra,
    )


def _with_scheme(host: str, scheme: str | None) -> str:
    return f"{scheme}://{host}" if host and scheme and "://" not in host else host
