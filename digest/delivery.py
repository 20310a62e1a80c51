"""A digest to its recipients, once per brand, day and recipient.

Nothing here opens the database: the locked journal of the brand's day keeps a second process out
and says who has been served, also after a kill. `digest.record` copies it to the warehouse.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from collectors.connection import Connection
from digest.errors import MailDown, MailRefused
from digest.journal import Journal
from digest.mail import message, message_id
from digest.model import Delivery, DeliveryReport, Rendered, Status, stem
from digest.outbox import write, write_mail
from digest.smtp import answer, sender, session
from watchlist.errors import HorchError
from watchlist.files import exclusive
from watchlist.model import Brand

log = logging.getLogger(__name__)

LOCK_WAIT_SECONDS = 300.0
"""Longer than a handful of recipients takes with a slow server."""

SENDER_OF_FILES = "horchposten@localhost.localdomain"


def deliver(
    rendered: Rendered,
    brand: Brand,
    day: date,
    outbox: Path,
    smtp: Connection | None,
    now: datetime,
    served: Collection[str] = (),
) -> DeliveryReport:
    """Send or write a digest to every recipient of the brand who has not had it.

    Args:
        rendered: What to send.
        brand: Gives the recipients, and whether an empty digest is sent.
        day: The brand's local day, part of the key.
        outbox: Folder of journals and of the files written without a mail server.
        smtp: The mail server; None writes files instead.
        now: The date of the mail.
        served: Recipients that the warehouse knows to be served.

    Raises:
        Busy: another process has been sending this digest for minutes.
    """
    folder = outbox / brand.id
    journal = Journal(folder, day, rendered.edition)
    with exclusive(journal.path, f"sending the digest of {brand.id}", LOCK_WAIT_SECONDS):
        done = {*served, *journal.deliveries()}
        left = tuple(r for r in dict.fromkeys(brand.digest.recipients) if r not in done)
        dispatch = _Dispatch(rendered, brand, day, now, journal)
        if not left:
            return DeliveryReport(brand.id, day)
        if rendered.is_empty and brand.digest.when_empty == "skip":
            return dispatch.skip(left)
        return dispatch.send(left, smtp) if smtp else dispatch.write(left, folder)


@dataclass(frozen=True)
class _Dispatch:
    """What goes out, and the journal that every step is noted in."""

    rendered: Rendered
    brand: Brand
    day: date
    now: datetime
    journal: Journal

    def skip(self, recipients: tuple[str, ...]) -> DeliveryReport:
        skipped = [self._note(r, "skipped", SENDER_OF_FILES, "nothing open") for r in recipients]
        return DeliveryReport(self.brand.id, self.day, tuple(skipped))

    def write(self, recipients: tuple[str, ...], folder: Path) -> DeliveryReport:
        name = stem(self.day, self.rendered.edition)
        mail = self._mail(SENDER_OF_FILES, ", ".join(recipients))
        eml = write_mail(mail, folder / f"{name}.eml")
        files = (*write(self.rendered, folder, name), eml)
        written = [self._note(r, "written", SENDER_OF_FILES, eml.name) for r in recipients]
        return DeliveryReport(self.brand.id, self.day, tuple(written), files=files)

    def send(self, recipients: tuple[str, ...], smtp: Connection) -> DeliveryReport:
        """Send one by one: what one mailbox answers does not stop the next."""
        self._warn_of_repeats(recipients)
        outcomes: list[Delivery] = []
        failure: HorchError | None = None
        for recipient in recipients:
            try:
                outcomes.append(self._send_one(recipient, smtp))
            except (MailDown, MailRefused) as error:
                failure = error
                break
        unserved = recipients[len(outcomes) :]
        outcomes += [self._delivery(r, "later", "", str(failure)) for r in unserved]
        return DeliveryReport(
            self.brand.id, self.day, tuple(outcomes), failure or self._unfinished(outcomes)
        )

    def _send_one(self, recipient: str, smtp: Connection) -> Delivery:
        address = sender(smtp)
        mail = self._mail(address, recipient)
        with session(smtp) as server:
            self._note(recipient, "trying", address)
            try:
                server.send_message(mail, from_addr=address, to_addrs=[recipient])
            except (smtplib.SMTPException, OSError) as error:
                return self._failed(recipient, address, error)
            return self._note(recipient, "sent", address, "accepted")

    def _failed(self, recipient: str, address: str, error: Exception) -> Delivery:
        code, words = answer(error, recipient)
        if isinstance(error, smtplib.SMTPSenderRefused) and code >= 500:
            self._note(recipient, "later", address, words)
            raise MailRefused(
                f"the mail server does not take mail from {address} ({words}); "
                'correct "from_email" in the mail connection'
            ) from error
        if code >= 500:
            log.warning("the mail server refuses %s: %s", recipient, words)
            return self._note(recipient, "refused", address, words)
        log.warning("the mail server does not take the mail to %s now: %s", recipient, words)
        if not code:  # cut off: the mail may have left, so the journal keeps "trying"
            return self._delivery(recipient, "later", address, words)
        return self._note(recipient, "later", address, words)

    def _unfinished(self, outcomes: list[Delivery]) -> MailDown | None:
        later = [each for each in outcomes if each.status == "later"]
        if not later:
            return None
        return MailDown(
            f"{len(later)} of {len(outcomes)} recipients of {self.brand.id}'s digest could not be "
            f"served ({later[0].detail}); they are tried again"
        )

    def _warn_of_repeats(self, recipients: tuple[str, ...]) -> None:
        for recipient in sorted(self.journal.unsure() & set(recipients)):
            log.warning(
                "%s may get the digest of %s twice: an earlier try was cut off before the server's "
                "answer was noted; both copies carry the same Message-ID",
                recipient,
                self.brand.id,
            )

    def _mail(self, address: str, recipient: str) -> EmailMessage:
        return message(self.rendered, self.brand, self.day, address, recipient, self.now)

    def _note(self, recipient: str, status: Status, address: str, detail: str = "") -> Delivery:
        delivery = self._delivery(recipient, status, address, detail)
        self.journal.add(delivery)
        return delivery

    def _delivery(self, recipient: str, status: Status, address: str, detail: str) -> Delivery:
        mail_id = message_id(self.brand.id, self.day, recipient, address, self.rendered.edition)
        return Delivery(recipient, mail_id, status, detail, self.now)
