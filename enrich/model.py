"""What goes in and what comes out."""

from typing import NotRequired, TypedDict

from watchlist.errors import HorchError

INTENTS = ("complaint", "question", "praise", "urgent")
SENTIMENTS = ("negative", "neutral", "positive")
REPLY_KINDS = ("answer", "ask", "holding", "deflect", "social")
CHANNELS = ("hotline", "email", "form", "shop", "app", "letter")
PRIVATE_KINDS = ("iban", "card", "email", "phone", "address", "contract", "plate")


class TextIn(TypedDict):
    """One text to tag; further keys of the record are handed through by `tag_file` only."""

    text: str
    id: NotRequired[object]
    lang: NotRequired[str | None]


class Tags(TypedDict):
    """The tags of one text; scores are calibrated probabilities from 0 to 1.

    `lang` is "de", "en" or "other"; `lang_code` the ISO 639-1 code where it is known.
    """

    id: NotRequired[object]
    lang: str
    lang_code: str | None
    sentiment: str
    sentiment_scores: dict[str, float]
    complaint: bool
    question: bool
    praise: bool
    urgent: bool
    settled: bool
    scores: dict[str, float]
    private_data: list[str]
    spill_over: list[str]
    topics: list[str]
    reply_kind: str
    model: str


class ModelError(HorchError):
    """A model that is not there or cannot be read."""


class InputError(HorchError):
    """A line of input that cannot be tagged.

    Attributes:
        line: Number of the line, from 1.
    """

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(f"line {line}: {cause}; the other lines are not affected")
        self.line = line
