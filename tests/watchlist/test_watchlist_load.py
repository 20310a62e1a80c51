"""A watch-list is read whole, or every mistake in it is named with line, key and remedy."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from watchlist.load import load
from watchlist.mistakes import WatchlistError

ROOT = Path(__file__).parents[2]
GOOD = """\
[[brands]]
id = "strom"
name = "Strom AG"
handles = ["@Strom_AG"]
[brands.digest]
recipients = ["care@example.org"]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "watchlist.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        load(written(folder, text), platforms=("x", "reddit"))
    assert "\n" not in str(caught.value)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_the_example_loads() -> None:
    watchlist = load(ROOT / "watchlist.toml", platforms=("x", "reddit"))
    brand = watchlist.brand("stadtwerke")
    assert brand.hashtags == ("swmusterstadt",)
    assert brand.answer_within == timedelta(hours=4)
    assert brand.digest.at == time(7, 30)
    assert len(brand.office_hours.thu) == 2
    assert ("agency", "x", "agentur_beispiel") in brand.members()
    assert ("own", None, "sw_musterstadt") in brand.members()
    assert watchlist.budget == {"x": 50}
    assert [route.owner for route in brand.routing] == ["marketing", "agency"]
    assert watchlist.triage.url is None


def test_defaults_fill_what_is_left_out(tmp_path: Path) -> None:
    brand = load(written(tmp_path, GOOD)).brands[0]
    assert brand.handles == ("strom_ag",)
    assert brand.platforms == ("x", "reddit")
    assert brand.office_hours.never_closes
    assert brand.engages("facebook") == "direct"
    assert brand.engages("x") == "all"


def test_the_storage_path_starts_at_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf").mkdir()
    path = written(tmp_path / "conf", GOOD)
    assert load(path.relative_to(tmp_path)).storage.path == tmp_path / "conf" / "var"
    absolute = written(tmp_path / "conf", GOOD + '[storage]\npath = "/data/horch"\n')
    assert load(absolute).storage.path == Path("/data/horch")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).brands[0].id == "strom"


def brand_mistakes() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    pairs = (block.splitlines() for block in text.split("\n\n")[1:])
    return [(line, expected.strip()) for line, expected in pairs]


@pytest.mark.parametrize(("line", "expected"), brand_mistakes())
def test_a_mistake_is_named_with_line_key_and_remedy(
    tmp_path: Path, line: str, expected: str
) -> None:
    text = GOOD.replace("[brands.digest]", line + "\n[brands.digest]")
    found = mistakes(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(f"watchlist.toml line 5, brands[0]{expected}")


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        ("recipients = []", "empty or too short; write recipients = [\"care@example.org\"]"),
        ('recipients = ["a@b"]', '"a@b" is no e-mail address; write one such as care@example.org'),
        ('recipients = ["a@example.org\\nBcc: b@example.org"]', "is no e-mail address"),
        ('recipients = ["a@example.org, b@example.org"]', "is no e-mail address"),
        ('at = "07:30"', "missing; write recipients = [\"care@example.org\"]"),
        ('at = 730\nrecipients = ["a@example.org"]', "not a time of day; write it in quotes"),
        ('weekly = "montag"\nrecipients = ["a@example.org"]', "is not known; write 'mon'"),
        ('at = "24:30"\nrecipients = ["a@example.org"]', "not a time of day; write it in quotes"),
    ],
)  # fmt: skip
def test_a_digest_without_a_way_out_is_refused(
    tmp_path: Path, recipients: str, expected: str
) -> None:
    found = mistakes(tmp_path, GOOD.replace('recipients = ["care@example.org"]', recipients))
    assert len(found) == 1
    assert expected in found[0]
    assert "brands[0].digest" in found[0]


def test_all_mistakes_are_found_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = 'budgets = {}\n[[brands]]\nid = "A B"\ntime_zone = "Berlin"\nname = ""\n'
    found = mistakes(tmp_path, text)
    assert [item.split(":")[0] for item in found] == [
        "watchlist.toml line 1, budgets",
        "watchlist.toml line 2, brands[0].digest",
        "watchlist.toml line 3, brands[0].id",
        "watchlist.toml line 4, brands[0].time_zone",
        "watchlist.toml line 5, brands[0].name",
    ]
    with pytest.raises(WatchlistError, match=r"and 4 more; horch check lists all"):
        load(tmp_path / "watchlist.toml")


def test_two_brands_of_one_id_and_a_brand_that_watches_nothing(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD + GOOD) == [
        'watchlist.toml line 8, brands[1].id: the id "strom" is used twice; give each brand its own'
    ]
    nothing = mistakes(tmp_path, GOOD.replace('handles = ["@Strom_AG"]', ""))
    assert nothing == [
        "watchlist.toml line 1, brands[0]: nothing is watched; "
        "give handles, names, hashtags or subreddits"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "desk.example.org",
        "javascript:alert(1)",
        "https://desk.example.org/?next=evil",
        "https://a@desk.example.org",
        "https://desk.example.org/ x",
        "http://[::1",
    ],
)
def test_the_triage_page_has_a_plain_web_address(tmp_path: Path, url: str) -> None:
    (found,) = mistakes(tmp_path, f'{GOOD}[triage]\nurl = "{url}"\n')
    assert found.startswith("watchlist.toml line 8, triage.url: ")
    assert "is no web address; write one such as https://desk.example.org" in found


def test_a_budget_nobody_would_keep_is_refused(tmp_path: Path) -> None:
    for budget, remedy in {
        "{twitter = 5}": "choose of x, reddit",
        "{x = -1}": "write 0 or more",
        '{x = "much"}': "a number is needed",
        "{x = nan}": "a number is needed",
    }.items():
        (found,) = mistakes(tmp_path, f"budget = {budget}\n{GOOD}")
        assert "watchlist.toml line 1, budget." in found
        assert remedy in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a = "b\nc = 1', "line 1: a quotation mark is missing"),
        ("a = 1\nb = yes", "line 2: not a value; texts stand in quotation marks"),
        ("a = 1\na = 2", "line 2: this key is given twice"),
        ("[a]\nb = 1\n[a]", "line 3: this table is given twice"),
        ("a = 1\nb = [1,\n2", "line 3: a list is not closed"),
        ("a b = 1", "line 1: not a setting; write key = value"),
        ("= 1", "line 1: a key is missing"),
        ('a = "\\q"', "line 1: a backslash needs single quotation marks"),
        ("[a", "line 1: a bracket is missing"),
        ("a = {b=1", "line 1: not TOML: Unclosed inline table"),
        (b'a = 1\nb = "\xfc"', "line 2: a character is not UTF-8; save the file as UTF-8"),
        ('a = "\0"', "line 1: "),
        ("", "brands: missing; start with [[brands]]"),
        ("brands = []", "line 1, brands: empty or too short; start with [[brands]]"),
        ("[brands]", "line 1, brands: "),
    ],
)
def test_a_file_that_is_no_toml_names_the_line(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.startswith("watchlist.toml")
    assert expected in found


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match=r"nowhere\.toml: there is no such file; horch init"):
        load(tmp_path / "nowhere.toml")
    with pytest.raises(WatchlistError, match=r"cannot be read \(Is a directory\); check the path"):
        load(tmp_path)
    (found,) = mistakes(tmp_path, GOOD.encode("utf-16"))
    assert "is written in UTF-16; save it as UTF-8" in found
    (found,) = mistakes(tmp_path, "a = " + "[" * 100_000)
    assert "nested too deeply" in found


def test_hostile_values_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    text = GOOD.replace('"@Strom_AG"', r'"a\u001b[31m\u202e\n' + "x" * 500 + '"')
    (found,) = mistakes(tmp_path, text)
    assert found.isprintable()
    assert len(found) < 200
