"""One recipient's mail: text, HTML, inline images, CSV, and headers that programs rely on.

Source: RFC 5322 (Message-ID, References), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
"""

from __future__ import annotations

from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from digest.model import Edition, Rendered, stem
from digest.plain import one_line
from watchlist.model import Brand


def message(
    rendered: Rendered, brand: Brand, day: date, sender: str, recipient: str, now: datetime
) -> EmailMessage:
    """Build the mail of one brand's digest of one day for one recipient."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one_line(rendered.subject)
    mail["From"] = Address("Horchposten", addr_spec=sender)
    mail["To"] = recipient
    mail["Date"] = format_datetime(now)
    _headers_for_programs(mail, rendered.edition, brand, day, sender, recipient)
    mail.set_content(rendered.text)
    mail.add_alternative(rendered.html, subtype="html")
    _attach(mail, rendered, f"{brand.id}-{stem(day, rendered.edition)}.csv")
    mail["Content-Language"] = rendered.language  # earlier, it would move into the first part
    return mail


def message_id(
    brand_id: str, day: date, recipient: str, sender: str, edition: Edition = "daily"
) -> str:
    """The same for every try, so that mail programs recognise a mail that came twice."""
    return identity(f"{brand_id}.{stem(day, edition)}", recipient, sender)


def identity(what: str, recipient: str, sender: str) -> str:
    """Return the Message-ID of `what` for one recipient, without naming them."""
    who = sha256(recipient.strip().lower().encode()).hexdigest()[:16]
    return f"<{what}.{who}@{domain(sender)}>"


def domain(sender: str) -> str:
    """Return the domain of an address as mail headers write it."""
    return sender.rpartition("@")[2].encode("idna").decode("ascii")


def _headers_for_programs(
    mail: EmailMessage, edition: Edition, brand: Brand, day: date, sender: str, recipient: str
) -> None:
    list_id = f"{brand.id}.horchposten.{domain(sender)}"
    name = "digest" if edition == "daily" else "week"
    thread_root = f"<{brand.id}.{name}@{domain(sender)}>"
    mail["Message-ID"] = message_id(brand.id, day, recipient, sender, edition)
    mail["In-Reply-To"] = thread_root
    mail["References"] = thread_root
    mail["List-Id"] = f"<{list_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # Exchange: no out-of-office answers


def _attach(mail: EmailMessage, rendered: Rendered, csv_name: str) -> None:
    html = mail.get_payload()[-1]  # type: ignore[index]
    for name, png in rendered.images.items():
        html.add_related(  # type: ignore[union-attr]
            png,
            maintype="image",
            subtype="png",
            cid=f"<{name}>",
            filename=f"{name}.png",
            disposition="inline",
        )
    mail.add_attachment(
        rendered.csv_bytes, maintype="text", subtype="csv", filename=csv_name, cte="base64"
    )
