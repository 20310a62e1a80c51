"""A warehouse in memory with two weeks of a made-up utility's mentions, as the digest reads it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from watchlist.model import Brand, DigestSettings, OfficeHours

SCHEMA = Path(__file__).resolve().parents[2] / "warehouse" / "schema"
NOW = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)  # Wednesday 07:30 in Berlin

# The columns of the views that the digest reads, so that tests can set them row by row.
COLUMNS = {
    "brand": "VARCHAR",
    "platform": "VARCHAR",
    "post_id": "VARCHAR",
    "kind": "VARCHAR",
    "author_role": "VARCHAR",
    "author_handle": "VARCHAR",
    "author_name": "VARCHAR",
    "follower_count": "BIGINT",
    "permalink": "VARCHAR",
    "text": "VARCHAR",
    "created_at": "TIMESTAMPTZ",
    "complaint": "BOOLEAN",
    "question": "BOOLEAN",
    "urgent": "BOOLEAN",
    "private_data": "VARCHAR[]",
    "spill_over": "VARCHAR[]",
    "needs_answer": "BOOLEAN",
    "reasons": "VARCHAR[]",
    "status": "VARCHAR",
    "is_open": "BOOLEAN",
    "answered_by": "VARCHAR",
    "opened_at": "TIMESTAMPTZ",
    "due_at": "TIMESTAMPTZ",
    "first_answer_at": "TIMESTAMPTZ",
    "answered_at": "TIMESTAMPTZ",
    "first_answer_open_seconds": "BIGINT",
    "is_repost": "BOOLEAN",
    "like_count": "BIGINT",
    "repost_count": "BIGINT",
    "assigned_to": "VARCHAR",
    "snoozed_until_at": "TIMESTAMPTZ",
    "done_at": "TIMESTAMPTZ",
}
OPEN = ("unanswered", "holding", "deflected", "reopened")


def a_brand(**changes: Any) -> Brand:
    """The utility of the tests, open on weekdays from 8 to 18 o'clock."""
    digest = {"recipients": ("leitung@kronfurt.example", "team@kronfurt.example")}
    digest |= changes.pop("digest", {})
    day = ("08:00-12:00", "13:00-18:00")
    settings: dict[str, Any] = {
        "id": "kronfurt",
        "name": "Stadtwerke Kronfurt",
        "handles": ("@KronfurtHilft",),
        "time_zone": "Europe/Berlin",
        "office_hours": OfficeHours.model_validate(
            {weekday: day for weekday in ("mon", "tue", "wed", "thu", "fri")}
        ),
        "answer_within": "4h",
        "digest": DigestSettings.model_validate(digest),
    }
    return Brand.model_validate(settings | changes)


def warehouse(brand: Brand, now: datetime = NOW) -> duckdb.DuckDBPyConnection:
    """An empty warehouse that knows the brand; the two views are tables to be filled."""
    con = duckdb.connect()
    for path in sorted(SCHEMA.glob("001*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"CREATE TABLE mention_status ({columns})")
    con.execute("CREATE VIEW open_mentions AS SELECT * FROM mention_status WHERE is_open")
    insert(con, "brands", brand=brand.id, name=brand.name, time_zone=brand.time_zone,
           answer_within_seconds=int(brand.answer_within.total_seconds()),
           digest_at=brand.digest.at, retention_seconds=86400 * 365)  # fmt: skip
    for platform in brand.platforms:
        insert(con, "brand_platforms", brand=brand.id, platform=platform, engage="all")
    _office_hours(con, brand, now)
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """One row; columns that are not named are NULL."""
    names = ", ".join(values)
    marks = ", ".join(f"${name}" for name in values)
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608


def _office_hours(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> None:
    before = 0
    first = now.astimezone(brand.zone).date() - timedelta(days=60)
    for day in (first + timedelta(days=n) for n in range(90)):
        if day.weekday() > 4:
            continue
        for opens, closes in ((8, 12), (13, 18)):
            opens_at = datetime.combine(day, time(opens), brand.zone)
            closes_at = datetime.combine(day, time(closes), brand.zone)
            insert(con, "office_hours", brand=brand.id, opens_at=opens_at, closes_at=closes_at,
                   open_before_seconds=before)  # fmt: skip
            before += (closes - opens) * 3600


def mention(con: duckdb.DuckDBPyConnection, post_id: str, **values: Any) -> None:
    """One row of `mention_status`: an unanswered complaint on X, unless told otherwise."""
    created_at = values.get("created_at", NOW - timedelta(hours=14))
    status = values.get("status", "unanswered")
    row = {
        "brand": "kronfurt",
        "platform": "x",
        "kind": "direct",
        "author_role": "community",
        "author_handle": f"kunde_{post_id}",
        "follower_count": 120,
        "permalink": f"https://x.example/kunde/status/{post_id}",
        "text": "Seit gestern kein warmes Wasser, und keiner meldet sich.",
        "created_at": created_at,
        "complaint": True,
        "question": False,
        "urgent": False,
        "private_data": [],
        "spill_over": [],
        "needs_answer": True,
        "reasons": ["complaint"],
        "status": status,
        "is_open": status in OPEN,
        "opened_at": created_at,
        "due_at": created_at + timedelta(hours=16),
        "is_repost": False,
        "like_count": 2,
        "repost_count": 0,
    }
    insert(con, "mention_status", post_id=post_id, **(row | values))


def ago(days: int, clock: str) -> datetime:
    """A time on Berlin's clock so many days before the sample's morning."""
    day = NOW.astimezone(a_brand().zone).date() - timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), a_brand().zone)


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """A morning as a care lead knows it: a dozen open cases, four weeks of history."""
    _open_cases(con)
    _history(con)
    for platform, minutes in (("x", 12), ("reddit", 25)):
        insert(con, "coverage", brand="kronfurt", topic="@kronfurthilft", platform=platform,
               start_at=NOW - timedelta(days=30), end_at=NOW - timedelta(minutes=minutes),
               loaded_at=NOW)  # fmt: skip
    insert(con, "gaps", brand="kronfurt", topic="r/kronfurt:comments", platform="reddit",
           start_at=ago(1, "02:10"), end_at=ago(1, "03:40"), reason="down", detail="HTTP 503", is_final=False,
           found_at=ago(1, "04:00"))  # fmt: skip
    for platform, requests, posts, cost in (("x", 812, 1460, 7.3), ("reddit", 2310, 940, 0.0)):
        insert(con, "usage", platform=platform, brand="kronfurt", kind="search",
               used_at=ago(2, "12:00"), request_count=requests, post_count=posts, user_count=0,
               cost_usd=cost)  # fmt: skip


def _open_cases(con: duckdb.DuckDBPyConnection) -> None:
    mention(con, "9001", author_handle="anke_wdt", follower_count=412, urgent=True,
            text="@KronfurtHilft Im Treppenhaus Lindenhof 4 riecht es nach Gas, an der Hotline "
                 "hänge ich seit 20 Minuten in der Schleife. Was sollen wir tun??",
            created_at=ago(0, "06:52"), opened_at=ago(0, "06:52"), due_at=ago(0, "12:00"),
            reasons=["complaint", "urgent", "spill_over"], spill_over=["hotline"], like_count=14,
            repost_count=6)  # fmt: skip
    mention(con, "9002", author_handle="jens_p78", follower_count=88,
            text="@KronfurtHilft Abschlag schon wieder doppelt abgebucht! Konto DE02 1203 0000 0000 "
                 "2020 51, Kundennummer 4711 0815. Bitte endlich zurücküberweisen.",
            created_at=ago(1, "16:40"), opened_at=ago(1, "16:40"), due_at=ago(0, "11:40"),
            private_data=["iban", "contract"], reasons=["complaint", "private_data"])  # fmt: skip
    mention(con, "9003", author_handle="wohnblog_mitte", follower_count=18_420, status="reopened",
            text="Die Antwort von @KronfurtHilft war: „Bitte etwas Geduld“. Das war vor zwei Wochen. "
                 "Unser Zähler ist immer noch nicht getauscht. #kronfurt",
            created_at=ago(15, "10:02"), opened_at=ago(2, "17:20"), due_at=ago(1, "12:20"),
            first_answer_at=ago(14, "09:00"), like_count=63, repost_count=11,
            reasons=["complaint"])  # fmt: skip
    mention(con, "9004", author_handle="mara.k", follower_count=231, status="deflected",
            text="Ihr schickt mich jetzt zum dritten Mal auf euer Kontaktformular. Das Formular "
                 "stürzt beim Absenden ab. https://t.co/Ab3dEf Was nun?",
            created_at=ago(1, "09:15"), opened_at=ago(1, "09:15"), due_at=ago(1, "14:15"),
            question=True, spill_over=["form"],
            reasons=["complaint", "question", "spill_over"])  # fmt: skip
    mention(con, "9005", platform="reddit", author_handle="nachtschicht_ole", follower_count=None,
            permalink="https://www.reddit.example/r/kronfurt/comments/1q2w3e/",
            text="Weiß jemand, ob man den Kronstrom-Tarif vor Ende der Laufzeit wechseln kann? Auf "
                 "der Seite der Stadtwerke finde ich nichts dazu.",
            kind="name", created_at=ago(1, "22:48"), opened_at=ago(1, "22:48"),
            due_at=ago(0, "12:00"), complaint=False, question=True, reasons=["question"])  # fmt: skip
    mention(con, "9006", author_handle="familie_odenthal", follower_count=57, status="holding",
            text="Danke für „wir kümmern uns“, aber seit Freitag ist bei uns die Straßenlampe "
                 "komplett aus und die Kinder gehen im Dunkeln zur Schule.",
            created_at=ago(2, "07:31"), opened_at=ago(2, "07:31"), due_at=ago(2, "12:00"),
            assigned_to="Tarek")  # fmt: skip
    for number, text in enumerate(_MORE_TEXTS):
        at = ago(1, f"{9 + number % 12:02}:{number * 7 % 60:02}")
        mention(con, f"91{number:02}", text=text, author_handle=f"{_NAMES[number % len(_NAMES)]}",
                created_at=at, opened_at=at, due_at=ago(0, f"{10 + number % 7:02}:30"),
                kind=("direct", "hashtag", "name")[number % 3],
                question="?" in text, complaint="?" not in text,
                reasons=["question" if "?" in text else "complaint"], like_count=number % 5,
                follower_count=40 * number + 3)  # fmt: skip


_NAMES = ("svenja_t", "rolf_im_revier", "kaffee_kathi", "der_hausmeister", "lena_lpz", "mo_schmidt")
_MORE_TEXTS = (
    "@KronfurtHilft wann kommt denn die Jahresabrechnung? Im Portal steht seit Tagen „in Arbeit“.",
    "Schon der dritte Techniker, der einfach nicht kommt. #kronfurt #stadtwerke",
    "Stadtwerke Kronfurt, eure App meldet mich nach jedem Update ab. Nervt.",
    "@KronfurtHilft gibt es den Umzugsservice auch am Wochenende?",
    "Baustelle Marktstraße: Wasser abgestellt, ohne Zettel, ohne alles. #kronfurt",
    "Kann man bei den Stadtwerken Kronfurt den Zählerstand per Foto schicken?",
)


def _history(con: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(18)  # noqa: S311
    for days in range(30, 0, -1):
        weekend = ago(days, "12:00").weekday() > 4
        for number in range(chance.randint(3, 7) if weekend else chance.randint(6, 13)):
            hour = chance.choices(range(24), weights=_DAY_CURVE)[0]
            at = ago(days, f"{hour:02}:{chance.randint(0, 59):02}")
            kind = chance.choice(("complaint", "question", "complaint", ""))
            status = "answered" if kind else "unanswered"
            answered_at = at + timedelta(minutes=chance.randint(20, 2000)) if kind else None
            still_open = bool(answered_at and answered_at > NOW)
            mention(
                con,
                f"{days:02}{number:03}",
                created_at=at,
                opened_at=at,
                status="unanswered" if still_open else status,
                is_open=still_open,
                needs_answer=bool(kind),
                complaint=kind == "complaint",
                question=kind == "question",
                reasons=[kind] if kind else [],
                answered_at=answered_at,
                first_answer_at=answered_at,
                first_answer_open_seconds=chance.randint(600, 20_000) if kind else None,
                answered_by=chance.choice(("own", "own", "own", "agency", "community")),
                spill_over=chance.choices(
                    [[], ["hotline"], ["app"], ["hotline", "email"]], weights=[20, 3, 1, 1]
                )[0],
            )


_DAY_CURVE = (1, 0, 0, 0, 0, 1, 3, 6, 7, 7, 6, 6, 7, 6, 5, 6, 8, 9, 11, 13, 12, 9, 5, 2)
