"""A small local HTTP server: routes by function, faults on request, started in a thread.

The standard library's server is enough here, and it lets a test cut an answer in the middle.
"""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What a client asked; of a parameter given twice the last one counts."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer; a `body` that is no text is sent as JSON."""

    status: int = 200
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> tuple[bytes, str]:
        """The body's bytes and its content type."""
        if isinstance(self.body, str):
            return self.body.encode(), "text/html; charset=utf-8"
        text = json.dumps(self.body, ensure_ascii=False)
        return text.encode(), "application/json; charset=utf-8"


@dataclass
class Fault:
    """Something that goes wrong with the next `times` requests whose path contains `path`.

    Attributes:
        after: that many matching requests are served properly first.
        status: answered instead of the real answer, with `body` and `headers`.
        truncate: send only that many bytes of the (real or given) body, then hang up.
        drop: hang up without an answer.
        delay: seconds to wait before answering.
    """

    path: str = ""
    times: int = 1
    after: int = 0
    status: int | None = None
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    truncate: int | None = None
    drop: bool = False
    delay: float = 0.0


class LocalServer:
    """Serves `answer` on a loopback port until stopped; use it as a context manager.

    Attributes:
        faults: what shall go wrong, in this order; see `Fault`.
        requests: every request received, in order.
        clock: what the `date` of answers says; None: they have none.
    """

    clock: Callable[[], datetime] | None = None

    def __init__(self, answer: Callable[[Request], Reply], port: int = 0) -> None:
        self.faults: list[Fault] = []
        self.requests: list[Request] = []
        self.answer = answer
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._server = _Listener(("127.0.0.1", port), _Handler)
        self._server.owner = self

    @property
    def url(self) -> str:
        """Address without a slash at its end, such as `http://127.0.0.1:40123`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        """Serve from a thread of its own; starting twice is no harm."""
        if self._thread is None:
            run = self._server.serve_forever
            self._thread = threading.Thread(target=run, args=(0.02,), daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Close the port, for good."""
        if self._thread is not None:
            self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def take_fault(self, request: Request) -> Fault | None:
        """Note the request; return the fault it meets, if any."""
        with self._lock:
            self.requests.append(request)
            for fault in self.faults:
                if fault.times and fault.path in request.path:
                    if fault.after:
                        fault.after -= 1
                        return None
                    fault.times -= 1
                    return fault
        return None


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    owner: LocalServer

    def handle_error(self, request: object, client_address: object) -> None:
        log.debug("%s at %s went away", request, client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    # A buffered answer leaves in one packet, so that keep-alive clients need not wait for it.
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        request = self._request()
        owner = self.server.owner
        fault = owner.take_fault(request)
        if fault is None:
            self._send(owner.answer(request), None)
            return
        time.sleep(fault.delay)
        if fault.drop:
            self._hang_up()
        elif fault.status is None:
            self._send(owner.answer(request), fault.truncate)
        else:
            self._send(Reply(fault.status, fault.body, fault.headers), fault.truncate)

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        form = dict(parse_qsl(body, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, parts.path, query, form, headers)

    def _send(self, reply: Reply, truncate: int | None) -> None:
        body, content_type = reply.encoded()
        self.send_response(reply.status)
        headers = {"content-type": content_type, "content-length": str(len(body))}
        if self.close_connection:
            headers["connection"] = "close"  # else a client that asked for it tries the port again
        for name, value in (headers | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:truncate])
        if truncate is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def send_response(self, code: int, message: str | None = None) -> None:
        self.log_request(code)
        self.send_response_only(code, message)
        if clock := self.server.owner.clock:
            self.send_header("date", format_datetime(clock().astimezone(UTC), usegmt=True))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        log.debug(format, *args)
