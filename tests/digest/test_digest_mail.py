"""One recipient's mail, as mail programs and filters read it."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import digest_sample as sample
import pytest

from digest import Rendered, message
from watchlist.model import Brand

DAY = date(2026, 11, 18)


@pytest.fixture
def rendered() -> Rendered:
    return Rendered(
        subject="2 unbeantwortet, nichts überfällig – Stadtwerke Kronfurt",
        text="Zwei warten.\n\nGrüße – 👩‍👩‍👧\n" + "x" * 1200 + "\n.\nFrom hier\n",
        html='<p>Zwei warten.</p><img src="cid:days" alt="Bild">',
        csv_bytes="\ufeffVon;Text\r\nanke;warten\r\n".encode(),
        images={"days": b"\x89PNG..."},
        language="de",
        is_empty=False,
    )


def mail(
    rendered: Rendered, brand: Brand, to: str = "a@b.example", day: date = DAY
) -> EmailMessage:
    sent = message(rendered, brand, day, "care@kronfurt.example", to, sample.NOW)
    received = message_from_bytes(sent.as_bytes(), policy=policy.default)
    assert isinstance(received, EmailMessage)
    return received


def test_it_has_text_html_image_and_table(rendered: Rendered, brand: Brand) -> None:
    got = mail(rendered, brand)
    kinds = [part.get_content_type() for part in got.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "text/csv",
    ]
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().strip() == rendered.html
    image = next(part for part in got.walk() if part.get_content_type() == "image/png")
    assert (image["Content-ID"], image.get_content_disposition()) == ("<days>", "inline")
    (table,) = got.iter_attachments()
    assert table.get_filename() == "kronfurt-2026-11-18.csv"
    assert table.get_payload(decode=True) == rendered.csv_bytes


def test_its_headers_say_what_it_is(rendered: Rendered, brand: Brand) -> None:
    got = mail(rendered, brand)
    assert got["Subject"] == rendered.subject
    assert got["To"] == "a@b.example"
    assert got["From"].addresses[0].addr_spec == "care@kronfurt.example"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Id"] == "<kronfurt.horchposten.kronfurt.example>"
    assert got["Date"].datetime == sample.NOW
    assert got["Content-Language"] == "de"


def test_the_message_id_is_the_same_for_every_try(rendered: Rendered, brand: Brand) -> None:
    first = mail(rendered, brand)["Message-ID"]
    assert first == mail(rendered, brand)["Message-ID"]
    assert first.startswith("<kronfurt.2026-11-18.")
    others = [
        mail(rendered, brand, to="b@b.example"),
        mail(rendered, brand, day=date(2026, 11, 19)),
        mail(rendered, sample.a_brand(id="other")),
    ]
    assert len({first, *(other["Message-ID"] for other in others)}) == 4


def test_a_brands_digests_are_one_thread(rendered: Rendered, brand: Brand) -> None:
    first, second = mail(rendered, brand), mail(rendered, brand, day=date(2026, 11, 19))
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["References"] != mail(rendered, sample.a_brand(id="other"))["References"]


def test_a_subject_cannot_add_headers(rendered: Rendered, brand: Brand) -> None:
    evil = Rendered(**{**vars(rendered), "subject": "Hallo\r\nBcc: x@evil.example\n\nText"})
    got = mail(evil, brand)
    assert got["Bcc"] is None
    assert got["Subject"] == "Hallo Bcc: x@evil.example Text"


def test_a_sender_of_an_umlaut_domain_is_written_in_ascii(rendered: Rendered, brand: Brand) -> None:
    sent = message(rendered, brand, DAY, "care@müller.example", "a@b.example", sample.NOW)
    assert sent["Message-ID"].endswith("@xn--mller-kva.example>")
    assert sent["List-Id"] == "<kronfurt.horchposten.xn--mller-kva.example>"
