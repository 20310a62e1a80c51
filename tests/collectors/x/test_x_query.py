"""Watch-list terms become X queries of at most 512 characters, none lost, none doubled."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors import x, x_query
from collectors.errors import Refused
from collectors.model import Window
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(hours=1), NOW)


def test_topics_name_what_is_searched_and_whose_answers_are_read(brand: Brand) -> None:
    topics = [(topic.kind, topic.name) for topic in x.topics(brand)]

    assert topics == [
        ("search", "@swkronfurt"),
        ("search", "#kronfurt"),
        ("search", "name:Stadtwerke Kronfurt"),
        ("own", "own:@swkronfurthilft"),
        ("own", "own:@swkronfurt"),
    ]


def test_handles_of_other_platforms_are_not_searched(brand: Brand) -> None:
    other = brand.model_copy(update={"handles": ("kronfurt@social.example", "swk.example")})

    assert not [topic for topic in x.topics(other) if topic.name.startswith("@")]


def test_terms_of_one_window_share_a_query(brand: Brand) -> None:
    strict = brand.model_copy(update={"exclude": ("Kronfurter Kurier", 'so "genannt"')})

    search, own = x.jobs(strict, x.topics(strict), WINDOW)

    assert search.target == (
        '(@swkronfurt OR #kronfurt OR "Stadtwerke Kronfurt") '
        '-"Kronfurter Kurier" -"so genannt" -is:retweet'
    )
    assert own.target == "(from:swkronfurthilft OR from:swkronfurt) -is:retweet"
    assert search.topics == ("@swkronfurt", "#kronfurt", "name:Stadtwerke Kronfurt")
    assert own.kind == "own"


def test_one_term_needs_no_brackets(brand: Brand) -> None:
    (job,) = x.jobs(brand, x.topics(brand)[:1], WINDOW)

    assert job.target == "@swkronfurt -is:retweet"


def test_conversations_are_packed_and_foreign_ids_left_out(brand: Brand) -> None:
    roots = [str(2122392505021403868 + number) for number in range(30)]

    jobs = x.thread_jobs(brand, [*roots, "t3_abc", "²"], WINDOW)

    assert [root for job in jobs for root in job.root_ids] == roots
    assert len(jobs) == 3
    assert all(len(job.target) <= x_query.MAX_QUERY for job in jobs)
    assert jobs[0].target.startswith("(conversation_id:2122392505021403868 OR conversation_id:")


def test_checks_take_a_hundred_posts_each(brand: Brand) -> None:
    jobs = x.check_jobs(brand, [str(number) for number in range(250)] + ["t1_x"], WINDOW)

    assert [len(job.root_ids) for job in jobs] == [100, 100, 50]


def test_excluded_words_that_leave_no_room_are_refused(brand: Brand) -> None:
    wordy = brand.model_copy(update={"exclude": tuple("w" * 99 for _ in range(6))})

    with pytest.raises(Refused, match="shorten the brand's `exclude`"):
        x.jobs(wordy, x.topics(wordy), WINDOW)


NAMES = st.lists(
    st.text(min_size=2, max_size=100).filter(str.strip).map("name:{}".format), unique=True
)


@given(NAMES)
def test_every_term_is_in_exactly_one_query_that_fits(topics: list[str]) -> None:
    packed = list(x_query.pack(topics, " -is:retweet"))

    assert [topic for names, _query in packed for topic in names] == topics
    for names, query in packed:
        assert len(query) <= x_query.MAX_QUERY
        assert query.count('"') == 2 * len(names)
