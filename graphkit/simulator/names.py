"""Invented companies and people, and the many ways in which systems spell them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator import words
from graphkit.simulator.chance import choose

_NEIGHBOURS: Final = 3  # companies that share a first word, on average

# In what share of the customers a system writes the name in its own way.
_HABITS: Final = {
    "comma": 0.4,
    "comma in finance": 0.6,
    "typing error in finance": 0.12,
    "short in ERP": 0.3,
    "typing error in notes": 0.08,
    "legal form in notes": 0.5,
    "legal form in posts": 0.5,
    "twice in CRM": 0.03,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """One customer as each system writes it; every list has one entry a customer."""

    name: list[str]
    domain: list[str]
    handle: list[str]
    crm: list[str]
    erp: list[str]
    finance: list[str]
    social: list[str]
    note: list[str]
    twin: list[str]  # a second CRM record of the same company, or ""


def company_names(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct invented names, with neighbours that share their first or their second word.

    Args:
        rng: Source of chance.
        count: How many; at most 20,000.

    Returns:
        Names without legal form, such as "Merlin Optics".
    """
    roots = [f"{prefix}{first}" for prefix in words.QUALIFIERS for first in words.FIRST]
    few = int(np.clip(count // _NEIGHBOURS, 8, len(roots)))
    first = [roots[i] for i in rng.permutation(max(few, min(len(words.FIRST), len(roots))))[:few]]
    pairs = rng.permutation(few * len(words.SECOND))[:count]
    return [
        f"{first[pair // len(words.SECOND)]} {words.SECOND[pair % len(words.SECOND)]}"
        for pair in pairs
    ]


def misspell(rng: np.random.Generator, name: str) -> str:
    """The name with one typing error: two letters swapped, one doubled or one left out."""
    letters = [i for i in range(2, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()]
    at = letters[int(rng.integers(len(letters)))]
    kind = int(rng.integers(3))
    if kind == 0 and name[at] != name[at + 1]:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    return name[:at] + name[at + 1 :]


def abbreviate(name: str) -> str:
    """The name as somebody in a hurry types it, with "Mfg" for "Manufacturing"."""
    return " ".join(words.SHORT.get(word, word) for word in name.split())


def squash(name: str) -> str:
    """Letters and digits only, in lower case: the stem of a domain or a handle."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def identities(rng: np.random.Generator, count: int) -> Identity:
    """Customers with the spellings that CRM, ERP, finance, social media and notes have of them."""
    names = company_names(rng, count)
    kinds = choose(rng, list(words.LEGAL), count)
    habit = {what: rng.random(count) < share for what, share in _HABITS.items()}
    crm, finance, note = [], [], []
    for i, name in enumerate(names):
        forms = words.LEGAL[kinds[i]]
        comma = "," if habit["comma"][i] else ""
        crm.append(f"{name}{comma} {forms[int(rng.integers(3))]}")
        billed = misspell(rng, name) if habit["typing error in finance"][i] else name
        comma = "," if habit["comma in finance"][i] else ""
        finance.append(f"{billed}{comma} {forms[int(rng.integers(4))]}")
        typed = misspell(rng, name) if habit["typing error in notes"][i] else name
        note.append(crm[-1] if habit["legal form in notes"][i] else typed)
    short = [abbreviate(name) for name in names]
    erp = np.where(habit["short in ERP"], short, names)
    return Identity(
        name=names,
        domain=_domains(rng, names),
        handle=["@" + squash(name) for name in names],
        crm=crm,
        erp=[f"{name} {kind}".upper() for name, kind in zip(erp.tolist(), kinds, strict=True)],
        finance=finance,
        social=[str(x) for x in np.where(habit["legal form in posts"], crm, names)],
        note=note,
        twin=[str(x) for x in np.where(habit["twice in CRM"], short, "")],
    )


def _domains(rng: np.random.Generator, names: list[str]) -> list[str]:
    """A domain for each name; no two share one, since names differ in their letters."""
    endings = choose(rng, [".com", ".com", ".com", ".us", ".net", "-inc.com"], len(names))
    return [squash(name) + ending for name, ending in zip(names, endings, strict=True)]


def people(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Given and family names of `count` people; the same name may come twice, as in life."""
    return choose(rng, words.GIVEN, count), choose(rng, words.FAMILY, count)
