"""Whether an action can be what somebody meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from desk.model import Act
from watchlist.errors import HorchError

FLAGS = ("complaint", "question", "praise", "urgent", "settled", "spam")
SENTIMENTS = ("negative", "neutral", "positive")
REPLY_KINDS = ("answer", "ask", "holding", "deflect", "social")
PRIVATE_DATA = ("iban", "card", "email", "phone", "address", "contract", "plate")
CHANNELS = ("hotline", "email", "form", "shop", "app", "letter")
#: Per tag that can be corrected: a word of it, and whether it takes several with commas.
_VALUES: Mapping[str, tuple[str, bool]] = {
    **dict.fromkeys(FLAGS, ("true|false", False)),
    "sentiment": ("|".join(SENTIMENTS), False),
    "lang": ("[a-z]{2,3}|other", False),
    "reply_kind": ("|".join(REPLY_KINDS), False),
    "private_data": ("|".join(PRIVATE_DATA), True),
    "spill_over": ("|".join(CHANNELS), True),
}
CORRECTABLE = tuple(_VALUES)
ACTIONS = ("assign", "note", "snooze", "done", "reopen", "correct")
LONGEST_NOTE = 2_000
_LONGEST_NAME = 80
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class WrongAction(HorchError):
    """An action that cannot be kept."""


def checked(act: Act) -> Act:
    """The action with its texts tidied.

    Raises:
        WrongAction: something is missing, too long or unknown.
    """
    if act.action not in ACTIONS:
        raise WrongAction(f"no action {act.action!r}; choose of {', '.join(ACTIONS)}")
    value = _CONTROL.sub("", (act.value or "").replace("\r\n", "\n")).strip() or None
    act = replace(act, who=_CONTROL.sub("", act.who).strip(), value=value)
    if not act.who:
        raise WrongAction("nobody is named who does this; sign in again")
    if not (act.brand and act.platform and act.post_id):
        raise WrongAction("no post is named; open the mention again")
    _check_texts(act)
    return _correction(act) if act.action == "correct" else replace(act, field=None)


def _check_texts(act: Act) -> None:
    value = act.value or ""
    if act.action == "note" and not value:
        raise WrongAction("the note is empty; write something")
    if len(value) > (LONGEST_NOTE if act.action == "note" else _LONGEST_NAME):
        raise WrongAction(f"{len(value)} characters are too many; shorten the text")
    if act.action == "snooze" and act.until_at is None:
        raise WrongAction("no time is given until when; choose one")


def _correction(act: Act) -> Act:
    if act.field is None or act.field not in _VALUES:
        raise WrongAction(f"no tag {act.field!r}; choose of {', '.join(CORRECTABLE)}")
    word, is_list = _VALUES[act.field]
    value = (act.value or "").replace(" ", "")
    pattern = rf"(?:(?:{word})(?:,(?:{word}))*)?" if is_list else word
    if not re.fullmatch(pattern, value):
        raise WrongAction(
            f"{act.field} cannot be {act.value!r}; choose of {word.replace('|', ', ')}"
        )
    return replace(act, value=value)
