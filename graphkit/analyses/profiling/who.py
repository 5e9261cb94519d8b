"""Who a company is: its market and place, who of ours looks after it, and its contacts."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from graphkit.analyses.clustering.words import sentence
from graphkit.analyses.measures.contacts import silent
from graphkit.analyses.profiling.sentences import Sentence, first_of
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted, listed
from graphkit.findings import sources_of
from graphkit.schema import Account, Company, Employee, Industry, Is, Knows, Person, TalkedTo

_SHOWN: Final = 6
_DECIDED: Final = "your decision (graphkit companies)"


def who(one: Subject) -> Iterator[Sentence]:
    """What it is called, its industry, city, group and owner, its contacts and our talks.

    Args:
        one: The company.
    """
    company = one.of(one.snap.frame(Company), "id").iloc[0]
    joined = one.snap.frame(Is)
    mine = set(joined.loc[(joined["to_id"] == one.company).to_numpy(dtype=bool), "from_id"])
    accounts = one.snap.frame(Account)
    accounts = accounts[accounts["id"].isin(mine).to_numpy(dtype=bool)]
    yield from _names(one, company, accounts)
    yield from _market(one, company, accounts)
    owner = one.names(Employee).get(str(company["owner"]), "")
    if owner:
        yield _stated(f"{owner} looks after it.", accounts, "owner")
    else:
        yield one.unknown(
            "account owner", "Account", others=bool(one.snap.companies["owner"].notna().any())
        )
    yield from _people(one)


def _names(one: Subject, company: pd.Series, accounts: pd.DataFrame) -> Iterator[Sentence]:
    others = [str(name) for name in company["aliases"] if name != one.name]
    if others:
        text = f"It is also written {listed(first_of(others, _SHOWN))}"
        yield Sentence(
            sentence(text), sources_of(accounts), basis="names joined by graphkit companies"
        )


def _market(one: Subject, company: pd.Series, accounts: pd.DataFrame) -> Iterator[Sentence]:
    industry = one.names(Industry).get(str(company["industry"]), "")
    if industry:
        yield _stated(f"It is in {industry}.", accounts, "industry")
    else:
        yield one.unknown(
            "industry", "Company", others=bool(one.snap.companies["industry"].notna().any())
        )
    if isinstance(company["city"], str):
        yield _stated(f"Its city is {company['city']}.", accounts, "city")
    if isinstance(company["parent"], str):
        group = one.snap.names.get(company["parent"], company["parent"])
        yield _stated(sentence(f"It belongs to {group}"), accounts, "parent_name")


def _stated(text: str, accounts: pd.DataFrame, column: str) -> Sentence:
    """What accounts say in a column; where none does, somebody decided it."""
    rows = sources_of(accounts[accounts[column].notna()])
    return Sentence(text, rows, basis="" if rows else _DECIDED)


def _people(one: Subject) -> Iterator[Sentence]:
    everybody = one.snap.frame(Person)
    people = everybody[(everybody["company"] == one.company).to_numpy(dtype=bool, na_value=False)]
    if people.empty:
        yield one.unknown("contacts", "Person", others=not everybody.empty)
        return
    out = people["id"].isin(silent(one.snap)).to_numpy(dtype=bool)
    named = people[~out & people["name"].notna().to_numpy(dtype=bool)]
    # With a title first: they are whom one asks for.
    named = named.assign(untitled=named["title"].isna()).sort_values(["untitled", "name", "id"])
    if len(named):
        names = [
            name if pd.isna(title) else f"{name} ({title})"
            for name, title in zip(named["name"], named["title"], strict=True)
        ]
        whom = "Contact" if len(named) == 1 else "Contacts"
        shown = listed(first_of(names, _SHOWN))
        yield Sentence(sentence(f"{whom}: {shown}"), sources_of(named))
    if out.any():
        count = counted(int(out.sum()), "contact")
        text = f"{count} opted out of mail: not named here, and not to be written to."
        yield Sentence(text, sources_of(people[out]))
    yield from _talks(one, dict(zip(named["id"], named["name"], strict=True)), people)


def _talks(one: Subject, callable_: dict[str, str], people: pd.DataFrame) -> Iterator[Sentence]:
    """Who of ours talked to whom last, and who knows whom."""
    ours = one.names(Employee)
    ids = set(people["id"])
    talks = one.snap.frame(TalkedTo)
    talks = talks[talks["to_id"].isin(ids).to_numpy(dtype=bool)].sort_values(["on", "id"])
    if len(talks):
        last = talks.iloc[-1]
        whom = callable_.get(last["to_id"], "a contact")
        who_ = ours.get(last["from_id"], "One of us")
        total = "" if len(talks) == 1 else f", the last of {len(talks)} talks in the notes"
        yield Sentence(f"{who_} talked to {whom} on {last['on']}{total}.", sources_of(talks))
    known = one.snap.frame(Knows)
    known = known[known["to_id"].isin(set(callable_)).to_numpy(dtype=bool)]
    known = known.sort_values(["from_id", "to_id"])
    if len(known):
        pairs = [
            f"{ours.get(us, us)} with {callable_[them]}"
            for us, them in zip(known["from_id"], known["to_id"], strict=True)
        ]
        text = f"Connected on LinkedIn: {listed(first_of(pairs, _SHOWN))}"
        yield Sentence(sentence(text), sources_of(known))
