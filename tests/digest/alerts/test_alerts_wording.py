"""Alerts in German and English, as people and programs read them."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import timedelta
from typing import Any

import pytest

from digest.alerts import chat, layout
from digest.alerts.mail import mail
from digest.alerts.wording import FOLDER, AlertWords, Message, put_into_words
from tests.digest.alerts.alert_sample import NIGHT, NOW, a_brand, a_row, an_alert

TRIAGE = "https://desk.kronfurt.example/triage"
HOSTILE = (
    '<!channel> <!here> <@U123> @channel @here [Gewinn](http://evil.example/a) <b onclick="x">fett'
    "</b> *a* _b_ `c` ~d~ #tag\r\nBcc: x@evil.example\u202e &lt;!here&gt; {x} | ![i](http://e.example)"
)


def words(language: str = "de") -> AlertWords:
    return AlertWords(language, a_brand().zone)


def a_message(language: str = "de", row: dict[str, Any] | None = None, **changes: Any) -> Message:  # noqa: ANN401
    brand = a_brand().model_copy(
        update={"digest": a_brand().digest.model_copy(update={"language": language})}
    )
    return put_into_words(an_alert(**changes), (row or a_row(),), brand, TRIAGE)


def test_both_languages_have_the_same_words() -> None:
    catalogues = [
        tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in ("de", "en")
    ]
    german, english = (
        {
            (group, key, form): {name for _, name, *_ in string.Formatter().parse(text) if name}
            for group, entries in tree.items()
            for key, entry in entries.items()
            for form, text in (entry.items() if isinstance(entry, dict) else [("", entry)])
        }
        for tree in catalogues
    )
    assert german == english


@pytest.mark.parametrize(
    ("language", "subject", "first"),
    [
        (
            "de",
            "Beschwerdewelle: 21 Leute in der letzten Stunde, sonst 2 – Stadtwerke Kronfurt",
            "23 Beschwerden von 21 Leuten in der letzten Stunde; sonst: 2.",
        ),
        (
            "en",
            "Wave of complaints: 21 people in the last hour, usually 2 – Stadtwerke Kronfurt",
            "23 complaints by 21 people in the last hour; usual: 2.",
        ),
    ],
)
def test_a_storm_is_explained(language: str, subject: str, first: str) -> None:
    message = a_message(language)
    assert message.subject == subject
    assert message.lines[0] == first


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["shitstorm", "hotline", "email", "form", "shop", "app"])
@pytest.mark.parametrize("phase", ["started", "grew", "over"])
def test_every_alert_has_words(language: str, kind: str, phase: str) -> None:
    began = NOW - timedelta(hours=4)
    message = a_message(language, kind=kind, phase=phase, started_at=began)
    whole = "\n".join([message.subject, *message.lines, *message.small_print, message.more])
    assert "{" not in whole
    assert "None" not in whole


def test_an_expected_number_below_one_is_said_so() -> None:
    assert "sonst weniger als 1" in a_message(expected=0.2).subject
    assert "usually fewer than 1" in a_message("en", expected=0.2).subject


def test_single_posts_are_counted_and_capped() -> None:
    rows = tuple(a_row(post_id=str(number)) for number in range(40))
    alert = an_alert(kind="posts", phase="posts", posts=40)
    message = put_into_words(alert, rows, a_brand(), TRIAGE)
    assert message.headline == "40 Beiträge können nicht warten"
    assert len(message.posts) == 5
    assert message.more == "und 35 weitere"
    one = put_into_words(
        an_alert(kind="posts", phase="posts", posts=1), (a_row(),), a_brand(), None
    )
    assert (one.headline, one.more) == ("1 Beitrag kann nicht warten", "")
    assert one.list_link is None


def test_times_are_the_brands() -> None:
    message = a_message()
    assert message.posts[0].place == "X, 20:50"
    assert message.state == "Gelesen bis 21:10"


def test_links_lead_to_post_and_triage_page() -> None:
    (post,) = a_message().posts
    assert post.link == "https://x.example/anke_wdt/status/1"
    assert post.case == f"{TRIAGE}/mention?of=kronfurt&on=x&post_id=1"
    assert a_message().list_link == f"{TRIAGE}/?brand=kronfurt"


def test_private_data_is_masked_everywhere() -> None:
    message = a_message(row=a_row(text="Mein Konto DE02 1203 0000 0000 2020 51 ist leer"))
    built = mail(message, an_alert(), "a@b.example", NIGHT, NOW)
    for text in (chat.body(message, words()), layout.text(message), layout.html(message)):
        assert "2020" not in text
    assert "1203" not in built.as_string()


def test_chat_text_holds_no_markup_of_strangers() -> None:
    row = a_row(text=HOSTILE, author_handle="<!here>*x*", author_name=None)
    body = chat.body(a_message(row=row), words())
    links = {f"{TRIAGE}/?brand=kronfurt", f"{TRIAGE}/mention?of=kronfurt&on=x&post_id=1",
             "https://x.example/anke_wdt/status/1"}  # fmt: skip
    assert set(re.findall(r"https?://\S+", body)) == links
    for link in links:
        body = body.replace(link, "")
    assert not set("<>[]`*~|{}\\") & set(body)
    assert not re.search(r"@\w|&\w+;|!\[|(?<!\w)_|_(?!\w)|^#", body)
    assert body.count("\n") == chat.body(a_message(), words()).count("\n"), "no line of their own"


def test_chat_text_reads_well() -> None:
    body = chat.body(a_message(), words())
    assert body == (
        "23 Beschwerden von 21 Leuten in der letzten Stunde; sonst: 2.\n"
        "19 davon sind unbeantwortet.\n"
        "Bewertung: 87 von 100, gemeldet ab 60.\n"
        "\n"
        "@\u2060anke_wdt · 412 Follower · X, 20:50 · Beschwerde · dringend\n"
        "„Seit zwei Stunden kein Strom im Lindenviertel, und keiner sagt was.“\n"
        "https://x.example/anke_wdt/status/1\n"
        "https://desk.kronfurt.example/triage/mention?of=kronfurt&on=x&post_id=1\n"
        "\n"
        "Zur Liste: https://desk.kronfurt.example/triage/?brand=kronfurt\n"
        "\n"
        "Gelesen bis 21:10"
    )


def test_hostile_words_are_text_in_the_mail() -> None:
    row = a_row(
        text=HOSTILE, author_handle="x\r\nBcc: a@b.example", permalink="javascript:alert(1)"
    )
    message = a_message(row=row)
    html = layout.html(message)
    assert "<b onclick" not in html
    assert "evil.example/a" not in html
    assert "javascript" not in html
    assert set(re.findall(r'href="([^"]*)"', html)) == {
        f"{TRIAGE}/?brand=kronfurt", f"{TRIAGE}/mention?of=kronfurt&amp;on=x&amp;post_id=1",
    }  # fmt: skip
    built = mail(message, an_alert(), "a@b.example", NIGHT, NOW)
    assert built["Bcc"] is None
    assert set(re.findall(r'(?:src|background)="?([^" >]*)', html)) == set()


def test_mails_of_one_wave_are_one_thread() -> None:
    first = mail(a_message(), an_alert(), "care@kronfurt.example", NIGHT, NOW)
    then = an_alert(id="shitstorm-2", phase="over")
    over = mail(a_message(phase="over"), then, "care@kronfurt.example", NIGHT, NOW)
    assert over["In-Reply-To"] == first["Message-ID"]
    assert first["Importance"] == "high"
    assert over["Importance"] is None
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Id"] == "<kronfurt.alerts.horchposten.kronfurt.example>"
    again = mail(a_message(), an_alert(), "care@kronfurt.example", NIGHT, NOW)
    assert again["Message-ID"] == first["Message-ID"]


def test_a_post_that_is_gone_is_not_shown() -> None:
    message = put_into_words(an_alert(), (), a_brand(), None)
    assert message.posts == ()
    assert "Zum Beispiel" not in layout.html(message)
