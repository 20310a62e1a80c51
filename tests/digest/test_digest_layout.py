"""The digest as people see it: golden texts in both languages, and HTML nobody can break."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import digest_sample as sample
import duckdb
import pytest
from PIL import Image

from digest import Edition, Rendered, build, contents, render
from digest.work import SHOWN
from watchlist.model import Brand

DAY = date(2026, 11, 18)
GOLDEN = Path(__file__).parent / "golden"
TRIAGE = "https://airflow.example.org/triage"
GMAIL_CUTS_AT = 102_000
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} \x1b[31mrot\x00 "
    "\u202eneti\u202c https://evil.example/klick www.evil.example evil.example "
    '<a href="https://evil.example">hier</a> "><b>fett</b> \r\nBcc: alle@evil.example 👩‍👩‍👧'
)


@dataclass
class Page(HTMLParser):
    """What a mail program would find in the HTML: tags, links, images, text, remote addresses."""

    html: str
    tags: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append(str(found["href"]))
        if tag == "img":
            self.images.append(found)
        assert not [name for name in found if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


@cache
def morning(language: str, edition: Edition = "daily") -> Rendered:
    brand = sample.a_brand(digest={"language": language})
    with sample.warehouse(brand) as con:
        sample.fill(con)
        return render(build(con, brand, DAY, sample.NOW, edition, TRIAGE))


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    return morning("de")


def quiet(language: str, edition: Edition = "daily") -> Rendered:
    brand = sample.a_brand(digest={"language": language})
    with sample.warehouse(brand) as con:
        for platform in brand.platforms:
            read = {"start_at": sample.ago(9, "00:00"), "end_at": sample.NOW, "topic": "t"}
            sample.insert(con, "coverage", brand=brand.id, platform=platform, **read)
        sample.mention(con, "1", needs_answer=False, reasons=[], complaint=False)
        return render(build(con, brand, DAY, sample.NOW, edition))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["morning", "quiet", "week", "quiet_week"])
def test_the_text_is_the_golden_one(language: str, kind: str) -> None:
    make = quiet if "quiet" in kind else morning
    rendered = make(language, "weekly" if "week" in kind else "daily")
    golden = (GOLDEN / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    assert f"{rendered.subject}\n\n{rendered.text}" == golden


@pytest.mark.parametrize(
    ("opened", "late", "german", "english"),
    [
        (1, 0, "1 unbeantwortet, nichts überfällig – ", "1 unanswered, none overdue – "),
        (1, 1, "1 unbeantwortet, 1 überfällig – ", "1 unanswered, 1 overdue – "),
        (2, 1, "2 unbeantwortet, 1 überfällig – ", "2 unanswered, 1 overdue – "),
        (0, 0, "Nichts offen – ", "Nothing open – "),
    ],
)
def test_the_subject_says_it(opened: int, late: int, german: str, english: str) -> None:
    for language, subject in (("de", german), ("en", english)):
        brand = sample.a_brand(digest={"language": language})
        with sample.warehouse(brand) as con:
            for number in range(opened):
                due_at = sample.ago(1, "12:00") if number < late else sample.ago(0, "12:00")
                sample.mention(con, str(number), due_at=due_at)
            digest = build(con, brand, DAY, sample.NOW)
        assert render(digest).subject == subject + "Stadtwerke Kronfurt"


def test_text_and_html_say_the_same(rendered: Rendered) -> None:
    words = " ".join(Page(rendered.html).words.split())
    for said in (
        "Seit gestern: ",
        "Agentur (2)",
        "@anke_wdt",
        "Gas",
        "18.420 Follower",
        "vorher vergeblich: Hotline",
        "Tarek (1)",
    ):
        assert said in words
        assert said in rendered.text


def test_the_html_holds_in_mail_programs(rendered: Rendered) -> None:
    page = Page(rendered.html)
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "th"),
        *("div", "span", "h1", "h2", "h3", "strong", "br", "bdi", "a", "img"),
    }
    assert "@media (prefers-color-scheme:dark)" in rendered.html.replace(": dark", ":dark")
    assert 'style="' in rendered.html
    assert "class=" in rendered.html
    assert len(rendered.html.encode()) < GMAIL_CUTS_AT


def test_nothing_is_loaded_from_elsewhere(rendered: Rendered) -> None:
    page = Page(rendered.html)
    assert [image["src"] for image in page.images] == ["cid:days", "cid:hours"]
    assert "Balken: Erwähnungen am Tag" in str(page.images[0]["alt"])
    assert "url(" not in rendered.html
    assert "@import" not in rendered.html
    assert "<link" not in rendered.html


def test_chart_and_heat_map_are_small_transparent_images(rendered: Rendered) -> None:
    assert set(rendered.images) == {"days", "hours"}
    for name, png in rendered.images.items():
        image = Image.open(io.BytesIO(png))
        assert image.size == {"days": (960, 340), "hours": (984, 306)}[name]
        assert image.convert("RGBA").getchannel("A").getpixel((0, 0)) == 0
        assert len(png) < 30_000


def test_the_heat_map_is_told_in_words_too(rendered: Rendered) -> None:
    (image,) = [image for image in Page(rendered.html).images if image["src"] == "cid:hours"]
    assert "am meisten Donnerstag von 19 bis 20 Uhr (9)" in str(image["alt"])
    assert "Do  " in rendered.text


def test_the_page_for_browsers_carries_its_image(rendered: Rendered) -> None:
    assert "cid:" not in rendered.page()
    assert 'src="data:image/png;base64,' in rendered.page()


@pytest.fixture(scope="module", params=["daily", "weekly"])
def hostile(request: pytest.FixtureRequest) -> Rendered:
    edition: Edition = request.param
    brand = sample.a_brand(name='Werke "K" <b>\r\nBcc: x@werke.example')
    with sample.warehouse(brand) as con:
        sample.mention(
            con,
            "1",
            text=HOSTILE,
            author_handle="<i>evil.example</i>\r\nX: y",
            permalink="javascript:alert(1)",
        )
        sample.mention(con, "2", text="x" * 40_000, author_handle=None, author_name="=cmd()")
        sample.mention(con, "3", text=None, permalink=None)
        sample.mention(
            con,
            "4",
            text="مرحبا " * 30,
            author_handle="مرحبا",
            permalink='https://x.example/"onload="a',
            praise=True,
        )
        sample.mention(con, '5"><a href=https://evil.example>&of=x', text=HOSTILE, permalink=None)
        act = {"action": "assign", "value": "<i>=evil.example\u202e\r\nBcc: x</i>"}
        sample.insert(con, "triage", brand="kronfurt", platform="x", post_id="3", **act, done_by="")
        return render(build(con, brand, DAY, sample.NOW, edition, TRIAGE))


def test_hostile_texts_stay_text(hostile: Rendered) -> None:
    page = Page(hostile.html)
    assert not page.tags & {"script", "i", "b"}
    assert "https://x.example/kunde/status/2" in page.links
    starts = ("https://x.example/kunde/status/2", f"{TRIAGE}/mention?of=kronfurt&on=x&post_id=")
    assert all(link.startswith(starts) for link in page.links)
    assert not [link for link in page.links if set(link) & set(' "<>')]
    assert [image["src"] for image in page.images] == ["cid:days"]
    assert "<script>alert(1)</script>" in page.words
    assert "{{ 7*7 }}" in page.words
    assert "\n" not in hostile.subject
    assert "\r" not in hostile.subject


def test_hostile_texts_make_no_link_anywhere(hostile: Rendered) -> None:
    for part in (hostile.text, hostile.html, hostile.subject):
        part = part.replace("post_id=5%22%3E%3Ca+href%3Dhttps%3A%2F%2Fevil.example", "")
        assert "https://evil" not in part
        assert "www.evil" not in part
        assert "evil.example" not in part
        assert not [char for char in part if char in "\x00\x1b\u202e\u202c"]


def test_a_long_text_is_cut_and_a_missing_one_is_named(hostile: Rendered) -> None:
    assert "x" * 281 not in hostile.html
    assert "(kein Text)" in hostile.text
    assert max(len(line) for line in hostile.text.splitlines()) < 300


def test_the_list_is_capped_and_the_table_complete() -> None:
    brand = sample.a_brand()
    with sample.warehouse(brand) as con:
        long = {"text": "Wort " * 56, "reasons": ["complaint", "urgent"]}
        sample.mentions(con, [{"post_id": str(number), **long} for number in range(SHOWN + 34)])
        rendered = render(build(con, brand, DAY, sample.NOW))
    assert len(Page(rendered.html).links) == SHOWN
    assert "und 34 weitere: siehe die angehängte Tabelle." in rendered.text
    assert "und 34 weitere" in Page(rendered.html).words
    assert len(table(rendered)) == SHOWN + 34
    assert len(rendered.html.encode()) < GMAIL_CUTS_AT


def table(rendered: Rendered) -> list[dict[str, str]]:
    assert rendered.csv_bytes.startswith(b"\xef\xbb\xbf")
    text = rendered.csv_bytes.decode("utf-8-sig")
    delimiter = ";" if rendered.language == "de" else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_the_table_opens_in_columns_in_both_languages(rendered: Rendered) -> None:
    row = table(rendered)[1]
    assert (row["Von"], row["Follower"], row["Überfällig"]) == ("wohnblog_mitte", "18420", "ja")
    assert (row["Geschrieben"], row["Offen (Stunden Servicezeit)"]) == ("2026-11-03 10:02", "9,7")
    english = table(morning("en"))[1]
    assert (english["From"], english["Open (service hours)"]) == ("wohnblog_mitte", "9.7")


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+49 crash", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "＝1"],
)
def test_no_cell_is_a_formula(con: duckdb.DuckDBPyConnection, brand: Brand, formula: str) -> None:
    sample.mention(con, "1", text=formula, author_handle=formula)
    row = table(render(build(con, brand, DAY, sample.NOW)))[0]
    for cell in row.values():
        assert not cell.strip().startswith(("=", "+", "-", "@", "＝"))


def test_private_data_is_masked_in_every_part(rendered: Rendered) -> None:
    for part in (rendered.text, rendered.html, rendered.csv_bytes.decode()):
        assert "[IBAN]" in part
        assert "DE02" not in part
        assert "4711" not in part


def test_a_new_section_is_one_file(
    con: duckdb.DuckDBPyConnection,
    brand: Brand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in contents.FOLDER.glob("*.sql"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "weather.sql").write_text(
        "-- Weather of the day.\n-- grain: one row per place\n-- order: 25\n"
        "SELECT 'Kronfurt' AS place, 3.5 AS rain_mm, $brand AS brand_id",
        encoding="utf-8",
    )
    monkeypatch.setattr(contents, "FOLDER", tmp_path)
    rendered = render(build(con, brand, DAY, sample.NOW))
    assert "WEATHER OF THE DAY" in rendered.text
    assert "Kronfurt      3,5  kronfurt" in rendered.text
    assert "Weather of the day" in Page(rendered.html).words


def test_a_gap_in_reading_is_said_first(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    rendered = render(build(con, brand, DAY, sample.NOW))
    assert "! X: noch nie gelesen." in rendered.text
    assert rendered.text.index("! X") < rendered.text.index("------")
    assert not rendered.is_empty


def test_a_past_day_is_as_at_its_end(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    sample.mention(con, "1", created_at=sample.ago(3, "12:00"))
    sample.mention(con, "2", created_at=sample.ago(1, "12:00"))
    digest = build(con, brand, date(2026, 11, 16), sample.NOW)
    assert [row["post_id"] for row in digest.rows("work_list")] == ["1"]
