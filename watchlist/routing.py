"""Who is to answer a mention: rules of the watch-list, tried in the order in which they stand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from watchlist.fields import AccountName, Hashtag, Several, Strict, split_account
from watchlist.guess import one_line

#: Whose a mention is where no rule fits: the team that answers customers.
USUAL_OWNER = "service"

Tag = Literal["complaint", "question", "praise", "urgent", "private_data", "spill_over", "threat"]


def _owner(value: str) -> str:
    if not value.isprintable() or not value.strip():
        raise ValueError(f'{one_line(value)} is no name; write one such as "marketing"')
    return " ".join(value.split())


class Route(Strict):
    """One rule: whose a mention is that fits every key given, of each list with any entry.

    The first rule that fits counts; the last may have no key but `owner`. Where none fits, the
    owner is `service`. Who is assigned on the triage page is the owner whatever the rules say.
    """

    owner: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_owner)]
    """Who answers, such as `service`, `marketing` or `agency`: a heading in the digest."""
    accounts: Several[AccountName] = ()
    """The brand's account that is spoken to."""
    hashtags: Several[Hashtag] = ()
    """Hashtags in the post."""
    tags: Several[Tag] = ()
    """What the post is: `complaint`, `question`, `praise`, `urgent`, `private_data`, `spill_over`
    (another channel failed before) or `threat` (of lawyers, regulators, the press, to leave)."""
    platforms: Several[str] = ()
    """Where it was written."""

    @property
    def fits_all(self) -> bool:
        """Whether it asks nothing, which the last rule may do."""
        return not (self.accounts or self.hashtags or self.tags or self.platforms)

    def account_entries(self) -> list[tuple[str | None, str]]:
        """Every account as (platform or None for all platforms, handle in lower case)."""
        return [split_account(name) for name in self.accounts]
