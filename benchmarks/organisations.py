"""A made-up list of organisations with sites and agencies, written down again and again.

Agencies run several sites, each at its own street; some sites answer one telephone, some buildings
hold two organisations. Every site was entered by one to five people and programs, each with its
own habits: upper case, abbreviations, "Agency - Site", a slip of the pen, a number or street left
out or copied from the agency. Truth is the site.
"""

import dataclasses
import random

_ONSETS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "w",
)
_VOWELS = ("a", "e", "i", "o", "u", "ea", "oo")
_CODAS = ("ck", "ld", "m", "n", "nd", "r", "rn", "s", "st", "t", "th", "x")
_PLACES = ("Center", "Academy", "Clinic", "House", "Works", "Depot", "Learning Center", "Kitchen")
_AGENCIES = ("Services", "Association", "Partners", "Foundation", "Group", "League")
_KINDS = (
    ("Street", "St"),
    ("Avenue", "Ave."),
    ("Boulevard", "Blvd"),
    ("Road", "Rd"),
    ("Place", "Pl"),
)
_DIRECTIONS = (("North", "N."), ("South", "S"), ("East", "E."), ("West", "W"), ("", ""))


def word(chance: random.Random) -> str:
    """A word that nobody is called by."""
    syllables = [
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(chance.choice((1, 2, 2)))
    ]
    return "".join(syllables).capitalize()


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list.

    Attributes:
        truth: The site that it means.
        name: Its name as entered.
        address: Street address as entered; empty when left out.
        phone: Telephone as entered; empty when left out.
    """

    truth: str
    name: str
    address: str
    phone: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Site:
    key: str
    agency: str
    name: str
    number: int
    street: str
    kind: tuple[str, str]
    direction: tuple[str, str]
    phone: str


def organisations(rows: int, seed: int) -> list[Entry]:
    """About as many entries as wanted, in a random order.

    Args:
        rows: How many.
        seed: Of everything that is random.
    """
    chance = random.Random(seed)  # noqa: S311 - names for a benchmark
    streets = [word(chance) for _ in range(max(rows // 25, 30))]
    found: list[Entry] = []
    while len(found) < rows:
        for site in _agency(len(found), streets, chance):
            found += [_entered(site, chance) for _ in range(chance.choice((1, 2, 3, 3, 4, 5)))]
    chance.shuffle(found)
    return found[:rows]


def _agency(number: int, streets: list[str], chance: random.Random) -> list[_Site]:
    """One organisation with a single site, or an agency with several."""
    sites = chance.choice((1, 1, 1, 1, 2, 3, 6))
    agency = "" if sites == 1 else f"{word(chance)} {chance.choice(_AGENCIES)}"
    switchboard = _telephone(chance)
    one_telephone = chance.random() < 0.3  # noqa: PLR2004 - share of agencies with a switchboard
    return [
        _Site(
            key=f"{number}.{i}",
            agency=agency,
            name=f"{word(chance)} {chance.choice(_PLACES)}",
            number=chance.randrange(100, 9900),
            street=chance.choice(streets),
            kind=chance.choice(_KINDS),
            direction=chance.choice(_DIRECTIONS),
            phone=switchboard if one_telephone else _telephone(chance),
        )
        for i in range(sites)
    ]


def _telephone(chance: random.Random) -> str:
    return f"{chance.randrange(200, 999)}{chance.randrange(200, 999)}{chance.randrange(10_000):04}"


def _entered(site: _Site, chance: random.Random) -> Entry:
    """The site as one person or program writes it."""
    ways = [site.name]
    if site.agency:
        ways += [f"{site.agency} - {site.name}", f"{site.agency} {site.name}", site.agency]
    name = chance.choices(ways, weights=(5, 3, 2, 0.5)[: len(ways)])[0]
    habit = chance.random()
    if habit < 0.15:  # noqa: PLR2004 - shares of habits
        name = name.upper()
    elif habit < 0.3:  # noqa: PLR2004
        name = (
            name.replace("Center", "Ctr").replace("Association", "Assn").replace("Services", "Svcs")
        )
    elif habit < 0.45:  # noqa: PLR2004
        slip = chance.randrange(1, len(name))
        name = name[:slip] + name[slip - 1] + name[slip:]
    elif habit < 0.5:  # noqa: PLR2004
        name = name.rpartition(" ")[0] or name
    long = chance.random() < 0.5  # noqa: PLR2004 - half write streets in full
    parts = (str(site.number), site.direction[not long], site.street, site.kind[not long])
    address = " ".join(part for part in parts if part)
    if chance.random() < 0.2:  # noqa: PLR2004
        address += chance.choice((" Suite 4", " 2nd Floor", ", Unit B", " Lower level"))
    phone = chance.choice(
        (site.phone, site.phone[3:], f"({site.phone[:3]}) {site.phone[3:6]}-{site.phone[6:]}")
    )
    if chance.random() < 0.05:  # noqa: PLR2004 - another line of the house
        phone = phone[:-1] + str((int(phone[-1]) + 1) % 10)
    return Entry(
        truth=site.key,
        name=name,
        address=address if chance.random() < 0.9 else "",  # noqa: PLR2004
        phone=phone if chance.random() < 0.85 else "",  # noqa: PLR2004
    )
