"""The findings of two days, without those that somebody dismissed."""

import datetime as dt

from graphkit.changes import Change, What, changes
from graphkit.errors import UsageError
from graphkit.verdicts import Judged


def check_order(since: dt.date, until: dt.date, *, later: str = "--as-of") -> None:
    """Refuse to compare a day with one that is not after it.

    Args:
        since: The earlier day.
        until: The later one.
        later: What to type to say another later day.

    Raises:
        UsageError: It is not earlier.
    """
    if since >= until:
        raise UsageError(
            f"{since} is no day before {until}, the day whose findings are compared with it.",
            next_step=f"an earlier day, or a later one after {later}",
        )


def since_then(then: Judged, now: Judged, *, everything: bool) -> list[Change]:
    """What changed; what is dismissed today is left out, and is not what is gone.

    Args:
        then: What was found as of the earlier day.
        now: What is found as of the later one.
        everything: Also what is as it was.
    """
    found = changes([*then.told, *then.dismissed], [*now.told, *now.dismissed])
    unseen = {id(one) for one in (*then.dismissed, *now.dismissed)}
    return [
        one
        for one in found
        if id(one.finding) not in unseen and (everything or one.what is not What.UNCHANGED)
    ]
