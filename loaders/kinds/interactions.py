"""Social interactions: who follows, likes and shares whom."""

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Follows, Kind, Liked, Shared
from loaders.days import DAY
from loaders.kinds.posts import handle_of
from loaders.nodes import account_ids, accounts, folded, per_spelling
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_ACTIONS = {
    "follow": "follow", "follows": "follow", "followed": "follow", "like": "like", "likes": "like",
    "liked": "like", "reaction": "like", "favorite": "like", "share": "share", "shares": "share",
    "shared": "share", "repost": "share", "reposted": "share", "retweet": "share",
}  # fmt: skip


def _complete(rows: Rows) -> Rows:
    def action(word: str) -> str:
        return _ACTIONS.get(folded(word), "other")

    return rows.having(
        did=per_spelling(rows.get("action"), action, Kind.TEXT),
        handle=per_spelling(rows.get("handle"), handle_of, Kind.TEXT),
        target=per_spelling(rows.get("target"), handle_of, Kind.TEXT),
    )


def _check(rows: Rows) -> tuple[Complaint, ...]:
    other = mask_of(rows.get("did") == "other")
    return (Complaint(other, "action", "neither follow, like nor share; leave it out"),)


def _build(rows: Rows) -> list[Batch]:
    actor, target = account_ids(rows, "handle"), account_ids(rows, "target")
    columns = {
        "from_id": actor,
        "to_id": target,
        "on": rows.get("on", Kind.DATE),
        "row": rows.at,
    }
    found = [
        accounts(rows, actor, {"handle": rows.get("handle")}),
        accounts(rows, target, {"handle": rows.get("target")}),
    ]
    for did, entity in (("follow", Follows), ("like", Liked), ("share", Shared)):
        mask = mask_of(rows.get("did") == did)
        chosen = {name: column[mask].reset_index(drop=True) for name, column in columns.items()}
        found.append(Batch.of(entity, pd.DataFrame(chosen), source=rows.source))
    return found


KIND = SheetKind(
    name="interactions",
    doc="one follow, like or share between companies",
    fields=(
        Field(
            "on",
            "the day",
            "Date, Timestamp, Day, Occurred, Created",
            DAY,
            required=True,
        ),
        Field(
            "handle",
            "who did it",
            "Handle, Account, From, Actor, User, Source Handle, From Handle, Username",
            required=True,
        ),
        Field(
            "action",
            "what was done",
            "Action, Type, Interaction, Interaction Type, Activity, Event",
            required=True,
        ),
        Field(
            "target",
            "to whom",
            "Target handle, Target, To, Target Account, To Handle, Object",
            required=True,
        ),
    ),
    against="Email, Email Address, Amount, Campaign ID, Order Date, Num",
    key=("handle", "target", "did", "on"),
    complete=_complete,
    check=_check,
    build=_build,
    event="on",
)
