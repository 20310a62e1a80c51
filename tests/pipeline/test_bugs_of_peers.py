"""What others got wrong, and the tests that say that we do not.

The table names their bug (program and ticket) and where ours is proved: `file::test`,
`timelines/file: timeline`, or a case folder of `tests/queries`. It is kept honest by looking all
of them up.
"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.warehouse.making import make_watchlist

TESTS = Path(__file__).parents[1]
BUGS = {
    "dbt_zendesk #35: a reply time for tickets without a reply": (
        "timelines/clocks: no time for a mention without a reply, not even zero",
        "queries/metrics/response_times/without_a_reply_no_time",
    ),
    "dbt_zendesk #121: public holidays count as working days": (
        "timelines/clocks: a public holiday in one state and not in the other: Corpus Christi",
        "timelines/clocks: Women's Day is a holiday in Berlin alone",
        "timelines/clocks: Good Friday to Easter Monday",
    ),
    "several: an hour too many or too few when the clocks change": (
        "timelines/clocks: spring forward: the night is an hour shorter"
        " for a brand that never closes",
        "timelines/clocks: fall back: the night is an hour longer for a brand that never closes",
        "timelines/clocks: spring forward inside the office hours of the night",
        "timelines/clocks: fall back inside the office hours of the night",
        "timelines/clocks: office hours stay put when the clock changes over a weekend",
    ),
    "frappe helpdesk #2075: posted on a day off": (
        "timelines/clocks: posted on a day when the office does not work",
    ),
    "Chatwoot #14009: no lunch break": (
        "timelines/clocks: the lunch break does not count",
        "timelines/clocks: posted in the lunch break",
    ),
    "Chatwoot #11787, #12058: five days instead of ten minutes after reopening": (
        "timelines/statuses: reopened: the clock runs from the reopening,"
        " 10 minutes and not 5 days",
        "timelines/clocks: reopened and answered the next morning, within minutes of open time",
    ),
    "Chatwoot #11057: the export ignores office hours": (
        "timelines/clocks: open time is in the figures wherever plain time is",
        "queries/metrics/response_times/without_a_reply_no_time",
    ),
    "Chatwoot #4559: wrong number of waiting conversations per agent": (
        "desk/test_desk_owners.py::test_every_owner_has_as_many_mentions_as_the_filter_says",
    ),
    "Chatwoot #9747: which share was answered in time?": (
        "queries/metrics/response_rate/in_time_counts_decided_ones",
    ),
    "Chatwoot #6887: which cases stand behind a number?": (
        "warehouse/test_cases.py::test_every_metric_leads_to_its_mentions",
        "warehouse/test_cases.py::test_the_mentions_are_those_that_were_counted",
    ),
    "Chatwoot #6889: what is forgotten is not escalated": (
        "queries/triage/overdue/at_the_minute",
        "queries/triage/escalating/reach_repeats_threats",
        "digest/test_digest_contents.py::test_what_hurts_most_comes_first",
    ),
    "Zammad #1606: a bare # floods": (
        "pipeline/test_bugs_of_peers.py::test_a_hashtag_without_a_word_is_refused",
    ),
    "twarc #559: one failing post stops the list": (
        "warehouse/test_load.py::test_unusable_parts_of_a_page",
        "collectors/x/test_x_posts.py::test_nothing_makes_it_raise",
        "collectors/reddit/test_reddit_collect.py::test_odd_children_are_kept_for_the_rejects",
    ),
    "twarc #636: most conversations and their roots are missing": (
        "collectors/x/test_x_query.py::test_conversations_are_packed_and_foreign_ids_left_out",
        "collectors/x/test_x_collect.py::test_conversations_bring_replies_without_the_brand",
        "collectors/reddit/test_reddit_collect.py::test_trees_are_read_whole_also_what_they_hide",
        "timelines/threads: the root is missing: the thread holds together all the same",
    ),
    "obsei #204: the whole result in memory before the analysis": (
        "enrich/test_enrich_tagging.py::test_order_is_kept_and_nothing_is_read_far_ahead",
    ),
    "obsei: 700 of 1,200 posts of a spike lost": (
        "torture/test_torture.py::test_nothing_is_lost",
        "torture/test_torture.py::test_ten_thousand_posts_within_a_minute",
    ),
    "obsei: readers are refused while a run writes": (
        "warehouse/test_publish_processes.py::test_readers_and_publishers_never_meet",
    ),
    "obsei: takes 12.03.2025 for a phone number": (
        "pipeline/test_bugs_of_peers.py::test_a_date_is_no_phone_number",
    ),
}


@pytest.mark.parametrize("bug", BUGS)
def test_every_bug_of_others_has_its_test(bug: str) -> None:
    missing = [place for place in BUGS[bug] if not _exists(place)]
    assert missing == []


def _exists(place: str) -> bool:
    if place.startswith("queries/"):
        return (TESTS / place / "expect.csv").exists()
    if place.startswith("timelines/"):
        file, name = place.split(": ", 1)
        text = (TESTS / "warehouse" / f"{file}.toml").read_text("utf-8")
        return f'name = "{name}"' in text
    file, name = place.split("::")
    return f"def {name}(" in (TESTS / file).read_text("utf-8")


@pytest.mark.parametrize("hashtag", ["#", "##", "", "#1606", "# strom"])
def test_a_hashtag_without_a_word_is_refused(hashtag: str) -> None:
    with pytest.raises(ValidationError, match="is no hashtag"):
        make_watchlist(hashtags=[hashtag])


@pytest.mark.parametrize("text", ["Seit 12.03.2025 warte ich.", "From 2025-03-12 to 14.03.2025."])
def test_a_date_is_no_phone_number(text: str) -> None:
    from enrich import mask

    assert mask(text) == text
