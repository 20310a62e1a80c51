"""What obsei does with a file of posts; run by an interpreter that has obsei, not by ours.

    python obsei_run.py FILE FOLDER [classify]

Reads, redacts and stores. With `classify` it also labels every post, by a classifier that takes no
time: any that obsei has (a downloaded model, or a language model behind a server) takes longer.
The store is not encrypted, which takes less time too.
"""

import sys
from pathlib import Path

from obsei.core.context import Context
from obsei.core.record import Enrichment
from obsei.pipeline import Pipeline, SourceSpec, run
from obsei.privacy import RegexRedactor
from obsei.sources._common import FieldMap
from obsei.sources.files import FileConfig, JsonlSource
from obsei.store import Store

FIELDS = FieldMap(
    id="post_id",
    author="author_handle",
    lang="lang",
    context=["platform", "reply_to_id", "root_id", "like_count"],
)
LABELS = {"sentiment": "negative", "intent": "complaint", "confidence": 0.9, "fields": {}}


class Instant:
    """Says the same of every post."""

    name = "classify"
    version = "1"

    def enrich(self, batch):  # noqa: ANN001, ANN201 -- obsei's types are not installed here
        """Return one label for each post."""
        return [Enrichment(value=LABELS, confidence=0.9, model="instant") for _ in batch]


def main(file: str, folder: str, *wanted: str) -> None:
    """Run obsei's pipeline, as `obsei run` would, and print how many posts it has stored."""
    context = Context(salt=b"as good as any other salt")
    pipeline = Pipeline(
        name="bench",
        sources=[SourceSpec("posts", JsonlSource(FileConfig(path=file, fields=FIELDS), context))],
        enrichers=[Instant()] if "classify" in wanted else [],
        redactor=RegexRedactor(),
    )
    with Store(Path(folder) / "obsei.duckdb", allow_unencrypted=True) as store:
        print(run(pipeline, store).stored)


if __name__ == "__main__":
    main(*sys.argv[1:])
