"""How long 10,000 company names take to become companies, and whether they become the right ones.

Run: python benchmarks/resolution.py [NAMES]
"""

import argparse
import collections
import random
import time

from graphkit.resolve import resolve
from graphkit.schema import Account, Decision, Is, frame_of

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
_TRADES = (
    "Machining", "Precision", "Tool & Die", "Hydraulics", "Castings", "Manufacturing", "Controls",
    "Medical", "Aerospace", "Valve", "Industries", "Fabrication", "Instruments", "Implements",
)  # fmt: skip
_FORMS = (", Inc.", " LLC", " Corp.", " Co", " Ltd", "")


def word(chance: random.Random) -> str:
    """A word that nobody is called by."""
    syllables = [
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(chance.choice((1, 2, 2)))
    ]
    return "".join(syllables).capitalize()


def spellings(name: str, chance: random.Random) -> list[str]:
    """Three ways to write a name: as it is, in upper case, and with a slip."""
    form = chance.choice(_FORMS)
    slip = chance.randrange(1, max(len(name.partition(" ")[0]) - 1, 2))
    return [name + form, (name + form).upper(), name[:slip] + name[slip - 1] + name[slip:]]


def main() -> None:
    """Generate names, resolve them, and print seconds, precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="?", type=int, default=10_000)
    wanted = parser.parse_args().names
    chance = random.Random(7)  # noqa: S311 - names for a benchmark
    rows: list[tuple[str, str, str]] = []
    known: set[str] = set()
    while len(rows) < wanted:
        name = f"{word(chance)} {chance.choice(_TRADES)}"
        if name not in known:
            known.add(name)
            for system, spelling in zip(
                ("erp", "finance", "crm"), spellings(name, chance), strict=True
            ):
                rows.append((system, spelling, name))
    rows = rows[:wanted]
    accounts = frame_of(
        Account,
        {
            "id": [f"{system}:{i:06}" for i, (system, _, _) in enumerate(rows)],
            "system": [system for system, _, _ in rows],
            "native_id": [str(i) for i in range(len(rows))],
            "name": [spelling for _, spelling, _ in rows],
        },
    )
    began = time.perf_counter()
    found = resolve(accounts, previous=frame_of(Is), decisions=frame_of(Decision), customers=())
    seconds = time.perf_counter() - began
    company_of = dict(zip(found.joined["from_id"], found.joined["to_id"], strict=True))
    made = [company_of[one] for one in accounts["id"]]
    true = [name for _, _, name in rows]
    hits = pairs_within(list(zip(made, true, strict=True)))
    print(f"{len(rows):,} names, {len(set(true)):,} companies, {len(found.companies):,} found")
    print(f"{seconds:.1f} s")
    print(f"precision {hits / pairs_within(made):.3f}, recall {hits / pairs_within(true):.3f}")
    assert seconds < 30 * max(1.0, wanted / 10_000), "the promise is 30 s for 10,000 names"


def pairs_within(groups: list[object] | list[str]) -> int:
    """How many pairs are in one group."""
    return sum(n * (n - 1) // 2 for n in collections.Counter(groups).values())


if __name__ == "__main__":
    main()
