"""A made-up utility with eight ordinary weeks behind it, and storms to let loose on it."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb

from digest.alerts.model import Alert
from tests.digest import digest_sample as sample
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 20, 10, tzinfo=UTC)  # Wednesday 21:10 in Berlin
NIGHT, CARE = "nacht@kronfurt.example", "slack_care"


def a_brand(**alerts: object) -> Brand:
    """Kronfurt with somebody on call and one channel."""
    return sample.a_brand(alerts={"on_call": (NIGHT,), "channels": (CARE,)} | alerts)


@contextmanager
def ordinary(brand: Brand, weeks: int = 8) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with about three complaints a day, all read up to now."""
    with sample.warehouse(brand, NOW) as con:
        covered(con, NOW - timedelta(weeks=weeks, days=1), NOW)
        past = [NOW - timedelta(hours=7 * number + 25) for number in range(24 * weeks)]
        say(con, [(f"h{number}", at) for number, at in enumerate(past)], status="answered")
        yield con


def covered(con: duckdb.DuckDBPyConnection, since: datetime, until: datetime) -> None:
    """Note that the brand was read without a hole."""
    key = {"brand": "kronfurt", "topic": "@kronfurthilft", "platform": "x"}
    sample.insert(con, "coverage", **key, start_at=since, end_at=until, loaded_at=until)


def say(
    con: duckdb.DuckDBPyConnection,
    posts: Sequence[tuple[str, datetime]],
    seen_after: timedelta = timedelta(minutes=5),
    who: str | None = None,
    **values: object,
) -> None:
    """Complaints, each (post id, time), by as many people unless `who` wrote them all."""
    rows = [
        {"post_id": post_id, "asker_id": who or post_id, "created_at": at, "opened_at": at} | values
        for post_id, at in posts
    ]
    sample.mentions(con, rows)
    sample.insert_all(
        con,
        "mentions",
        [
            {"brand": "kronfurt", "platform": "x", "post_id": post_id, "kind": "direct",
             "first_seen_at": at + seen_after}
            for post_id, at in posts
        ],
    )  # fmt: skip


def storm(
    con: duckdb.DuckDBPyConnection,
    people: int,
    until: datetime = NOW,
    name: str = "s",
    **values: Any,  # noqa: ANN401
) -> None:
    """So many people complain within the hour before `until`."""
    step = timedelta(hours=1) / people
    posts = [(f"{name}{number}", until - step * (number + 1)) for number in range(people)]
    say(con, posts, **values)


def an_alert(**changes: Any) -> Alert:  # noqa: ANN401
    """A wave that has just begun."""
    values: dict[str, Any] = {
        "brand": "kronfurt",
        "id": "shitstorm-20261118T201000Z",
        "incident_id": "shitstorm-20261118T201000Z",
        "kind": "shitstorm",
        "phase": "started",
        "score": 87,
        "people": 21,
        "posts": 23,
        "open_posts": 19,
        "expected": 2.1,
        "excess": 19.0,
        "since": NOW - timedelta(hours=1),
        "until": NOW,
        "started_at": NOW,
        "decided_at": NOW,
    }
    return Alert(**(values | changes))


def a_row(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A post as an alert shows it."""
    values: dict[str, Any] = {
        "platform": "x",
        "post_id": "1",
        "permalink": "https://x.example/anke_wdt/status/1",
        "kind": "direct",
        "author_handle": "anke_wdt",
        "author_name": "Anke",
        "follower_count": 412,
        "text": "Seit zwei Stunden kein Strom im Lindenviertel, und keiner sagt was.",
        "created_at": NOW - timedelta(minutes=20),
        "reasons": ["complaint", "urgent"],
        "private_data": [],
        "spill_over": [],
    }
    return values | changes


@dataclass
class Receiver:
    """A chat service on loopback: keeps what it gets, answers as a test wants it."""

    status: int = 200
    wait_seconds: float = 0.0
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    certificate: Path | None = None

    def __enter__(self) -> Receiver:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(receiver.wait_seconds)
                if receiver.status < 300:
                    receiver.got.append((self.path, json.loads(data)))
                self.send_response(receiver.status)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_port)

    @property
    def address(self) -> str:
        """How apprise calls a webhook here."""
        return f"json://127.0.0.1:{self.port}/hook"

    @property
    def titles(self) -> list[str]:
        """Headlines of what came, in order."""
        return [payload["title"] for _path, payload in self.got]


def certificate(folder: Path) -> Path:
    """Make a certificate that nobody has signed."""
    path = folder / "cert.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", *kind, "-nodes", *names, *files], check=True, capture_output=True)
    return path
