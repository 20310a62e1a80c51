"""`horch tag`: in order, as it comes, whatever the lines hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, Horch, environment, one_line

LINES = [
    {"id": 1, "text": "Wo bleibt mein Paket?"},
    {"id": "b", "text": "Thank you, great service!", "lang": "en"},
    {"id": {"nested": [1]}, "text": "\x1b[31m\u202e\0 =1+1 <script> '; DROP TABLE posts; --"},
    {"text": "Meine IBAN: DE89 3704 0044 0532 0130 00"},
    {"id": None, "text": ""},
    {"id": 5, "text": "漢字 " * 13_000},
]


def _stream(lines: list[dict[str, object]]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_lines_come_out_tagged_and_in_order(horch: Horch) -> None:
    done = horch("tag", stdin=_stream(LINES))
    assert (done.returncode, done.stderr) == (0, "")
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in out] == [line.get("id") for line in LINES]
    assert out[0]["question"] is True
    assert out[0]["lang"] == "de"
    assert out[3]["private_data"] == ["iban"]
    keys = "sentiment complaint question praise urgent settled scores reply_kind model"
    assert set(keys.split()) <= set(out[0])


def test_bad_lines_are_named_and_the_rest_goes_on(horch: Horch, tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "text": "Wo bleibt mein Paket?"}).encode()
    lines = [b"{broken", good, b"", b'{"id": 2}', b"[1]", b'{"text": 3}', b"\xff\xfe", b"null"]
    lines += [b'{"text": "\\ud83d"}', good, b"\x1b[31m", b'{"text": null}']
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(lines))  # no newline at the end
    done = horch("tag", str(path))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 1]
    said = done.stderr.splitlines()
    numbers = [line.split(":")[1].strip() for line in said[:-1]]
    assert numbers == [f"line {n}" for n in (1, 4, 5, 6, 7, 8, 9, 11, 12)]
    assert said[-1].startswith("horch: 9 of the lines could not be used;")
    assert "\x1b" not in done.stderr


#: What people and faulty programs send: a line, and whether it can be tagged.
ODD_LINES: list[tuple[bytes, bool]] = [
    (b'{"id": 0, "text": ""}', True),
    (b'{"id": 1, "text": " \\t\\n\\u00a0 "}', True),
    ('{"id": 2, "text": "😡😡🤬"}'.encode(), True),
    (b'{"id": 3, "text": "https://example.com/a?b=c"}', True),
    (json.dumps({"id": 4, "text": "Wo ist es? " * 4_000}).encode(), True),
    (json.dumps({"id": 5, "text": "x" * 40_000}).encode(), True),
    ('{"id": 6, "text": "Где мой заказ? أين طلبي؟ 注文がまだ ⵣ ᏣᎳᎩ"}'.encode(), True),
    (b'{"id": 7, "text": "null\\u0000byte"}', True),
    (b'{"id": 8, "text": "null\x00byte"}', False),
    (b'{"id": 9, "text": "broken \xff\xfe"}', False),
    (b'{"id": 10}', False),
    (b'{"id": 11, "text": null}', False),
    (b"no JSON at all", False),
    (b'["text"]', False),
    (b'{"id": 12, "text": "cut off', False),
    (b"\xef\xbb\xbf", False),
    (b'{"id": 13, "text": "to the end", "lang": ["de"], "more": {"a": 1}}', True),
]


def test_nothing_that_comes_in_stops_the_stream() -> None:
    stream = b"\n".join(line for line, _ in ODD_LINES) + b"\n\n  \n"
    done = subprocess.run(
        [*COMMAND, "tag"],
        env=environment(),
        input=stream,
        capture_output=True,
        timeout=300,
        check=False,
    )
    wanted = [json.loads(line)["id"] for line, is_fine in ODD_LINES if is_fine]
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == wanted
    said = done.stderr.decode().splitlines()
    bad = [number for number, (_, is_fine) in enumerate(ODD_LINES, 1) if not is_fine]
    assert [int(line.split(":")[1].removeprefix(" line ")) for line in said[:-1]] == bad
    assert f"{len(bad)} of the lines could not be used" in said[-1]
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


def test_line_numbers_go_on_over_large_inputs(horch: Horch, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    line = json.dumps({"id": 1, "text": "x " * 2000})
    path.write_text("\n".join([line] * 300 + ["broken"]))
    done = horch("tag", str(path))
    assert "line 301: not JSON" in done.stderr
    assert len(done.stdout.splitlines()) == 300


def test_tags_come_while_the_input_is_still_open() -> None:
    process = subprocess.Popen(
        [*COMMAND, "tag"], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    for number in (1, 2):
        process.stdin.write(json.dumps({"id": number, "text": "Hallo?"}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


def test_nothing_in_is_nothing_out(horch: Horch) -> None:
    done = horch("tag", stdin="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("nowhere.jsonl",), 1, "nowhere.jsonl: No such file or directory; check the path"),
        ((".",), 1, "Is a directory; name a file"),
        (("--model", "huge"), 2, "--model"),
    ],
)
def test_what_cannot_be_tagged(horch: Horch, args: tuple[str, ...], code: int, said: str) -> None:
    done = horch("tag", *args, stdin="{}")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in one_line(done.stderr)


def test_tags_are_scored_on_labelled_posts(horch: Horch, tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    labelled = [{"text": "Wo bleibt mein Paket?", "question": 1}, {"text": "Danke!", "question": 0}]
    path.write_text(_stream(labelled))
    done = horch("evaluate", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "question" in done.stdout


def test_what_cannot_be_scored(horch: Horch, tmp_path: Path) -> None:
    path = tmp_path / "unlabelled.jsonl"
    path.write_text(_stream([{"text": "Wo bleibt mein Paket?"}]))
    for name in (path, tmp_path / "nowhere.jsonl"):
        done = horch("evaluate", str(name))
        assert done.returncode == 1
        assert name.name in one_line(done.stderr)
