"""The table `digests` says what the journals say, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import digest_sample as sample
import duckdb

from digest import Delivery, due, record, refused, served
from digest.journal import Journal
from watchlist.model import Brand, Watchlist

DAY = date(2026, 11, 18)


def note(outbox: Path, recipient: str, status: str, detail: str = "") -> None:
    delivery = Delivery(recipient, f"<{recipient}>", status, detail, sample.NOW)  # type: ignore[arg-type]
    Journal(outbox / "kronfurt", DAY).add(delivery)


def test_what_is_final_is_recorded_once(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for status in ("sent", "refused", "written", "skipped", "later", "trying"):
        note(tmp_path, f"{status}@b.example", status, "550 o'no\"; --")
    assert record(con, tmp_path, "kronfurt", DAY) == 4
    assert record(con, tmp_path, "kronfurt", DAY) == 0
    rows = con.execute("SELECT recipient, status, detail, sent_at FROM digests").fetchall()
    assert {row[0].partition("@")[0] for row in rows} == {"sent", "refused", "written", "skipped"}
    assert {row[2:] for row in rows} == {("550 o'no\"; --", sample.NOW)}


def test_a_later_try_is_added(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    note(tmp_path, "a@b.example", "sent")
    note(tmp_path, "c@b.example", "later")
    assert record(con, tmp_path, "kronfurt", DAY) == 1
    note(tmp_path, "c@b.example", "sent")
    assert record(con, tmp_path, "kronfurt", DAY) == 1


def test_a_day_without_journal_is_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert record(con, tmp_path, "kronfurt", DAY) == 0


def test_the_schedule_follows_the_table(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    brand = sample.a_brand()
    watchlist = Watchlist(brands=(brand,))
    assert due(watchlist, sample.NOW, served(con, DAY)) == [("kronfurt", DAY, "daily")]
    for recipient, status in zip(brand.digest.recipients, ("sent", "refused"), strict=True):
        note(tmp_path, recipient, status)
    record(con, tmp_path, "kronfurt", DAY)
    assert due(watchlist, sample.NOW, served(con, DAY)) == []
    assert served(con, date(2026, 11, 19)) == frozenset()


def test_a_refused_recipient_is_named_until_the_next_mail_arrives(
    brand: Brand, tmp_path: Path
) -> None:
    """Named while the last digest was refused, whoever else got theirs."""
    lead, team = brand.digest.recipients
    note(tmp_path, lead, "refused", "550 no such user")
    note(tmp_path, team, "sent")
    note(tmp_path, "gone@kronfurt.example", "refused", "550 left")
    (found,) = refused(tmp_path, brand)
    assert (found.brand, found.recipient, found.detail) == ("kronfurt", lead, "550 no such user")
    next_day = Journal(tmp_path / "kronfurt", date(2026, 11, 19))
    next_day.add(Delivery(lead, "<2>", "later", "451 busy", sample.NOW))
    assert len(refused(tmp_path, brand)) == 1
    next_day.add(Delivery(lead, "<2>", "sent", "accepted", sample.NOW))
    assert refused(tmp_path, brand) == []


def test_without_any_digest_nobody_is_refused(brand: Brand, tmp_path: Path) -> None:
    assert refused(tmp_path, brand) == []
