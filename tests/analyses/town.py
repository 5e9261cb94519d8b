"""A builder of companies that follow each other and look at the page of one topic."""

import datetime as dt

import numpy as np

from graphkit.schema import Follows, HasTopic, Order, Page, Topic, Visited
from graphkit.snapshot import Snapshot
from tests.graph_rows import put, put_companies

BEGUN, END = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
DAYS = (END - BEGUN).days


class Town:
    """Companies that all ordered on the first day, followed each other and look at one page."""

    def __init__(self, store):
        self.store, self.views, self.follows = store, [], []

    def pairs(self, count, *, lag=30, seed=1):
        """So many leaders, each with a follower who looks at the page about `lag` days later."""
        draw = np.random.default_rng(seed)
        for at in range(count):
            self.follows.append((f"Follower {at}", f"Leader {at}", BEGUN))
            day = BEGUN + dt.timedelta(days=int(draw.integers(0, DAYS - 2 * lag)))
            self.views.append((f"Leader {at}", day))
            after = dt.timedelta(days=int(draw.integers(lag // 2, 2 * lag)))
            self.views.append((f"Follower {at}", day + after))

    def shuffled(self, seed=1):
        """The same looks, each on the day of another."""
        order = np.random.default_rng(seed).permutation(len(self.views))
        days = [self.views[at][1] for at in order]
        self.views = [(who, day) for (who, _), day in zip(self.views, days, strict=True)]

    def snapshot(self, as_of=END):
        names = sorted(
            {who for who, *_ in self.views} | {one for row in self.follows for one in row[:2]}
        )
        put_companies(self.store, names)
        accounts = [f"erp:{name}" for name in names]
        put(self.store, Order, id=names, account=accounts, ordered_on=[BEGUN] * len(names))
        put(self.store, Topic, id=["hard turning"], name=["hard turning"])
        put(self.store, Page, id=["/hard"], title=["Hard turning"])
        about = {"from_id": ["/hard"], "from_type": ["Page"], "to_id": ["hard turning"]}
        put(self.store, HasTopic, **about)
        who, when = zip(*self.views, strict=True)
        looks = {"from_id": [f"erp:{one}" for one in who], "to_id": ["/hard"] * len(who)}
        put(self.store, Visited, on=[*when], **looks)
        if self.follows:
            start, end, when = zip(*self.follows, strict=True)
            ends = {
                "from_id": [f"erp:{one}" for one in start],
                "to_id": [f"erp:{one}" for one in end],
            }
            put(self.store, Follows, on=[*when], **ends)
        return Snapshot(self.store, as_of)
