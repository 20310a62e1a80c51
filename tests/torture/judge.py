"""Compare what lies in the warehouse with the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import warehouse
from collectors.model import Window
from demo.model import Post
from tests.torture.schedule import Run, Schedule
from tests.torture.world import BRAND

#: What is read of the newest time does not count as read yet: platforms index late.
FRESH = timedelta(minutes=15)
MOMENT = timedelta(seconds=15)
RECHECK_AFTER = timedelta(hours=22)
FOR_EVER = datetime(2100, 1, 1, tzinfo=UTC)
REACH = timedelta(days=7) - timedelta(hours=1, minutes=5)


@dataclass
class Verdict:
    """What a schedule has shown; all lists are empty where the promise was kept."""

    posts: int = 0
    stored: int = 0
    in_gaps: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    false_gaps: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def problems(self) -> list[str]:
        """Everything that must not be."""
        return [
            *(f"lost: {one}" for one in self.lost),
            *(f"duplicated: {one}" for one in self.duplicated),
            *(f"false gap: {one}" for one in self.false_gaps),
            *self.wrong,
        ]


def judge(schedule: Schedule) -> Verdict:
    """Look at a schedule that has been played."""
    return _Judge(schedule).verdict


class _Judge:
    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.verdict = Verdict(wrong=list(schedule.findings))
        self.verdict.faults = schedule.saboteur.counts + schedule.faults
        self.posts = {
            (post.platform, post.record_id): post
            for post in schedule.world.posts
            if not post.edit_of
        }
        self.clean = [run.at for run in schedule.runs if run.is_clean and run.has_succeeded]
        with warehouse.open_writer(schedule.folder / "var" / "warehouse.duckdb") as con:
            self.lines = [
                line for line in warehouse.coverage_report(con, schedule.now) if line.brand == BRAND
            ]
            self.rows = _rows(con)
            self.usage = con.execute(
                "SELECT sum(request_count), sum(post_count), sum(user_count), sum(cost_usd) "
                "FROM usage WHERE platform = 'x'"
            ).fetchone()
            failing = warehouse.failing_checks(con, schedule.now)
        for check in failing:
            if check.check.severity == "fail":
                self.verdict.wrong.append(
                    f"check {check.check.name}: {check.rows.to_dict('records')}"
                )
        if not self.clean:
            return
        self._judge_posts()
        self._judge_imports()
        known: set[tuple[str, str]] = set()
        for run in schedule.runs:
            self._judge_rechecks(run, known)
            known |= {(name, post_id) for name, post_id, _ in (run.result or {}).get("rows", ())}
        self._judge_threads()
        self._judge_coverage()
        self._judge_usage()

    def _judge_posts(self) -> None:
        found = {(line.platform, line.topic): line for line in self.lines}
        for post in self.schedule.world.posts:
            for topic in self._topics(post):
                line = found.get((post.platform, topic))
                self.verdict.posts += 1
                self._judge_post(post, topic, line)

    def _topics(self, post: Post) -> tuple[str, ...]:
        if post.edit_of or post.platform not in self.schedule.platforms:
            return ()
        return self.schedule.world.topics.get(post.record_id, ())

    def _judge_post(self, post: Post, topic: str, line: warehouse.CoverageLine | None) -> None:
        rows = self.rows[post.platform, post.record_id]
        if len(rows) > 1:
            self.verdict.duplicated.append(f"{post.key} is there {len(rows)} times")
        if rows:
            self.verdict.stored += 1
            self._judge_text(post, rows[0])
            return
        shown = post.created_at + self.schedule.world.delays.get(post.record_id, timedelta())
        gone = post.deleted_at
        if gone and not any(shown + MOMENT <= at < gone for at in self.clean):
            return  # it was never there when somebody looked
        if line is None:
            self.verdict.lost.append(f"{post.key} of {post.created_at}, {topic} was never read")
        elif any(post.created_at in hole.window for hole in line.holes):
            self.verdict.in_gaps += 1
        elif _lies_in(post.created_at, line):
            self.verdict.lost.append(
                f"{post.key} of {post.created_at} in {topic}, shown {shown}, deleted {gone}"
            )

    def _judge_text(self, post: Post, row: dict[str, Any]) -> None:
        settled = self.clean[0]
        if post.deleted_at and post.deleted_at <= settled:
            if row["text"] is not None or row["author_id"] is not None:
                self.verdict.wrong.append(f"{post.key}, deleted {post.deleted_at}, is still there")
            return
        if post.deleted_at:
            return
        texts = [post.text, *(text for at, text in post.edits if at <= settled)]
        versions = self.schedule.world.versions(post, settled)
        newest = versions[-1].text if post.platform == "x" else texts[-1]
        if post.platform == "reddit" and post.reply_to is None:
            newest = f"{post.title}\n\n{newest}"
        if row["text"] != newest:
            later = newest in (row["text"] or "")
            if not later:
                self.verdict.wrong.append(f"{post.key} says {row['text']!r} instead of {newest!r}")

    def _judge_imports(self) -> None:
        """What was handed in is there once, if the run that took it in was not stopped."""
        for key, at in self.schedule.imported.items():
            run = next(run for run in self.schedule.runs if run.at == at)
            is_taken = run.result is not None and not run.result["errors"]
            if len(self.rows[key]) > 1:
                self.verdict.duplicated.append(f"{key}, handed in, is there more than once")
            elif is_taken and not self.rows[key]:
                self.verdict.lost.append(f"{key}, handed in at {at}")

    def _judge_rechecks(self, run: Run, known: set[tuple[str, str]]) -> None:
        """After every good run: what was edited or deleted a day ago shows it.

        Only of what was stored before: a file may have waited a day to be loaded by this very run,
        and the next one looks its posts up.
        """
        if run.is_limited or not run.has_succeeded or run.platforms != self.schedule.platforms:
            return
        assert run.result
        then = run.at - RECHECK_AFTER
        for platform, post_id, text in run.result["rows"]:
            post = self.posts.get((platform, post_id))
            handed_in = self.schedule.imported.get((platform, post_id), then)
            if post is None or text is None or handed_in > then or (platform, post_id) not in known:
                continue
            if post.deleted_at and post.deleted_at <= then:
                self.verdict.wrong.append(f"{post.key}, deleted {post.deleted_at}, at {run.at}")
            elif not post.deleted_at and text not in self._texts(post, then):
                self.verdict.wrong.append(f"{post.key} says {text!r} at {run.at}")

    def _texts(self, post: Post, since: datetime) -> set[str]:
        """Return what a post may say to somebody who has looked at it after a moment."""
        world = self.schedule.world
        edits = [(post.created_at, post.text), *post.edits]
        edits += [(each.created_at, each.text) for each in world.versions(post, FOR_EVER)[1:]]
        old = [text for at, text in edits if at <= since][-1:]
        new = [text for at, text in edits if at > since]
        title = f"{post.title}\n\n" if post.title else ""
        return {title + text for text in old + new}

    def _judge_threads(self) -> None:
        """Replies that no search finds are read with the conversations of open mentions."""
        end, last_but_one = self.clean[-1], self.clean[-2:][0]
        for post in self.schedule.world.posts:
            if post.platform != "x" or post.edit_of or self.schedule.world.topics[post.post_id]:
                continue
            root = self.schedule.world.get("x", post.thread_id)
            if not root or root.deleted_at or post.deleted_at:
                continue
            is_followed = self.rows["x", root.post_id] and self._is_mention(root)
            is_due = (
                end - timedelta(days=6) < root.created_at < self.clean[0] - FRESH
                and root.created_at < post.created_at < last_but_one
            )
            if is_followed and is_due and not self.rows["x", post.post_id]:
                self.verdict.lost.append(f"{post.key} of {post.created_at}, a reply in {root.key}")

    def _is_mention(self, root: Post) -> bool:
        topics = self.schedule.world.topics[root.post_id]
        return bool(topics) and not topics[0].startswith("own:")

    def _judge_coverage(self) -> None:
        for line in self.lines:
            where = f"{line.platform} {line.topic}"
            last = max((window.end for window in line.covered), default=None)
            if last is None or last < self.clean[-1] - FRESH:
                self.verdict.false_gaps.append(f"{where} ends at {last}, not {self.clean[-1]}")
            if last and last > self.schedule.now:
                self.verdict.wrong.append(f"{where} claims the future, {last}")
            for hole in line.holes:
                problem = self._problem(line, hole)
                if problem:
                    self.verdict.false_gaps.append(f"{where} {hole}: {problem}")
        expected = {
            (topic.split(":")[0], topic)
            for names in self.schedule.world.topics.values()
            for topic in names
        }
        missing = {topic for _kind, topic in expected} - {line.topic for line in self.lines}
        if missing:
            self.verdict.wrong.append(f"no coverage of {sorted(missing)}")

    def _problem(self, line: warehouse.CoverageLine, hole: warehouse.Hole) -> str:
        """Say why a hole need not be there, or nothing."""
        if line.platform == "reddit":
            if hole.reason == "truncated" and self._was_truncated(line.topic, hole.window):
                return ""
            return "Reddit still had it"
        for at in self.clean:
            if at - REACH <= hole.window.start and hole.window.end <= at - FRESH:
                return f"X still had it at {at}"
        return "" if hole.reason == "too_old" else f"wrong reason {hole.reason!r}"

    def _was_truncated(self, topic: str, window: Window) -> bool:
        """Whether at some run the listing ended after the window."""
        for run in self.schedule.runs:
            listed = [
                post
                for post in self.schedule.world.on("reddit", run.at)
                if (post.reply_to is None) == topic.endswith(":posts")
            ][:1000]
            oldest = listed[-1].created_at if listed else run.at
            if len(listed) >= 900 and window.end <= oldest + timedelta(seconds=2):
                return True
        return False

    def _judge_usage(self) -> None:
        # What a damaged file has cost is not known any more.
        if "x" not in self.schedule.platforms or self.schedule.faults["landing file damaged"]:
            return
        meter = self.schedule.x.app.meter
        _requests, posts, users, cost = (value or 0 for value in self.usage)
        if posts < meter.posts or users < meter.users or cost < float(meter.cost_usd) - 1e-6:
            self.verdict.wrong.append(
                f"the books say {posts} posts, {users} users, ${cost:.3f}; "
                f"X says {meter.posts}, {meter.users}, ${meter.cost_usd}"
            )


def _rows(con: Any) -> defaultdict[tuple[str, str], list[dict[str, Any]]]:  # noqa: ANN401
    rows: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    found = con.execute("SELECT platform, post_id, text, author_id, deleted_at FROM posts")
    for platform, post_id, text, author_id, deleted_at in found.fetchall():
        row = {"text": text, "author_id": author_id, "deleted_at": deleted_at}
        rows[platform, post_id].append(row)
    return rows


def _lies_in(moment: datetime, line: warehouse.CoverageLine) -> bool:
    return any(moment in window for window in line.covered)
