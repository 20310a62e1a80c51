"""Training: what may train, what never does, and that it gives the same twice."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from enrich import ModelError
from enrich.features import BUCKETS
from enrich.training import data, hidden, taught
from enrich.training.card import crossed_f1
from enrich.training.fit import best_cut, fit, fit_with_hints, matrix, platt
from tests.enrich import tiny

GOOD = [
    "Danke, super",
    "Toller Service, danke",
    "Great, thank you",
    "Love it, great",
    "Sehr nett, danke",
]
BAD = ["Das ist Mist", "Nie wieder, Mist", "This is broken", "Broken again", "Kaputt und Mist"]
Y = np.array([[1.0]] * len(GOOD) + [[0.0]] * len(BAD))


def test_a_head_learns_and_is_the_same_twice() -> None:
    x = matrix(GOOD + BAD)
    w, b = fit(x, Y, np.ones(len(Y)), 1e-3, False)
    assert w.shape == (BUCKETS, 1)
    assert (np.asarray(x @ w + b) > 0).tolist() == (Y > 0).tolist()
    again, _ = fit(x, Y, np.ones(len(Y)), 1e-3, False)
    assert np.array_equal(w, again)


def test_hints_fold_into_one_linear_head() -> None:
    x = matrix(GOOD + BAD)
    hint = fit(x, Y, np.ones(len(Y)), 1e-3, False)
    w, b = fit_with_hints(x, Y, np.ones(len(Y)), 1e-3, False, hint)
    assert w.shape == (BUCKETS, 1)
    assert (np.asarray(x @ w + b) > 0).tolist() == (Y > 0).tolist()


def test_calibration_makes_sure_logits_unsure() -> None:
    logits, y = np.array([8.0, 8, 8, 8, -8, -8, -8, -8]), np.array([1.0, 1, 1, 0, 0, 0, 0, 1])
    scale, shift = platt(logits, y)
    assert 1 / (1 + np.exp(-(8 * scale + shift))) == pytest.approx(0.75, abs=0.01)


def test_the_cut_lies_between_the_classes() -> None:
    said, truth = np.repeat([0.1, 0.2, 0.6, 0.7], 10), np.repeat([0, 0, 1, 1], 10)
    assert 0.2 < best_cut(said) <= 0.6
    assert crossed_f1(said, truth) == 1.0


def test_a_cut_is_half_the_f1_that_it_is_expected_to_give() -> None:
    p = np.random.default_rng(3).beta(0.4, 0.9, 20_000)
    cut = best_cut(p)
    above = p[p >= cut]
    assert cut == pytest.approx(above.sum() / (len(above) + p.sum()), abs=0.001)


def test_a_cut_can_leave_a_precision() -> None:
    p = np.linspace(0.001, 0.5, 500)
    assert best_cut(p) < 0.26
    assert p[p >= best_cut(p, 0.4)].mean() == pytest.approx(0.4, abs=0.01)
    assert best_cut(p, 0.9) == 0.5


def test_reposts_and_copies_share_a_fold() -> None:
    text = "Seit drei Wochen warte ich auf eine Antwort von euch, unglaublich"
    copies = [text, f"RT @anna: {text}", f"@marke {text} https://example.com/1", text.upper()]
    assert len({data.fold(copy) for copy in copies}) == 1


def test_noncommercial_and_measuring_sets_never_train(tmp_path: Path) -> None:
    measuring = [source for source in data.sources() if source.use == "measure"]
    assert any("NonCommercial" in source.licence for source in measuring)
    assert all("NonCommercial" not in s.licence for s in data.sources() if s.use == "train")
    for source in measuring:
        with pytest.raises(ModelError, match="may not train"):
            data.training_rows(tmp_path, source.file)
    with pytest.raises(ModelError, match="enter its licence"):
        data.rows(tmp_path, "intent/unknown.jsonl")


def test_own_labels_hold_no_text() -> None:
    lines = (data.HERE / "labels.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 25_000
    assert all(re.fullmatch(r"(-|c?q?p?u?)\??\t[0-9a-f]{16}", line) for line in lines)
    assert [line[-16:] for line in lines] == sorted(line[-16:] for line in lines)


def test_own_labels_are_found_in_the_data_and_none_is_held_out(shared: Path) -> None:
    folder = shared / "data"
    given, ours = data.rows(folder, data.INTENT_FILE), data.labelled_by_us(folder)
    again = {data.content_hash(row["text"]) for row in given} & data.readings().keys()
    found = {data.content_hash(row["text"]) for row in ours}
    assert len(found) == len(ours)
    assert found | again == data.readings().keys()
    held = {data.content_hash(row["text"]) for row in data.held_out(folder, data.INTENT_FILE)}
    assert not held & data.readings().keys()


def test_what_was_read_twice_counts_as_the_mean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny.write(tmp_path / "data")
    (first, *_), (other, *_) = (
        data.rows(folder, file) for file in (data.INTENT_FILE, "threads/ibm_messages.jsonl")
    )
    known = data.sources()
    monkeypatch.setattr(data, "sources", lambda: known)
    monkeypatch.setattr(data, "HERE", tmp_path)
    one, two = (data.content_hash(row["text"]) for row in (first, other))
    (tmp_path / "labels.tsv").write_text(f"q?\t{one}\ncu\t{two}\n-\t{two}\n", encoding="utf-8")
    assert data.flags(first) == [1, 0, 0, 0]
    assert data.flags(data.given(folder)[0]) == [0.5, 0.5, 0, 0]
    assert data.given(folder)[0]["sure"] == 0.5
    (row,) = data.labelled_by_us(folder)
    assert (row["text"], data.flags(row), row["sure"]) == (other["text"], [0.5, 0, 0, 0.5], 1)


def test_the_teacher_never_says_anything_of_what_is_measured(shared: Path) -> None:
    folder = shared / "data"
    rows = taught.rows(folder, set())
    known = {data.content_hash(row["text"])[:8] for row in rows}
    assert 0.9 < len(known) / data.count("taught.npz") <= 1
    assert len({data.content_hash(row["text"]) for row in rows}) == len(rows)
    assert all(data.fold(row["text"]) != data.HELD_OUT for row in rows)
    assert all(0 <= p <= 1 for row in rows for p in row["intents"])
    with np.load(taught.FILE) as file:
        assert sorted(file.files) == ["intents", "steps"]


def test_texts_of_no_weight_teach_nothing() -> None:
    x, counts = matrix(GOOD + BAD), np.array([1.0] * 8 + [0.0] * 2)
    w, b = fit(x, Y, counts, 1e-3, False)
    fewer, b_fewer = fit(x[:8], Y[:8], np.ones(8), 1e-3, False)
    assert np.array_equal(w, fewer)
    assert np.array_equal(b, b_fewer)


def test_a_hidden_layer_tells_what_no_sum_of_words_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "ROUNDS", 150)
    monkeypatch.setattr(hidden, "LEFT_OUT", 0.0)
    monkeypatch.setattr(hidden, "SPREAD", 0.3)
    texts = ["bahn spät", "bus gut", "bahn gut", "bus spät"] * 128
    y = np.array([[1.0], [1.0], [0.0], [0.0]] * 128)  # one or the other, not both
    x = matrix(texts)
    alone = csr_matrix(x[:, np.unique(matrix(["bahn", "bus", "spät", "gut"]).indices)])
    (w, b), units = hidden.fit_hidden(alone, y, np.ones(len(y)))
    assert ((alone @ w + b + units(alone))[:, 0] > 0).tolist() == (y[:, 0] > 0).tolist()
    again, _ = hidden.fit_hidden(alone, y, np.ones(len(y)))
    assert np.array_equal(w, again[0])


def test_what_the_teacher_reads_is_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = data.written()[::500]
    monkeypatch.setattr(data, "written", lambda: some)
    folder = tiny.write(tmp_path / "data")
    found = taught.texts(folder)
    assert found == taught.texts(folder)
    assert {one.kind for one in found} <= taught.WEIGHT.keys()
    assert {"near", "far", "part", "made"} <= {one.kind for one in found}
    assert all(data.fold(one.text) != data.HELD_OUT for one in found)


def test_domains_are_told_by_origin() -> None:
    assert data.domain({"id": "ge_dev_web:http://example.com"}) == "railway"
    assert data.domain({"id": "x", "file": "sentiment/eon_trustpilot_de.jsonl"}) == (
        "energy supplier"
    )
    assert data.domain({"id": "ibm:7"}) == "all others"


def test_no_line_of_ours_is_a_line_of_the_data(shared: Path) -> None:
    replies = {data.key(row["text"]) for row in data.own("replies_own")}
    theirs = {data.key(row["text"]) for row in data.rows(shared / "data", data.REPLY_FILE)}
    assert replies & theirs <= {""}
    rows = data.own("replies_own") + data.own("posts_measured") + data.written()
    ours = {text for row in rows if len(text := data.key(row["text"])) > 20}
    assert len(ours) > 20_000
    for source in data.sources():
        theirs = data.rows(shared / "data", source.file)
        assert not ours & {data.key(row["text"]) for row in theirs}, source.file


def test_posts_of_ours_are_read_once_each() -> None:
    rows = data.written()
    assert len({row["text"] for row in rows}) == len(rows) == data.count("written")
    assert all(0.05 < share < 0.5 for share in np.mean([data.flags(row) for row in rows], axis=0))


@pytest.mark.parametrize("line", ["cx\tWo ist er?", "c Wo ist er?", "c\t", "c\ta\tb", "", "c\t "])
def test_a_line_of_another_form_is_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "HERE", tmp_path)
    file = tmp_path / "written" / "some.tsv"
    file.parent.mkdir()
    file.write_text(f"qc\tWo ist er?\n-\tDa 😀\n{line}\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"some.tsv:3: a line is marks .* a tab and a text"):
        data.written()
    file.write_text("qc\tWo ist er?\n-\tDa 😀\n", encoding="utf-8")
    assert [data.flags(row) for row in data.written()] == [[1, 1, 0, 0], [0, 0, 0, 0]]


def test_posts_of_ours_that_measure_teach_nothing() -> None:
    texts, labels = data.measured_own()
    assert labels.shape == (len(texts), 4)
    assert set(labels.ravel()) == {0.0, 1.0}
    learnt = {data.key(row["text"]) for row in data.written()}
    assert not {data.key(text) for text in texts} & learnt - {""}
