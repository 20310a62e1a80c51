"""The interface: order, streaming, contract, hostile texts, files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich import InputError, ModelError, TextIn, model_version, tag_file, tag_texts
from enrich.model import CHANNELS, INTENTS, PRIVATE_KINDS, REPLY_KINDS, SENTIMENTS
from enrich.stream import tag_chunks, tag_lines

HOSTILE = [
    "",
    " \t\n ",
    "😡😡😡",
    "https://example.com/x",
    "a\x00b",
    "\x1b[31mrot\x1b[0m",
    "<script>alert(1)</script>",
    "'; DROP TABLE tags; --",
    "=HYPERLINK(1)",
    "\u202eabc\u202c",
    "\ud800 halb",
    "Привет, когда придёт посылка?",
    "なぜ届かないのですか",
    "أين طلبي؟",
    "x" * 40_000,
    "Wo bleibt mein Paket? " * 2_000,
    "@" * 5_000,
    "\n".join(["?"] * 3_000),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:18]))
def test_every_text_gets_tags_in_range(text: str) -> None:
    (tags,) = tag_texts([{"id": 7, "text": text}])
    assert tags["id"] == 7
    assert tags["lang"] in {"de", "en", "other"}
    assert tags["sentiment"] in SENTIMENTS
    assert sum(tags["sentiment_scores"].values()) == pytest.approx(1, abs=1e-3)
    assert set(tags["scores"]) == set(INTENTS)
    assert all(0 <= score <= 1 for score in tags["scores"].values())
    assert set(tags["private_data"]) <= set(PRIVATE_KINDS)
    assert set(tags["spill_over"]) <= set(CHANNELS)
    assert tags["reply_kind"] in REPLY_KINDS
    assert tags["model"] == model_version("fast")
    json.dumps(tags, allow_nan=False).encode()


@pytest.mark.parametrize("text", ["", "   ", "https://example.com/x"])
def test_a_text_without_words_says_nothing(text: str) -> None:
    (tags,) = tag_texts([{"text": text}])
    assert "id" not in tags
    assert (tags["sentiment"], tags["reply_kind"]) == ("neutral", "social")
    assert not any(
        tags[label] for label in ("complaint", "question", "praise", "urgent", "settled")
    )


def test_order_is_kept_and_nothing_is_read_far_ahead() -> None:
    read = 0

    def texts() -> Iterator[TextIn]:
        nonlocal read
        for number in range(1_000):
            read += 1
            yield {"id": number, "text": f"Post {number}"}

    stream = tag_texts(texts(), batch=16)
    assert next(stream)["id"] == 0
    assert read <= 17
    assert [tags["id"] for tags in stream] == list(range(1, 1_000))


def test_tags_do_not_depend_on_the_company_a_text_keeps() -> None:
    texts: list[TextIn] = [
        {"text": t}
        for t in ("Warum kommt der Bus nicht?", "Danke!", "x" * 9_000, "The app crashes")
    ]
    together = list(tag_texts(texts))
    assert together == [next(tag_texts([one])) for one in texts]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (
            "Seit drei Wochen warte ich auf meine Lieferung, niemand meldet sich. Unverschämt!",
            "complaint",
        ),
        ("Third time this week my internet is down. Worst provider ever.", "complaint"),
        ("Bis wann habt ihr heute geöffnet?", "question"),
        ("How do I change the address on my account?", "question"),
        ("Vielen Dank für die schnelle und freundliche Hilfe, toller Service!", "praise"),
        ("Great service today, thank you so much to your team!", "praise"),
    ],
)
def test_plain_cases_are_told(text: str, tag: str) -> None:
    (tags,) = tag_texts([{"text": text}])
    assert tags[tag] is True  # type: ignore[literal-required]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bitte wende dich per DM an uns.", "deflect"),
        ("Schick uns bitte eine Direktnachricht mit deiner Kundennummer.", "deflect"),
        ("Wir geben das weiter.", "holding"),
        ("Das tut uns leid, wir prüfen das.", "holding"),
        ("Ab 18 Uhr läuft alles wieder, Ursache war ein defektes Kabel.", "answer"),
        ("Um welche Linie geht es denn genau?", "ask"),
        ("Danke für das Lob, das geben wir gern weiter!", "social"),
        ("Please DM us your account number.", "deflect"),
        ("We're looking into it, sorry for the trouble.", "holding"),
        ("Which train are you on?", "ask"),
        ("You're welcome, have a nice day!", "social"),
    ],
)
def test_replies_of_each_kind_are_told(text: str, kind: str) -> None:
    (tags,) = tag_texts([{"text": text}])
    assert tags["reply_kind"] == kind


def test_unknown_model_is_named_with_a_next_step() -> None:
    with pytest.raises(ModelError, match=r"no model named 'huge'; known: accurate, careful, fast"):
        next(tag_texts([{"text": "x"}], model="huge"))


def test_file_hands_other_keys_through_and_is_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "batch.jsonl", tmp_path / "tags.jsonl"
    rows = [
        {"platform": "x", "post_id": str(n), "text_hash": "h", "text": "Danke!", "lang": None}
        for n in range(3)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert tag_file(source, target) == 3
    tagged = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(row["platform"], row["post_id"], row["text_hash"]) for row in tagged] == [
        ("x", str(n), "h") for n in range(3)
    ]
    assert "text" not in tagged[0]
    assert tagged[0]["lang"] == "de"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_file_with_a_broken_line_leaves_no_target(tmp_path: Path) -> None:
    source, target = tmp_path / "batch.jsonl", tmp_path / "tags.jsonl"
    source.write_bytes(b'{"text":"a"}\n{"text":\n')
    with pytest.raises(ModelError, match=r"batch\.jsonl, line 2: not JSON"):
        tag_file(source, target)
    assert not target.exists()


def tagged_and_errors(lines: list[bytes]) -> tuple[list[dict[str, object]], list[InputError]]:
    errors: list[InputError] = []
    out = b"".join(tag_lines(lines, "fast", errors.append))
    return [json.loads(line) for line in out.splitlines()], errors


def test_bad_lines_are_reported_and_the_stream_goes_on() -> None:
    lines = [
        b'{"id":1,"text":"Hallo Welt, das ist gut"}\n',
        b"not json\n",
        b"\n",
        b'{"id":2}\n',
        b'{"id":3,"text":5}\n',
        b"[1]\n",
        b'{"id":4,"text":"\xff\xfe"}\n',
        b'{"id":5,"text":"fine","lang":7}\n',
    ]
    tagged, errors = tagged_and_errors(lines)
    assert [row["id"] for row in tagged] == [1, 5]
    assert [error.line for error in errors] == [2, 4, 5, 6, 7]
    assert all(
        "\n" not in str(error) and str(error).startswith(f"line {error.line}: ") for error in errors
    )


def test_two_processes_give_what_one_gives_in_the_same_order() -> None:
    posts = [{"id": n, "text": f"Post {n}: wo bleibt mein Paket?"} for n in range(2_700)]
    lines = [json.dumps(post).encode() for post in posts]
    lines[2_500] = b"broken"
    written: list[bytes] = []
    errors: list[InputError] = []
    chunks = (lines[at : at + 400] for at in range(0, len(lines), 400))
    tag_chunks(chunks, "fast", written.append, errors.append, processes=2)
    expected, _ = tagged_and_errors(lines)
    assert [json.loads(line) for line in b"".join(written).splitlines()] == expected
    assert [error.line for error in errors] == [2_501]


def test_what_has_come_is_written_before_more_comes() -> None:
    written: list[bytes] = []
    counts: list[int] = []

    def chunks() -> Iterator[list[bytes]]:
        for number in range(3):
            counts.append(len(written))
            yield [json.dumps({"id": number, "text": "Danke!"}).encode()]

    tag_chunks(chunks(), "fast", written.append, lambda error: None, processes=2)
    assert counts == [0, 1, 2]


def test_a_reader_that_goes_away_ends_the_stream() -> None:
    lines = [json.dumps({"id": n, "text": "Hallo"}).encode() for n in range(3_000)]
    calls = 0

    def write(_: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls > 5:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        tag_chunks([lines], "fast", write, lambda error: None, processes=2)
