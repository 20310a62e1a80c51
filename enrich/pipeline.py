"""The spaCy pipeline: one for all languages, since its parts read German and English alike."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import enrich.components  # noqa: F401 (registers what the pipeline is made of)
from enrich.components.heads import sigmoid
from enrich.model import Tags, TextIn
from enrich.text import usable
from enrich.tokens import hidden, keep, kept
from enrich.weights import SecondLook, beside, heads, model_version, second_look

PARTS = (
    "horch_language",
    "horch_bag",
    "horch_intents",
    "horch_phrases",
    "horch_sentiment",
    "horch_reply_kind",
    "horch_private_data",
    "horch_spill_over",
    "horch_settled",
    "horch_topics",
)
TRAINED = ("horch_bag", "horch_encoder", "horch_intents", "horch_sentiment", "horch_reply_kind")


@cache
def pipeline(model: str) -> Language:
    """The pipeline of a model, loaded once per process."""
    settings = {"nlp": {"tokenizer": {"@tokenizers": "horch.PlainTokenizer.v1"}}}
    nlp = spacy.blank("xx", config=settings)
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # no shapes, stop words and the like: nothing reads them
    nlp.max_length = 10_000_000
    for part, whose in _parts(model):
        nlp.add_pipe(part, config={"model": whose} if part in TRAINED else {})
    return nlp


def _parts(model: str) -> Iterator[tuple[str, str]]:
    """The parts, each with the model whose weights it reads."""
    first = beside(model)
    for part in PARTS:
        if first and part == "horch_bag":
            yield part, first
            yield "horch_encoder", model
        else:
            yield part, model


def tag_batch(texts: Sequence[TextIn], model: str) -> list[Tags]:
    """The tags of a batch, in order; the words seen are forgotten behind it."""
    look = second_look(model)
    if look is None:
        return _tag(texts, model)
    pipeline(look.second)  # says at once if something is missing, not when first it is unsure
    found = _tag(texts, look.first)
    again = [at for at, tags in enumerate(found) if _is_unsure(tags["scores"], look)]
    for at, tags in zip(again, _tag([texts[at] for at in again], look.second), strict=True):
        found[at] = tags
    for tags in found:
        tags["model"] = model_version(model)
    return found


def _is_unsure(scores: Mapping[str, float], look: SecondLook) -> bool:
    return any(low < scores[label] < high for label, low, high in _unsure_between(look))


@cache
def _unsure_between(look: SecondLook) -> list[tuple[str, float, float]]:
    """For each intent the scores between which the first model is unsure."""
    head = heads(look.first)["intents"]
    logits = np.log(head.cuts / (1 - head.cuts))
    low, high = sigmoid(logits - look.near), sigmoid(logits + look.near)
    return list(zip(head.labels, low.tolist(), high.tolist(), strict=True))


def _tag(texts: Sequence[TextIn], model: str) -> list[Tags]:
    nlp = pipeline(model)
    with nlp.memory_zone():
        docs = [_doc(nlp, one) for one in texts]
        # As nlp.pipe does, but a part takes the whole batch at a time: half the overhead per text.
        for _, part in nlp.pipeline:
            docs = list(part.pipe(docs)) if hasattr(part, "pipe") else [part(doc) for doc in docs]
        return [_read(one, doc, model) for one, doc in zip(texts, docs, strict=True)]


def _doc(nlp: Language, one: TextIn) -> Doc:
    doc = nlp.tokenizer(usable(one["text"] or ""))
    keep(doc, "lang_hint", one.get("lang"))
    return doc


def _read(one: TextIn, doc: Doc, model: str) -> Tags:
    """What the parts found, as tags. A text without a word says nothing: neutral, no intent."""
    silent = not hidden(doc).replace("http", "").strip()
    intents, feelings, kinds = (kept(doc, head) for head in ("intents", "sentiment", "reply_kind"))
    if silent:
        intents = dict.fromkeys(intents, 0.0)
        feelings = {"negative": 0.0, "neutral": 1.0, "positive": 0.0}
    code = kept(doc, "lang_code")
    tags: dict[str, Any] = {"id": one["id"]} if "id" in one else {}
    tags |= {
        "lang": code if code in ("de", "en") else "other",
        "lang_code": code,
        "sentiment": max(feelings, key=feelings.__getitem__),
        "sentiment_scores": _rounded(feelings),
        **{label: intents[label] >= cut for label, cut in _cuts(model)},
        "settled": kept(doc, "settled"),
        "scores": _rounded(intents),
        "private_data": kept(doc, "private_data"),
        "spill_over": kept(doc, "spill_over"),
        "topics": kept(doc, "topics"),
        "reply_kind": "social" if silent else max(kinds, key=kinds.__getitem__),
        "model": model_version(model),
    }
    return tags  # type: ignore[return-value]


@cache
def _cuts(model: str) -> list[tuple[str, float]]:
    head = heads(model)["intents"]
    return list(zip(head.labels, head.cuts.tolist(), strict=True))


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {label: round(score, 4) for label, score in scores.items()}
