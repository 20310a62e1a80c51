"""A real SMTP server on loopback that refuses, delays or takes mail as a test wants it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from collectors.connection import Connection


class _AnyPort(Controller):
    """A controller that learns which port the system gave it."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Mailbox:
    """Take mail; `refuse` maps addresses to replies to RCPT, `after_data` to replies to DATA."""

    refuse: dict[str, str] = field(default_factory=dict)
    after_data: dict[str, str] = field(default_factory=dict)
    sender_reply: str = ""
    hang_up: set[str] = field(default_factory=set)
    kill: dict[str, int] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the mail: from here on it is ours, whatever becomes of the sender."""
        address = envelope.rcpt_tos[0]
        if address in self.after_data:
            return self.after_data[address]
        self.taken.append((address, bytes(envelope.original_content or b"")))
        if address in self.kill:
            os.kill(self.kill.pop(address), signal.SIGKILL)
        if address in self.hang_up:
            self.hang_up.discard(address)
            server.transport.abort()
        return "250 taken"

    def __enter__(self) -> Mailbox:
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0, **self.options)
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where the server listens."""
        return int(self._controller.port)

    def connection(self, login: str = "", password: str = "", **extra: object) -> Connection:
        """How to reach this server, without TLS unless told otherwise."""
        plain = {"disable_ssl": True, "disable_tls": True, "from_email": "care@kronfurt.example"}
        return Connection("smtp", "127.0.0.1", login, password, self.port, plain | extra)

    @property
    def recipients(self) -> list[str]:
        """Who got mail, in order."""
        return [address for address, _data in self.taken]

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails, parsed as a mail program would."""
        parse: Callable[[bytes], Any] = lambda data: message_from_bytes(data, policy=policy.default)  # noqa: E731
        return [parse(data) for _address, data in self.taken]
