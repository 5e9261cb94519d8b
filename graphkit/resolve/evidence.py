"""Why two accounts are, or are not, one company: signals with log-odds that add up.

The sum of log-odds of independent signals is the log-odds of the whole (Fellegi and Sunter, 1969).
The weights are set from what each signal means to a reader, not fitted to any data set: a shop has
no truth to fit them to. Signals that say the same thing twice (a domain that equals the name, a
handle that equals the domain) count once, by the strongest.
"""

import dataclasses
import math
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from graphkit.resolve.doubles import repeats_of_systems
from graphkit.resolve.matching import WHOLE, Likeness, Match, Matcher, Rarity
from graphkit.resolve.names import squeezed_forms, stem_of
from graphkit.resolve.profiles import Frequency, Profile

MERGE = 3.0
"""Log-odds above which two accounts are one company: 95 %."""
REVIEW = 0.0
"""Log-odds above which a person should look: 50 %."""


def probability(log_odds: float) -> float:
    """The probability that log-odds (natural logarithm) stand for."""
    return 1.0 / (1.0 + math.exp(-max(min(log_odds, 50.0), -50.0)))


@dataclasses.dataclass(frozen=True, slots=True)
class Signal:
    """One reason for or against.

    Attributes:
        name: What was compared, such as "domain".
        weight: Log-odds; positive speaks for one company.
        said: What was found, in words.
    """

    name: str
    weight: float
    said: str


_SAME_SITE = 6.0
_SAME_HANDLE = 6.0
_STEM_IS_NAME = 5.5
_STEM_IS_NAME_TOO = 3.0
_SAME_PHONE = 4.5
_NEAR_PHONE = 0.5
"""A typing error, or the next line of one switchboard."""
_SAME_ADDRESS = 3.5
_TWO_IDS = (-6.0, -2.0, 0.0)
"""By how many contacts the two have in common: two ids with one telephone may be one company."""
_GROUP = -20.0
"""What a row states about group and subsidiary outweighs all that they have in common."""
_TOGETHER = 2.0
_CONTACTS = frozenset({"domain", "phone", "address"})
_STEM_LENGTH = 6
_TYPO_STEM_LENGTH = 9


class Evidence:
    """Compares accounts of one shop.

    Args:
        accounts: Every account of the shop, since rarity is counted over all of them.
    """

    def __init__(self, accounts: Sequence[Profile]) -> None:
        self.accounts = accounts
        names = [name for one in accounts for name in one.names]
        self.matcher = Matcher(Rarity(names))
        self._frequency = Frequency(accounts)
        self._repeats = repeats_of_systems(accounts, self.matcher)
        self._totals: dict[tuple[int, int], float] = {}

    def total(self, i: int, j: int) -> float:
        """Log-odds that the accounts at two positions are one company."""
        key = (i, j) if i < j else (j, i)
        found = self._totals.get(key)
        if found is None:
            found = self._totals[key] = sum(one.weight for one in self.signals(*key))
        return found

    def match(self, a: Profile, b: Profile) -> Match | None:
        """The best likeness of their names; None when one has no name."""
        found = [self.matcher.match(one, other) for one in a.names for other in b.names]
        return max(found, key=lambda one: one.weight, default=None)

    def signals(self, i: int, j: int) -> tuple[Signal, ...]:
        """Every signal about the accounts at two positions."""
        a, b = self.accounts[i], self.accounts[j]
        match = self.match(a, b)
        found = [*self._identity(a, b, match), *self._place(a, b)]
        contacts = sum(one.weight >= _TOGETHER for one in found if one.name in _CONTACTS)
        found += self._same_system(a, b, match, contacts=contacts)
        if self._group(a, b, match):
            said = "one is the group of the other: linked, not merged"
            found.append(Signal("group", _GROUP, said))
        return tuple(one for one in found if one is not None)

    def two_ids(self, i: int, j: int) -> bool:
        """Whether one system has the accounts under two ids."""
        a, b = self.accounts[i], self.accounts[j]
        return a.system == b.system and bool(a.native and b.native) and a.native != b.native

    def told_apart(self, i: int, j: int) -> bool:
        """Whether nothing strong speaks against what a system says by two ids."""
        weight = self.total(i, j)
        if not REVIEW <= weight < MERGE:
            return weight < REVIEW
        return any(one.weight == _TWO_IDS[0] for one in self.signals(i, j))

    def is_part(self, i: int, j: int) -> bool:
        """Whether one account gives only the beginning of the other's name."""
        a, b = self.accounts[i], self.accounts[j]
        match = self.match(a, b)
        if match is not None:
            return match.likeness is Likeness.PART
        return _stem_weight(a, b) == _PART_OF_STEM

    def _same_system(
        self, a: Profile, b: Profile, match: Match | None, *, contacts: int
    ) -> list[Signal]:
        """One system seldom has one company twice, least of all at two telephones and addresses."""
        if a.system != b.system:
            return []
        careless = self._repeats.get(a.system, -math.inf)
        if a.native and b.native:
            said = f"{a.system} has two ids: {a.native} / {b.native}"
            if a.native == b.native:
                return []
            return [Signal("two ids", max(_TWO_IDS[min(contacts, 2)], careless), said)]
        if a.native or b.native or match is None:
            return []
        if match.likeness is Likeness.SAME and _one_form(a, b):
            return []
        cut = match.likeness is Likeness.PART and any(name.cut for name in (*a.names, *b.names))
        weight = -4.0 if cut else -2.5  # a system that cuts one name off means another company
        return [Signal("two names", max(weight, careless), f"{a.system} has both names")]

    def _identity(self, a: Profile, b: Profile, match: Match | None) -> list[Signal]:
        """Name, legal form, domain and handle."""
        found = []
        stem = _stem_weight(a, b)
        site = self._site(a, b)
        if match is not None:
            said = f"{match.likeness.value}{': ' + match.said if match.said else ''}"
            found.append(Signal("name", match.weight, said))
            found += _legal(a, b, match)
            if stem == _STEM_IS_NAME and not (site and site.weight > 0):
                said = "the domain or handle of one is the name of the other"
                found.append(Signal("domain and name", _STEM_IS_NAME_TOO, said))
        if site is not None:
            found.append(site)
        if a.handle and a.handle == b.handle and not (site and site.weight > 0):
            found.append(Signal("handle", _SAME_HANDLE, f"both are @{a.handle}"))
        elif match is None and stem and not (site and site.weight > 0):
            found.append(Signal("domain and name", stem, _STEM_SAID[stem]))
        return found

    def _site(self, a: Profile, b: Profile) -> Signal | None:
        if not a.sites or not b.sites:
            return None
        both = a.sites & b.sites
        if both:
            site = min(both, key=self._frequency.of)
            weight = _shared(_SAME_SITE, self._frequency.of(site))
            return Signal("domain", weight, f"both are {site}")
        stems_a, stems_b = {stem_of(one) for one in a.sites}, {stem_of(one) for one in b.sites}
        if stems_a & stems_b:
            return Signal("domain", 3.0, "the domains differ only in their ending")
        said = f"{min(a.sites)} / {min(b.sites)}"
        return Signal("domain", -2.5, said)

    def _place(self, a: Profile, b: Profile) -> list[Signal]:
        """Telephone, street, city, region and postal code."""
        found = []
        if a.phone and b.phone:
            if _same_phone(a.phone, b.phone):
                weight = _shared(_SAME_PHONE, self._frequency.of(a.phone))
                found.append(Signal("phone", weight, f"both have {a.phone}"))
            elif OSA.distance(a.phone[-7:], b.phone[-7:], score_cutoff=1) == 1:
                said = f"{a.phone} / {b.phone}, one digit apart"
                found.append(Signal("phone", _NEAR_PHONE, said))
            else:
                found.append(Signal("phone", -0.7, f"{a.phone} / {b.phone}"))
        if a.address and b.address:
            found.append(self._address(a.address, b.address))
        elif a.postcode and b.postcode:
            same = a.postcode == b.postcode
            said = a.postcode if same else f"{a.postcode} / {b.postcode}"
            found.append(Signal("postal code", 0.7 if same else -0.7, said))
        if a.city and b.city:
            same = a.city == b.city
            said = a.city if same else f"{a.city} / {b.city}"
            found.append(Signal("city", 0.7 if same else -1.0, said))
        elif a.region and b.region and a.region != b.region:
            found.append(Signal("region", -0.5, f"{a.region} / {b.region}"))
        return found

    def _address(self, one: str, other: str) -> Signal:
        if one == other:
            weight = _shared(_SAME_ADDRESS, self._frequency.of(one))
            return Signal("address", weight, f"both at {one}")
        number, _, street = one.partition(" ")
        other_number, _, other_street = other.partition(" ")
        near = OSA.normalized_similarity(street, other_street) >= 0.8  # noqa: PLR2004 - one typo in five
        longer = f"{street} ".startswith(f"{other_street} ") or f"{other_street} ".startswith(
            f"{street} "
        )
        if number == other_number and (near or longer):
            how = "a typing error" if near else "one says more"
            return Signal("address", _SAME_ADDRESS - 1.0, f"{one} / {other}, {how}")
        return Signal("address", -1.0 if near else -1.5, f"{one} / {other}")

    def _group(self, a: Profile, b: Profile, match: Match | None) -> bool:
        """Whether one names the other as its group: by its id, or by another name than its own."""
        if a.parent_id == b.id or b.parent_id == a.id:
            return True
        if match is None or match.likeness in WHOLE:
            return False
        return any(
            self.matcher.match(parent, name).likeness in WHOLE
            for child, group in ((a, b), (b, a))
            for parent in child.parents
            for name in group.names
        )


_PART_OF_STEM = 0.5
_STEM_SAID = {
    _STEM_IS_NAME: "the domain or handle is the name",
    _STEM_IS_NAME - 2.0: "the domain or handle is the name but for a typing error",
    _PART_OF_STEM: "the domain or handle is the beginning of the name, or the other way round",
}


def _shared(weight: float, users: int) -> float:
    """A weight, less by one for each doubling of the names that share the value."""
    return max(weight - 0.7 * math.log2(users), weight / 3.0)


def _same_phone(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _stem_weight(a: Profile, b: Profile) -> float:
    """What a domain or handle of one says against the names, domains and handles of the other."""
    best = 0.0
    for one, other in ((a, b), (b, a)):
        spelled = {form for name in other.names for form in squeezed_forms(name)}
        if not spelled:
            spelled = set(other.stems)
        for stem in one.stems:
            best = max(best, max((_against(stem, form) for form in spelled), default=0.0))
    return best


def _against(stem: str, form: str) -> float:
    if stem == form:
        return _STEM_IS_NAME
    shorter, longer = sorted((stem, form), key=len)
    if len(shorter) < _STEM_LENGTH:
        return 0.0
    if len(shorter) >= _TYPO_STEM_LENGTH and OSA.distance(stem, form, score_cutoff=1) == 1:
        digits = any(letter.isdigit() for letter in stem + form)
        return 0.0 if digits else _STEM_IS_NAME - 2.0
    return _PART_OF_STEM if longer.startswith(shorter) else 0.0


def _legal(a: Profile, b: Profile, match: Match) -> list[Signal]:
    """Legal forms are often left out or mistaken; they tell two equal names apart a little."""
    if match.likeness is Likeness.DIFFERENT:
        return []
    one, other = a.names[0].legal, b.names[0].legal
    if one == other:
        return [Signal("legal form", 0.4, one or "none in both")]
    if one and other:
        return [Signal("legal form", -0.8, f"{one} / {other}")]
    return [Signal("legal form", -0.2, f"{one or other} / none")]


def _one_form(a: Profile, b: Profile) -> bool:
    """Whether two names have the same legal form, or one of them none."""
    return len({a.names[0].legal, b.names[0].legal} - {""}) <= 1
