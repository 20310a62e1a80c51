"""Words in their order: how they are spelt, what is learnt of their order, and what ships."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from enrich import ModelError, words
from enrich.clusters import clusters
from enrich.features import Read, read, read_words, word_hashes
from enrich.tok2vec import LONGEST, first_words
from enrich.training import tok2vec as training
from enrich.training.made import made
from enrich.weights import FOLDER, tok2vec


def spelt(texts: Read, at: int) -> list[int]:
    starts, buckets = words.spelling(texts, np.array([at]))
    assert starts.tolist() == [0, len(buckets)]
    return sorted(buckets.tolist())


def test_a_word_is_spelt_the_same_wherever_it_stands() -> None:
    texts = read(["Stellwerk", "das Stellwerk, schon wieder", "(Stellwerk)?", "x"])
    found = [at for at, word in enumerate(texts.words) if word == word_hashes(["stellwerk"])[0]]
    assert len(found) == 3
    alone = spelt(read_words(["stellwerk"]), 0)
    assert len(alone) == 9 + 8 + 7  # of three, four, five characters, spaces counted
    assert [spelt(texts, at) for at in found] == [alone] * 3
    assert all(spelt(texts, at) for at in range(len(texts.words)))


def test_words_alike_are_spelt_alike() -> None:
    both = read_words(["stellwerksausfall", "stellwerksstörung", "danke"])
    one, other, third = (set(spelt(both, at)) for at in range(3))
    assert len(one & other) > 20
    assert not one & third


@pytest.mark.parametrize(
    "text",
    ["", " ", "😡", "a " * 500, "wort " * 300 + "ende", "ß\u202eü"],
    ids=["empty", "space", "emoji", "letters", "long", "turned"],
)
def test_a_text_says_the_same_by_itself_and_among_others(text: str) -> None:
    texts = ["Wo bleibt mein Paket?", text, "Danke!"]
    together = tok2vec("fast")(read(texts))
    assert together.shape == (3, 4)
    assert np.isfinite(together).all()
    assert np.allclose(tok2vec("fast")(read([text]))[0], together[1], atol=1e-4)


def test_so_many_words_are_read_and_no_more() -> None:
    texts = read(["kurz", "wort " * 300, ""])
    some, lengths = first_words(texts)
    assert lengths[1] == LONGEST + 1
    assert len(some) + 3 == lengths.sum()


def test_what_ships_has_a_vector_for_each_word_of_the_clusters() -> None:
    assert len(tok2vec("fast").known) == len(clusters().words) + 1
    assert len(tok2vec("fast").spelt) == 2**words.BITS
    assert len(training.vectors()) == len(clusters().words)


@pytest.mark.parametrize("fault", ["missing", "short"])
def test_weights_of_another_version_are_refused(tmp_path: Path, fault: str) -> None:
    model = tmp_path / "older"
    shutil.copytree(FOLDER / "fast", model)
    with np.load(model / "weights.npz") as file:
        arrays = {name: file[name] for name in file.files}
    if fault == "missing":
        del arrays["tok2vec.net"]
    else:
        arrays["tok2vec.known.weights"] = arrays["tok2vec.known.weights"][:-5]
    np.savez(model / "weights.npz", **arrays)
    with pytest.raises(ModelError, match="run `make train`"):
        tok2vec(str(model))


def test_order_is_learnt_and_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ROUNDS": 30, "BATCH": 16, "WARM_UP": 1, "NOT_READ": 0.0}.items():
        monkeypatch.setattr(training, name, value)
    texts = ["erst gut dann schlecht", "erst schlecht dann gut"] * 16
    y = np.array([[1.0], [0.0]] * 16)
    reader = training.fit_tok2vec(texts, y, np.ones(len(y)))
    said = reader(read(texts))
    assert (said > 0).tolist() == (y > 0).tolist()
    again = training.fit_tok2vec(texts, y, np.ones(len(y)))
    assert np.array_equal(reader.known, again.known)
    assert np.array_equal(said, again(read(texts)))
    assert np.allclose(reader.times(0.5)(read(texts)), 0.5 * said, atol=1e-6)


def plain(text: str) -> set[str]:
    return {word.lower().strip(",?") for word in text.split()}


def test_new_texts_are_made_of_words_that_were_there() -> None:
    texts = [
        ("Der Zug nach Seeblick fällt heute aus, danke für nichts", "railway"),
        ("Die Bahn nach Kronfurt fällt morgen aus, was nun?", "railway"),
        ("Danke, der Strom ist wieder da", "energy"),
    ] * 3
    found = list(made(texts))
    assert found == list(made(texts))
    assert len(set(found)) > 20
    by_domain: dict[str, set[str]] = {}
    for text, domain in texts:
        by_domain.setdefault(domain, set()).update(plain(text))
    assert all(any(plain(text) <= words for words in by_domain.values()) for text in found)
