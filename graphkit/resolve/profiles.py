"""What each account says about which company it is, normalised for comparing."""

import collections
import dataclasses
import re
from collections.abc import Iterable

import pandas as pd

from graphkit.resolve.names import Name, names_of, plain, site_of, stem_of, words


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """One account, ready to be compared.

    Attributes:
        id: The account's id.
        system: The system instance that wrote it.
        native: Its id in that system; empty when the name is all there is.
        spelling: The name as written, or empty.
        names: The names that the spelling gives.
        sites: Domains of web site and e-mail, without mail providers.
        stems: Squeezed words by which it is known: of its domains and its handle.
        handle: Social media handle in lower case.
        phone: Last ten digits.
        address: House number and street without the words that are left out at will.
        city: City.
        region: State or region.
        postcode: First five signs of the postal code.
        parents: Names of the group that it belongs to.
        parent_id: Account id of the group, where its system says it by an id.
    """

    id: str
    system: str
    native: str
    spelling: str
    names: tuple[Name, ...]
    sites: frozenset[str]
    stems: frozenset[str]
    handle: str
    phone: str
    address: str
    city: str
    region: str
    postcode: str
    parents: tuple[Name, ...]
    parent_id: str = ""


_TEXTS = (
    "id",
    "system",
    "native_id",
    "name",
    "domain",
    "email",
    "phone",
    "address",
    "city",
    "region",
    "postcode",
    "handle",
    "parent_name",
)
_DIGITS_OF_A_PHONE = 10
_LEAST_DIGITS = 7


def profiles(accounts: pd.DataFrame) -> list[Profile]:
    """Every account as a profile, sorted by account id.

    Args:
        accounts: Frame of schema.Account.
    """
    table = accounts[list(_TEXTS)].sort_values("id")
    columns = [table[name].to_numpy(dtype=object, na_value="") for name in _TEXTS]
    found = [_profile(*row) for row in zip(*columns, strict=True)]
    parents = parents_by_id(accounts)
    named = {one.id: one.names for one in found}
    return [
        dataclasses.replace(
            one, parent_id=parents[one.id], parents=(*one.parents, *named[parents[one.id]])
        )
        if one.id in parents
        else one
        for one in found
    ]


def parents_by_id(accounts: pd.DataFrame) -> dict[str, str]:
    """The account of the group, for each account whose system names its group by an id.

    Args:
        accounts: Frame of schema.Account.
    """
    stated = accounts[["id", "system", "parent_id"]].dropna()
    if stated.empty:
        return {}
    keyed = accounts[["system", "native_id", "id"]].dropna()
    by_key = {(system, native): one for system, native, one in keyed.itertuples(index=False)}
    found = {
        one: by_key.get((system, parent.strip()), "")
        for one, system, parent in stated.itertuples(index=False)
    }
    return {one: parent for one, parent in found.items() if parent not in {"", one}}


def _profile(  # noqa: PLR0917 - one argument for each column of _TEXTS, in its order
    account: str,
    system: str,
    native: str,
    name: str,
    domain: str,
    email: str,
    phone: str,
    address: str,
    city: str,
    region: str,
    postcode: str,
    handle: str,
    parent: str,
) -> Profile:
    sites = frozenset(site for site in (site_of(domain), site_of(email)) if site)
    bare_handle = re.sub(r"[^0-9a-z]", "", plain(handle))
    own = {stem_of(site) for site in sites} | {bare_handle}
    names = names_of(name)
    if len(names) == 1 and "." in name and " " not in name.strip() and (site := site_of(name)):
        names, sites, own = (), sites | {site}, own | {stem_of(site)}  # a domain as a name
    return Profile(
        id=account,
        system=system,
        native=native.strip(),
        spelling=name.strip(),
        names=names,
        sites=sites,
        stems=frozenset(own - {""}),
        handle=bare_handle,
        phone=_phone(phone),
        address=_address(address),
        city=" ".join(re.findall(r"\w+", plain(city))),
        region=plain(region).strip(),
        postcode=re.sub(r"\W", "", plain(postcode))[:5],
        parents=names_of(parent),
    )


def _phone(text: str) -> str:
    """The digits that tell telephones apart: extension and country code are written at will."""
    main = re.split(r"(?i)\b(?:ext|x)\b|(?<=\d)\s*x\s*(?=\d)", text)[0]
    digits = re.sub(r"\D", "", main)
    return digits[-_DIGITS_OF_A_PHONE:] if len(digits) >= _LEAST_DIGITS else ""


def _address(text: str) -> str:
    """House number and the telling words of the street; empty without a house number.

    The first line counts, up to the kind of street: what follows is floor, unit, city or postal
    code. Of a range of house numbers the first counts. A post box is an address of its own.

    >>> _address("4753-59 W. Washington Blvd Suite 3"), _address("12 North Ave."), _address("Erie")
    ('4753 washington', '12 north', '')
    >>> _address("9 N. St. Clair St."), _address("P.O. Box 44")
    ('9 clair', 'box 44')
    """
    first = re.split(r"[,;\n]", plain(text).strip())[0]
    if box := re.search(r"\bp\.?\s?o\.?\s*box\s*(\w+)", first):
        return f"box {box.group(1)}"
    tokens = re.findall(r"\w+", re.sub(r"(?<=\d)\s?[-\u2013]\s?\d+\b", "", first))
    if not tokens or not tokens[0][0].isdigit():
        return ""
    street = [re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word) for word in _street(tokens[1:])]
    return f"{tokens[0]} {' '.join(street[:2])}" if street else ""


def _street(tokens: list[str]) -> list[str]:
    """The name of a street without its kind and direction, unless the direction is the name."""
    lists = words()
    kept: list[str] = []
    direction: list[str] = []
    for position, word in enumerate(tokens, 1):
        follows = tokens[position] if position < len(tokens) else ""
        saint = word == "st" and not kept and follows.isalpha() and follows not in lists.units
        if word in lists.units or (word in lists.streets and (kept or direction) and not saint):
            break
        if word in lists.directions:
            direction = [word]
        elif word not in lists.streets:
            kept.append(word)
    return kept or direction


class Frequency:
    """By how many distinct names a phone, site or address is used: a shared one says less.

    Args:
        all_profiles: Every account.
    """

    def __init__(self, all_profiles: Iterable[Profile]) -> None:
        users: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
        for one in all_profiles:
            name = one.names[0].words if one.names else ()
            for value in (one.phone, one.address, *one.sites):
                if value and name:
                    users[value].add(name)
        self._users = {value: len(names) for value, names in users.items()}

    def of(self, value: str) -> int:
        """How many distinct names use a value; at least 1."""
        return max(self._users.get(value, 1), 1)
