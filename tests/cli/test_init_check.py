"""A newcomer gets a watch-list that passes its own check, and hears what is wrong with theirs."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from cli.office_hours import parse_hours
from cli.questions import brand_id
from tests.cli.conftest import COMMAND, Horch, environment, one_line
from watchlist.load import load

COMPLETE = ("--brand", "Müller & Söhne", "--recipient", "a@example.org,b@example.org")


def test_options_alone_write_a_watch_list_that_passes(horch: Horch, tmp_path: Path) -> None:
    hours = "Mo-Do 8-12 13:00-17:00, fr 8:30-14"
    more = ("--handle", "@m_s", "--hashtag", "#ms", "--office-hours", hours, "--state", "Bayern")
    done = horch("init", *COMPLETE, *more, "--language", "en,de", "--digest-at", "6:45")
    assert (done.returncode, done.stderr) == (0, "")
    assert "horch check" in done.stdout
    brand = load(tmp_path / "watchlist.toml", platforms=("x", "reddit")).brand("mueller-soehne")
    assert brand.names == ("Müller & Söhne",)
    assert brand.handles == ("m_s",)
    assert brand.state == "BY"
    assert brand.languages == ("en", "de")
    assert brand.digest.language == "en"
    assert brand.digest.recipients == ("a@example.org", "b@example.org")
    assert f"{brand.digest.at:%H:%M}" == "06:45"
    assert [f"{b.opens:%H:%M}" for b in brand.office_hours.fri] == ["08:30"]
    assert len(brand.office_hours.mon) == 2
    assert brand.office_hours.sat == ()
    checked = horch("check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "Müller & Söhne" in checked.stdout
    assert "mon-thu 08:00-12:00 13:00-17:00, fri 08:30-14:00" in checked.stdout


def test_it_never_overwrites_without_force(horch: Horch, watchlist: Path) -> None:
    before = watchlist.read_text()
    done = horch("init", *COMPLETE)
    assert done.returncode == 1
    assert "is there already; edit it, or add --force" in one_line(done.stderr)
    assert watchlist.read_text() == before
    assert horch("init", *COMPLETE, "--force").returncode == 0
    assert "Müller" in watchlist.read_text()
    assert [path.name for path in watchlist.parent.iterdir()] == ["watchlist.toml"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--hashtag", "#a b"), '--hashtag: "#a b" is no hashtag'),
        (("--handle", "a b"), '--handle: "a b" is no handle'),
        (("--time-zone", "Berlin"), '--time-zone: "Berlin" is no time zone; write "Europe/Berlin"'),
        (("--state", "Atlantis"), "--state: 'Atlantis' is no Bundesland"),
        (("--office-hours", "whenever"), "--office-hours: 'whenever' is not understood; write mon"),
        (("--office-hours", "fri-mon 8-12"), "--office-hours: fri comes after mon"),
        (("--office-hours", "mon 12-8"), "--office-hours: closes before it opens"),
        (("--office-hours", "mon 8-99"), "--office-hours: not a stretch of office hours"),
        (("--answer-within", "soon"), "--answer-within: not a duration"),
        (("--digest-at", "25:00"), "--digest-at: not a time of day"),
        (("--language", "fr"), "--language: "),
        (("--recipient", "nobody"), '--recipient: "nobody" is no e-mail address'),
    ],
)
def test_a_wrong_option_is_wrong_usage(
    horch: Horch, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    done = horch("init", *COMPLETE, *args)
    assert done.returncode == 2
    assert said in one_line(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_answers_that_end_too_early_write_nothing(horch: Horch, tmp_path: Path) -> None:
    done = horch("init", "--brand", "Strom")
    assert done.returncode == 2
    assert "--handle" in one_line(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_person_is_asked_again_until_the_answer_is_right(tmp_path: Path) -> None:
    answers = [
        "", "Strom AG", "@strom ag", "@strom_ag", "", "#strom ag", "#stromag", "", "", "berlin",
        "Europe/Berlin", "whenever", "mon-fri 08:00-17:00", "", "", "", "nobody", "a@example.org",
    ]  # fmt: skip
    main, side = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "init"],
        cwd=tmp_path,
        env=environment(),
        stdin=side,
        stdout=side,
        stderr=side,
    )
    os.close(side)
    os.write(main, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    while chunk := _read(main):
        shown += chunk
    os.close(main)
    assert process.wait(timeout=60) == 0, shown.decode()
    text = shown.decode()
    assert "What is the brand called?" in text
    assert '"@strom ag" is no handle' in text
    assert '"berlin" is no time zone; write "Europe/Berlin"' in text
    brand = load(tmp_path / "watchlist.toml").brand("strom-ag")
    assert brand.handles == ("strom_ag",)
    assert brand.digest.recipients == ("a@example.org",)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side has closed
        return b""


def test_check_names_every_mistake_and_fails(horch: Horch, watchlist: Path) -> None:
    text = watchlist.read_text()
    watchlist.write_text(text.replace("#stromag", "#strom ag").replace("care@example.org", ""))
    done = horch("check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        'horch: watchlist.toml line 5, brands[0].hashtags[0]: "#strom ag" is no hashtag, '
        'which is one word; write "#stromag"',
        'horch: watchlist.toml line 7, brands[0].digest.recipients[0]: "" is no e-mail address; '
        "write one such as care@example.org",
    ]


def test_check_knows_the_platforms(horch: Horch, watchlist: Path) -> None:
    watchlist.write_text(watchlist.read_text().replace("handles", 'platforms = ["y"]\nhandles'))
    done = horch("check")
    assert done.returncode == 1
    assert '"y" is not collected; choose of x, reddit' in one_line(done.stderr)


def test_a_missing_watch_list_names_init(horch: Horch, tmp_path: Path) -> None:
    done = horch("check")
    assert done.returncode == 1
    assert one_line(done.stderr) == "watchlist.toml: there is no such file; horch init writes one"
    done = horch("check", env={"HORCH_WATCHLIST": str(tmp_path / "other.toml")})
    assert "other.toml: there is no such file" in one_line(done.stderr)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stadtwerke Köln", "stadtwerke-koeln"),
        ("A&B: 100 % Öko!", "a-b-100-oeko"),
        ("漢字", "brand"),
        ("x" * 60, "x" * 40),
    ],
)
def test_brand_ids(name: str, expected: str) -> None:
    assert brand_id(name) == expected


def test_office_hours_as_people_say_them() -> None:
    assert parse_hours("always") == {}
    assert parse_hours("mon-tue 08:00-12:00, sat 9-24:00") == {
        "mon": ["08:00-12:00"],
        "tue": ["08:00-12:00"],
        "sat": ["09:00-24:00"],
    }
    assert parse_hours("Mo–Di 8:00–12:00 13:30–17:15")["tue"] == ["08:00-12:00", "13:30-17:15"]
