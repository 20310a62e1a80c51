"""A mail server on loopback that keeps what it gets as `.eml` files."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

_NOT_IN_NAMES = re.compile(r"[^\w@.+-]+")


class MailSink:
    """Receives mail in a thread of its own while its block runs.

    Attributes:
        folder: Where the messages go, one file for each recipient.
        received: The files written since the start.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.received: list[Path] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        listening = self._loop.create_server(
            lambda: SMTP(self, hostname="localhost", loop=self._loop), "127.0.0.1", 0
        )
        self._server = self._loop.run_until_complete(listening)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def connection(self) -> str:
        """How to reach it, in Airflow's JSON form."""
        extra = {"disable_ssl": True, "disable_tls": True, "from_email": "horch@example.org"}
        port = self._server.sockets[0].getsockname()[1]
        return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra})

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one message; the name is aiosmtpd's."""
        content = envelope.content
        data = content if isinstance(content, bytes) else (content or "").encode()
        stamp = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}"
        for recipient in envelope.rcpt_tos:
            path = self.folder / f"{stamp}-{_NOT_IN_NAMES.sub('_', recipient)}.eml"
            path.write_bytes(data)
            self.received.append(path)
        return "250 OK"
