"""Find the thread of every post, whatever order posts arrive in.

A post's next one up is its root where the platform says it, else the post it replies to, else the
post it quotes. The thread is what the way up ends in: a post without a next one, or the id of a
post we do not have. All chains climb at once, and each step doubles how far they have come.
"""

from __future__ import annotations

import duckdb

from warehouse.statements import count, run_sql


def settle_threads(con: duckdb.DuckDBPyConnection) -> None:
    """Set `posts.thread_id` for what `delta` has changed; leaves the table `settled` behind."""
    run_sql(con, "threads/nodes")
    longest = count(con.execute("SELECT count(*) FROM chains WHERE NOT is_final"))
    reach = 1
    while reach <= longest:
        if not count(run_sql(con, "threads/climb")):
            break
        reach *= 2
    run_sql(con, "threads/settle")
