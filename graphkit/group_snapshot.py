"""What was known at the end of one day, with the companies of each group as one."""

import dataclasses
from functools import cached_property
from typing import Final

import networkx as nx
import pandas as pd

from graphkit.declaration import frame_of
from graphkit.resolve.lookup import companies_by_account
from graphkit.schema import Company, Entity, Is
from graphkit.snapshot import Snapshot

_ID: Final = "group:"
"""What the id of a group begins with: a verdict on its head is none on the group."""


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Companies that belong together, of which two or more are customers.

    Attributes:
        id: Its own, as if it were a company.
        name: That of its head, and how many of its companies are customers.
        members: Ids of all companies, the head first.
        customers: Names of those that are customers.
    """

    id: str
    name: str
    members: tuple[str, ...]
    customers: tuple[str, ...]


class GroupSnapshot(Snapshot):
    """A snapshot in which the rows of every company of a group are those of one company.

    A group is who says, directly or over others, to be part of one company. Where fewer than two of
    them are customers, each stays as it is: nothing could move from one to another.
    """

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Groups by their id."""
        rows = self._store.read(Company)
        names = dict(zip(rows["id"], rows["name"], strict=True))
        bought = dict(zip(rows["id"], rows["is_customer"].astype(bool), strict=True))
        stated = rows.dropna(subset=["parent"])
        pairs = zip(stated["id"], stated["parent"], strict=True)
        parent = {one: of for one, of in pairs if of in names}
        found = {}
        for those in nx.connected_components(nx.Graph(parent.items())):
            members = sorted(those, key=lambda one: (one in parent, one))
            customers = sorted(names[one] for one in members if bought[one])
            if len(customers) > 1:
                head = members[0]
                called = f"{names[head]} (group of {len(customers)})"
                found[_ID + head] = Group(_ID + head, called, tuple(members), tuple(customers))
        return dict(sorted(found.items()))

    @cached_property
    def _group_of(self) -> dict[str, str]:
        return {one: group.id for group in self.groups.values() for one in group.members}

    @cached_property
    def _companies_by_account(self) -> dict[str, str]:
        found = companies_by_account(self._store.read(Is))
        return {account: self._group_of.get(one, one) for account, one in found.items()}

    def _visible(self, entity: type[Entity]) -> pd.DataFrame:
        rows = super()._visible(entity)
        if entity is Company:
            return self._joined(rows)
        for name, item in entity.properties.items():
            if item.target == "Company":
                group = rows[name].map(self._group_of)
                rows[name] = group.astype(rows[name].dtype).fillna(rows[name])
        return rows

    def _joined(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Companies with each group as one row: what its head states, else the first that does."""
        if not self.groups:
            return rows
        inside = rows["id"].isin(self._group_of).to_numpy(dtype=bool)
        alone, those = rows[~inside], rows[inside].set_index("id", drop=False)
        those = those.loc[[one for group in self.groups.values() for one in group.members]]
        by_group = those.groupby(those["id"].map(self._group_of).to_numpy(object))
        stated = by_group.first()
        spelled = by_group["aliases"].agg(
            lambda each: sorted({name for one in each for name in one})
        )
        columns = {str(name): stated[name].tolist() for name in stated.columns}
        columns |= {
            "id": list(stated.index),
            "name": [self.groups[one].name for one in stated.index],
            "is_customer": [True] * len(stated),
            "aliases": spelled.tolist(),
            "parent": [None] * len(stated),
        }
        made = frame_of(Company, columns)[list(rows.columns)]
        return pd.concat([alone, made]).sort_values("id").reset_index(drop=True)
