"""Posts: what companies wrote on social media."""

from graphkit.batch import Batch
from graphkit.schema import Kind, Post
from loaders.amounts import COUNT
from loaders.days import DAY
from loaders.nodes import account_ids, accounts, hashed, per_spelling, text_or
from loaders.shape import Field, Rows, SheetKind


def handle_of(written: str) -> str | None:
    """A handle without @, address and case.

    >>> handle_of("@AcmeGear"), handle_of("https://x.com/AcmeGear/")
    ('acmegear', 'acmegear')
    """
    bare = written.strip().rstrip("/").rpartition("/")[2]
    return bare.lstrip("@").casefold() or None


def _complete(rows: Rows) -> Rows:
    handle = per_spelling(rows.get("handle"), handle_of, Kind.TEXT)
    rows = rows.having(handle=handle)
    made = hashed(rows, ("posted_on", "platform", "handle", "account", "text"))
    return rows.having(id=text_or(rows.get("native_id"), made))


def _build(rows: Rows) -> list[Batch]:
    account = account_ids(rows, "handle", "account")
    posts = {
        "id": rows.source.key(rows.get("id")),
        "posted_on": rows.get("posted_on", Kind.DATE),
        "account": account,
        "platform": rows.get("platform"),
        "text": rows.get("text"),
        "likes": rows.get("likes", Kind.INTEGER),
        "shares": rows.get("shares", Kind.INTEGER),
        "row": rows.at,
    }
    return [
        accounts(rows, account, {"handle": rows.get("handle"), "name": rows.get("account")}),
        Batch.of(Post, posts, source=rows.source),
    ]


KIND = SheetKind(
    name="posts",
    doc="one post",
    fields=(
        Field(
            "native_id",
            "a post id",
            "Post ID, Post Link, Post URL, Permalink, ID",
        ),
        Field(
            "posted_on",
            "the day",
            "Posted, Date, Posted Date, Post Date, Published, Created, Posted At, Published"
            " At, Publish Date",
            DAY,
            required=True,
        ),
        Field(
            "platform",
            "a platform",
            "Platform, Network, Channel, Source, Site",
        ),
        Field(
            "account",
            "a company",
            "Account, Account Name, Company, Company Name, Profile, Page Name, Author",
        ),
        Field(
            "handle",
            "a handle",
            "Handle, Account Handle, Username, User, Screen Name, Profile URL",
        ),
        Field(
            "text",
            "a text",
            "Text, Post, Content, Message, Post Text, Caption, Body, Post Content",
            required=True,
        ),
        Field(
            "likes",
            "likes",
            "Likes, Reactions, Like Count, Favorites",
            COUNT,
        ),
        Field(
            "shares",
            "shares",
            "Shares, Reposts, Retweets, Share Count",
            COUNT,
        ),
    ),
    any_of=(("handle", "account"),),
    against="Email, Amount, Order Date, Invoice Date, Target handle, Action, Campaign ID",
    key=("id",),
    complete=_complete,
    build=_build,
    event="posted_on",
)
