"""An alert as a chat message: plain lines in which strangers' words cannot act.

What a chat program may take for markup is replaced by characters that look like it, whatever the
library that sends the message escapes (Mattermost gets all of it raw). Mentions such as @channel
are broken by an invisible joiner; the only links are the posts' own and the triage page's.
"""

from __future__ import annotations

import re

from digest.alerts.wording import AlertWords, Message, Shown

_LOOKALIKES = str.maketrans("<>[]{}`*~|\\&#", "‹›()()'∗∼¦∖＆＃")
_AT = re.compile(r"@(?=\w)")
_BESIDE_A_WORD = re.compile(r"(?<!\w)_|_(?!\w)")  # emphasis; inside a handle it is none


def harmless(text: str) -> str:
    """Strangers' words with nothing in them that any chat program reads as markup."""
    text = _BESIDE_A_WORD.sub("ˍ", text.translate(_LOOKALIKES))
    return _AT.sub("@\u2060", text)


def title(message: Message) -> str:
    """The headline; it holds no word of a stranger."""
    return harmless(message.subject)


def body(message: Message, words: AlertWords) -> str:
    """What stands below the headline."""
    parts = ["\n".join(message.lines)]
    parts += [_post(post, words) for post in message.posts]
    if message.more:
        parts.append(message.more)
    if message.list_link:
        parts.append(f"{message.labels['open_list']}: {message.list_link}")
    return "\n\n".join([*parts, message.state])


def _post(post: Shown, words: AlertWords) -> str:
    about = " · ".join(filter(None, (post.author, post.reach, post.place, *post.reasons)))
    quoted = words("alerts.alert.quote", text=harmless(post.text))
    links = [link for link in (post.link, post.case) if link]
    return "\n".join([harmless(about), quoted, *links])
