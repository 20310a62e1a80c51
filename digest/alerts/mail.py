"""One alert as a mail to one recipient; the mails of one wave are one thread."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from digest.alerts import layout
from digest.alerts.model import Alert
from digest.alerts.wording import Message
from digest.mail import domain, identity
from digest.plain import one_line


def mail(
    message: Message, alert: Alert, sender: str, recipient: str, now: datetime
) -> EmailMessage:
    """Build the mail: text and HTML, and headers that mail programs rely on."""
    built = EmailMessage(policy=SMTP)
    built["Subject"] = one_line(message.subject)
    built["From"] = Address("Horchposten", addr_spec=sender)
    built["To"] = recipient
    built["Date"] = format_datetime(now)
    built["Message-ID"] = message_id(alert, alert.id, recipient, sender)
    if alert.id != alert.incident_id:
        first = message_id(alert, alert.incident_id, recipient, sender)
        built["In-Reply-To"] = first
        built["References"] = first
    built["List-Id"] = f"<{alert.brand}.alerts.horchposten.{domain(sender)}>"
    built["Auto-Submitted"] = "auto-generated"
    built["X-Auto-Response-Suppress"] = "All"  # Exchange: no out-of-office answers
    if alert.phase != "over":
        built["Importance"] = "high"
        built["X-Priority"] = "1"
    built.set_content(layout.text(message))
    built.add_alternative(layout.html(message), subtype="html")
    built["Content-Language"] = message.language  # earlier, it would move into the first part
    return built


def message_id(alert: Alert, alert_id: str, recipient: str, sender: str) -> str:
    """The same for every try, so that mail programs recognise a mail that came twice."""
    return identity(f"{alert.brand}.{alert_id}", recipient, sender)
