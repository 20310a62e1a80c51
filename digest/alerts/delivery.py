"""Alerts to mail addresses and channels, each once; one that fails does not hold up the others.

Nothing here opens the database: a journal per alert says who has it, also after a kill, and
`store.record` copies that to the warehouse afterwards.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from collectors.connection import Connection
from digest.alerts import channels, chat, layout
from digest.alerts.mail import mail, message_id
from digest.alerts.model import Pending
from digest.alerts.store import AlertJournal
from digest.alerts.wording import AlertWords, Message, put_into_words
from digest.delivery import SENDER_OF_FILES
from digest.errors import MailDown, MailRefused
from digest.model import Delivery, Status
from digest.outbox import write_mail
from digest.smtp import answer, sender, session
from watchlist.errors import HorchError
from watchlist.files import exclusive
from watchlist.model import Brand

log = logging.getLogger(__name__)

#: A message that could not be delivered for so long is old news.
GIVE_UP_AFTER = timedelta(hours=12)
LOCK_WAIT_SECONDS = 60.0


@dataclass
class Report:
    """What one call did: (alert id, target) of what went out, and what failed."""

    told: list[tuple[str, str]] = field(default_factory=list)
    failures: list[HorchError] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class Outside:
    """The ways out: the mail server (None: files), channels by name, the triage page's address."""

    smtp: Connection | None
    channels: Mapping[str, Connection]
    triage: str | None = None


def deliver(
    pending: Sequence[Pending], brand: Brand, outbox: Path, outside: Outside, now: datetime
) -> Report:
    """Send what is pending, target by target; what fails is left for the next run.

    Raises:
        Busy: another process has been sending this brand's alerts for a minute.
    """
    report = Report()
    if not pending:
        return report
    lock = outbox / brand.id / "alerts" / "lock"
    with exclusive(lock, f"sending the alerts of {brand.id}", LOCK_WAIT_SECONDS):
        courier = _Courier(brand, outbox, outside, now, report)
        in_order = sorted(pending, key=lambda each: (not each.is_mail, each.target))
        for _target, group in groupby(in_order, key=lambda each: each.target):
            courier.serve(sorted(group, key=lambda each: each.alert.decided_at))
    return report


class _Courier:
    """Takes messages to one target after the other."""

    def __init__(
        self, brand: Brand, outbox: Path, outside: Outside, now: datetime, report: Report
    ) -> None:
        self.brand, self.outbox, self.outside = brand, outbox, outside
        self.now, self.report = now, report
        self.mail_failure: HorchError | None = None

    def serve(self, group: list[Pending]) -> None:
        """Send one target what it has not got, until something fails."""
        for each in group:
            journal = AlertJournal(self.outbox, self.brand.id, each.alert.id)
            if each.target in journal.deliveries():
                continue
            if why := self._moot(each):
                log.warning("%s never got the alert %s: %s", each.target, each.alert.id, why)
                journal.add(self._delivery(each, "skipped", why))
                continue
            try:
                self._send(each, journal)
            except (MailDown, MailRefused, channels.ChannelDown, channels.ChannelWrong) as error:
                if error not in self.report.failures:
                    self.report.failures.append(error)
                return

    def _moot(self, each: Pending) -> str:
        """Why a message is not to be sent any more; empty: it is."""
        if each.target not in (*self.brand.alerts.on_call, *self.brand.alerts.channels):
            return "no longer in the watch-list"
        is_old = self.now - each.alert.decided_at > GIVE_UP_AFTER
        return "could not be delivered in time" if is_old else ""

    def _send(self, each: Pending, journal: AlertJournal) -> None:
        message = put_into_words(each.alert, each.rows, self.brand, self.outside.triage)
        if not each.is_mail:
            delivery = self._post(each, message, journal)
        elif self.outside.smtp:
            delivery = self._mail(each, message, journal, self.outside.smtp)
        else:
            delivery = self._write(each, message)
        journal.add(delivery)
        self.report.told.append((each.alert.id, each.target))

    def _post(self, each: Pending, message: Message, journal: AlertJournal) -> Delivery:
        self._warn_of_repeat(each, journal)
        journal.add(self._delivery(each, "trying"))
        words = AlertWords(message.language, self.brand.zone)
        connection = self.outside.channels.get(each.target)
        try:
            channels.send(each.target, connection, chat.title(message), chat.body(message, words))
        except (channels.ChannelDown, channels.ChannelWrong) as error:
            journal.add(self._delivery(each, "later", str(error)))
            raise
        return self._delivery(each, "sent", "accepted")

    def _mail(
        self, each: Pending, message: Message, journal: AlertJournal, smtp: Connection
    ) -> Delivery:
        if self.mail_failure:  # asking the same server again would take as long
            raise self.mail_failure
        try:
            address = sender(smtp)
            built = mail(message, each.alert, address, each.target, self.now)
            with session(smtp) as server:
                self._warn_of_repeat(each, journal)
                journal.add(self._delivery(each, "trying", address=address))
                try:
                    server.send_message(built, from_addr=address, to_addrs=[each.target])
                except (smtplib.SMTPException, OSError) as error:
                    return self._refused(each, address, error, journal)
        except _Later:
            raise
        except (MailDown, MailRefused) as error:
            self.mail_failure = error
            raise
        return self._delivery(each, "sent", "accepted", address)

    def _refused(
        self, each: Pending, address: str, error: Exception, journal: AlertJournal
    ) -> Delivery:
        """Note a refusal for good; anything else is tried again, and does not stop the others."""
        code, words = answer(error, each.target)
        if code >= 500 and not isinstance(error, smtplib.SMTPSenderRefused):
            log.warning("the mail server refuses %s: %s", each.target, words)
            return self._delivery(each, "refused", words, address)
        if code:  # else the mail may have left, so the journal keeps "trying"
            journal.add(self._delivery(each, "later", words, address))
        raise _Later(f"{each.target} could not get an alert ({words}); it is tried again")

    def _write(self, each: Pending, message: Message) -> Delivery:
        built = mail(message, each.alert, SENDER_OF_FILES, each.target, self.now)
        name = message_id(each.alert, each.alert.id, each.target, SENDER_OF_FILES)
        path = self.outbox / self.brand.id / "alerts" / f"{name[1:].partition('@')[0]}.eml"
        # Whoever wants to be forgotten is looked for in the text: a mail's own form hides it.
        path.with_suffix(".txt").write_text(layout.text(message), encoding="utf-8")
        self.report.files.append(write_mail(built, path))
        return self._delivery(each, "written", path.name)

    def _warn_of_repeat(self, each: Pending, journal: AlertJournal) -> None:
        if each.target in journal.unsure():
            log.warning(
                "%s may get the alert %s twice: an earlier try was cut off before the answer "
                "was noted",
                each.target,
                each.alert.id,
            )

    def _delivery(
        self, each: Pending, status: Status, detail: str = "", address: str = SENDER_OF_FILES
    ) -> Delivery:
        mail_id = message_id(each.alert, each.alert.id, each.target, address)
        return Delivery(each.target, mail_id if each.is_mail else "", status, detail, self.now)


class _Later(MailDown):
    """One mailbox that puts a mail off; the server takes others."""
