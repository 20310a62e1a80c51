"""Everybody finds their own mentions under their own name, and nobody's are only in the table."""

from __future__ import annotations

import digest_sample as sample
import duckdb
import pytest
from test_digest_layout import DAY, TRIAGE, Page, table

from digest import build, render
from digest.work import SHOWN
from watchlist.model import Brand


def test_mentions_stand_under_their_owners(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    sample.mention(con, "1", routed_to="agency", follower_count=100_000)
    sample.mention(con, "2")
    sample.mention(con, "3", routed_to="marketing")
    act = {"platform": "x", "post_id": "3", "action": "assign", "value": "Tarek"}
    sample.insert(con, "triage", brand="kronfurt", **act, done_by="lead")
    text = render(build(con, brand, DAY, sample.NOW)).text
    order = [text.index(words) for words in ("-- Service (1) --", "kunde_2", "-- Agentur (1) --")]
    assert order == sorted(order)
    assert text.index("-- Tarek (1) --") < text.index("kunde_3")
    assert "Marketing" not in text


def test_where_all_is_the_services_no_heading_says_so(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mention(con, "1")
    assert "Service (" not in render(build(con, brand, DAY, sample.NOW)).text


def test_nobodys_mentions_are_only_in_the_table(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mentions(con, [{"post_id": f"s{n}", "reasons": ["urgent"]} for n in range(40)])
    sample.mentions(con, [{"post_id": f"m{n}", "routed_to": "presse"} for n in range(5)])
    rendered = render(build(con, brand, DAY, sample.NOW))
    assert len(Page(rendered.html).links) == SHOWN
    assert "-- presse (5) --" in rendered.text
    assert "kunde_m2" in rendered.text
    assert "und 2 weitere: siehe die angehängte Tabelle." in rendered.text
    assert "und 18 weitere: siehe die angehängte Tabelle." in rendered.text
    assert [row["Bei"] for row in table(rendered)].count("presse") == 5


@pytest.mark.parametrize("url", [None, TRIAGE])
def test_each_mention_leads_to_its_triage_page(
    con: duckdb.DuckDBPyConnection, brand: Brand, url: str | None
) -> None:
    sample.mention(con, "1")
    rendered = render(build(con, brand, DAY, sample.NOW, triage_url=url))
    link = f"{TRIAGE}/mention?of=kronfurt&on=x&post_id=1"
    assert (link in Page(rendered.html).links) == bool(url)
    assert (f"Bearbeiten: {link}" in rendered.text) == bool(url)
    assert table(rendered)[0]["Bearbeiten"] == (link if url else "")


def test_a_name_from_right_to_left_turns_nothing_around(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mention(con, "1", author_handle="שלום", reasons=["urgent"])
    text = render(build(con, brand, DAY, sample.NOW)).text
    assert "1 dringend: \u2068@שלום\u2069" in text


def test_a_table_too_large_for_a_mail_says_so(brand: Brand) -> None:
    with sample.warehouse(brand) as con:
        sample.mention(con, "1")
        con.execute(
            "INSERT INTO answers SELECT answers.* REPLACE (n::VARCHAR AS post_id)"
            " FROM answers, range(2, 10_002) AS more (n)"
        )
        rendered = render(build(con, brand, DAY, sample.NOW))
    assert rendered.subject.startswith("10.001 unbeantwortet")
    assert "Die Tabelle enthält die 10.000 dringendsten von 10.001." in rendered.text
    assert len(table(rendered)) == 10_000
