"""Who of ours looks after a company, and whom to call there."""

import pandas as pd

from graphkit.analyses.measures.company_rows import CompanyRows
from graphkit.schema import Employee, Person
from graphkit.snapshot import Snapshot, once


@once
def silent(snap: Snapshot) -> frozenset[str]:
    """Ids of the people who do not want to hear from us."""
    people = snap.frame(Person)
    return frozenset(people.loc[people["opted_out"].fillna(value=False).astype(bool), "id"])


class Contacts:
    """Owners and contacts; reads each type once.

    Args:
        snap: Person, Employee and Company.owner say who.
    """

    def __init__(self, snap: Snapshot) -> None:
        people, ours = snap.frame(Person), snap.frame(Employee)
        self._companies = snap.companies
        self._people = CompanyRows(people[~people["id"].isin(silent(snap))])
        self._employees: dict[str, str] = dict(zip(ours["id"], ours["name"], strict=True))

    def owner(self, company: str) -> str:
        """Who of ours looks after it; empty when nobody is named."""
        return self._employees.get(str(self._companies.at[company, "owner"]), "")

    def contact(self, company: str) -> dict[str, str]:
        """Somebody there to call: with an address and a title first; never who opted out."""
        rows = self._people.company(company)
        if rows.empty:
            return {}
        rows = rows.assign(known=rows["email"].notna().astype(int) + rows["title"].notna())
        first = rows.sort_values(["known", "id"], ascending=[False, True]).iloc[0]
        return {
            name: str(first[name])
            for name in ("name", "title", "email", "phone")
            if pd.notna(first[name])
        }

    def call(self, company: str) -> str:
        """Who calls whom, as the beginning of a sentence."""
        owner = self.owner(company) or "The account's owner"
        return f"{owner} calls {self.contact(company).get('name', 'the buyer')}"
