"""Hashed n-grams: the same everywhere, independent of the batch, free of handles and links."""

import numpy as np
import pytest

from enrich.clusters import SIGNS, clusters
from enrich.features import BITS, BUCKETS, bags, read, word_hashes
from enrich.text import hide, reading, usable


def test_a_bag_does_not_depend_on_its_batch() -> None:
    texts = ["Wo bleibt mein Paket?", "", "Danke!", "x" * 3_000, "ß ü 😡 \u202e"]
    together = bags(read(texts))
    for at, text in enumerate(texts):
        alone, part = bags(read([text])), slice(together.starts[at], together.starts[at + 1])
        assert np.array_equal(alone.buckets, together.buckets[part])
        assert np.allclose(alone.weights, together.weights[part])


def test_buckets_are_the_same_on_every_machine_and_release() -> None:
    found = bags(read(["Wo bleibt mein Paket?"]))
    written = found.buckets[found.buckets < 2**BITS]
    assert (len(written), int(written.sum())) == (EXPECTED_COUNT, EXPECTED_SUM)
    assert 2**BITS < int(found.buckets.max()) < BUCKETS


EXPECTED_COUNT, EXPECTED_SUM = 121, 16217928


def test_either_kind_of_buckets_has_weights_of_length_one() -> None:
    found = bags(read(["Danke", "a a a a", "Wo bleibt mein Paket?"]))
    for start, end in zip(found.starts[:-1], found.starts[1:], strict=True):
        written = found.buckets[start:end] < 2**BITS
        for part in (written, ~written):
            length = np.linalg.norm(found.weights[start:end][part])
            assert length == pytest.approx(1, abs=1e-5)


def test_words_of_a_kind_share_a_cluster_and_unknown_ones_have_none() -> None:
    words = ["verspätet", "verspätung", "danke", "thanks", "xqzvwk", *SIGNS]
    coarse, fine = (found.tolist() for found in clusters()(word_hashes(words)))
    assert coarse[4] == fine[4] == 0
    assert min(coarse[:4]) > 0
    assert len(set(fine[5:])) == len(SIGNS)
    assert coarse[0] == coarse[1]
    assert coarse[0] != coarse[2]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("@kunde42 hallo", "@user hallo"),
        ("mail an a.b@example.com bitte", "mail an mail bitte"),
        ("siehe https://example.com/x?y=1 und www.example.com", "siehe http und http"),
        ("preis 3.50 @ markt", "preis 3.50 @ markt"),
    ],
)
def test_handles_mails_and_links_are_hidden(text: str, hidden: str) -> None:
    assert hide(text) == hidden


def test_who_is_addressed_and_what_is_linked_makes_no_difference() -> None:
    texts = ["@anna Wo ist es? https://example.com/1", "@berta_99 Wo ist es? https://example.org/2"]
    both = bags(read(texts))
    first, second = (both.buckets[both.starts[i] : both.starts[i + 1]] for i in (0, 1))
    assert np.array_equal(first, second)


def test_reading_levels_case_digits_and_stretching() -> None:
    assert reading("SOOOOOO 3 Wochen").startswith("sooo 0 wochen ")
    assert usable("a\x00b\ud800") == "a b\ufffd"
