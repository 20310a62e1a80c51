"""The two dialects of X's v2 API: names of parameters, fields and keys.

Source: X's OpenAPI documents 2.165 (June 2026, `old`) and 2.167 (August 2026, `new`).
"""

from dataclasses import dataclass

_POST_FIELDS = (
    "article attachments card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls entities geo id lang matched_media_notes media_metadata "
    "non_public_metrics note_request_suggestions organic_metrics paid_partnership "
    "possibly_sensitive promoted_metrics public_metrics reply_settings scopes source "
    "suggested_source_links suggested_source_links_with_counts text withheld"
)
_EXPANSIONS = (
    "article.cover_media article.media_entities attachments.media_keys "
    "attachments.media_source_tweet attachments.poll_ids author_id entities.mentions.username "
    "geo.place_id in_reply_to_user_id"
)
_USER_FIELDS = (
    "confirmed_email connection_status created_at description entities id is_identity_verified "
    "location name parody profile_banner_url profile_image_url protected public_metrics "
    "receives_your_dm subscription subscription_type url username verified "
    "verified_followers_count verified_type withheld"
)


@dataclass(frozen=True)
class Dialect:
    """Names that differ between the dialects.

    Attributes:
        word: what a post is called in names of keys: `tweet` or `post`.
        defaults: fields that come without being asked for.
        post_fields: what `tweet.fields` or `post.fields` accepts.
        repost_count: name of that count in the public metrics.
    """

    name: str
    word: str
    defaults: frozenset[str]
    post_fields: frozenset[str]
    expansions: frozenset[str]
    user_fields: frozenset[str]
    user_expansions: frozenset[str]
    references: str
    reference_authors: str
    repost_count: str
    problems: str

    @property
    def fields_parameter(self) -> str:
        """`tweet.fields` or `post.fields`."""
        return f"{self.word}.fields"

    @property
    def plural(self) -> str:
        """Key of the posts in `includes`."""
        return f"{self.word}s"

    @property
    def note(self) -> str:
        """Key of a long post's full text."""
        return f"note_{self.word}"

    @property
    def referenced(self) -> str:
        """Key of the references to other posts."""
        return f"referenced_{self.word}s"

    @property
    def edit_history(self) -> str:
        """Key of the ids of all versions."""
        return f"edit_history_{self.word}_ids"


OLD = Dialect(
    name="old",
    word="tweet",
    defaults=frozenset({"id", "text", "edit_history_tweet_ids"}),
    post_fields=frozenset(_POST_FIELDS.split())
    | {"author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet"}
    | {"referenced_tweets"},
    expansions=frozenset(_EXPANSIONS.split())
    | {"edit_history_tweet_ids", "entities.note.mentions.username", "referenced_tweets.id"}
    | {"referenced_tweets.id.attachments.media_keys", "referenced_tweets.id.author_id"},
    user_fields=frozenset(_USER_FIELDS.split())
    | {"affiliation", "most_recent_tweet_id", "pinned_tweet_id"},
    user_expansions=frozenset({"affiliation.user_id", "most_recent_tweet_id", "pinned_tweet_id"}),
    references="referenced_tweets.id",
    reference_authors="referenced_tweets.id.author_id",
    repost_count="retweet_count",
    problems="https://api.twitter.com/2/problems",
)
NEW = Dialect(
    name="new",
    word="post",
    defaults=frozenset({"id", "text"}),
    post_fields=frozenset(_POST_FIELDS.split()) | {"article_title", "note_post"},
    expansions=frozenset(_EXPANSIONS.split())
    | {"edit_history_post_ids", "referenced_posts", "username"},
    user_fields=frozenset(_USER_FIELDS.split()) | {"subscribes_to_you"},
    user_expansions=frozenset({"affiliation", "most_recent_post_id", "pinned_post_id"}),
    references="referenced_posts",
    reference_authors="author_id",
    repost_count="repost_count",
    problems="https://api.x.com/2/problems",
)
DIALECTS = {"old": OLD, "new": NEW}
