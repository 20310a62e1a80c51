"""Who is told at once, and of what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from watchlist.fields import Mail, Several, Strict, matching

Channel = Annotated[
    str,
    AfterValidator(
        matching(
            r"[a-z0-9][a-z0-9_]{0,39}",
            'is no channel; name its connection in lower case, such as "slack_care" for '
            "AIRFLOW_CONN_HORCH_ALERTS_SLACK_CARE",
        )
    ),
]


class AlertSettings(Strict):
    """What cannot wait for the morning digest, and who is told; with nobody named, nobody is.

    Each channel is a connection: `slack_care` is `AIRFLOW_CONN_HORCH_ALERTS_SLACK_CARE`.
    """

    on_call: Several[Mail] = ()
    """E-mail addresses that get every alert."""
    channels: Several[Channel] = ()
    """Chat channels that get waves and outages, and single posts if nobody is on call."""
    shitstorm: bool = True
    """Whether to tell when far more people complain than usual."""
    spill_over: bool = True
    """Whether to tell when many say that hotline, e-mail, form, shop or app does not work."""
    posts: Literal["closed", "always", "never"] = "closed"
    """When single posts that cannot wait are told: outside office hours, at any time, or never."""
    reach: Annotated[int, Field(ge=1)] = 50_000
    """Followers or views from which an open complaint or question cannot wait."""

    @property
    def anybody(self) -> bool:
        """Whether there is anybody to tell."""
        return bool(self.on_call or self.channels)
