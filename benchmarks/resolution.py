"""How fast accounts become companies, and whether they become the right ones.

Run: python benchmarks/resolution.py [NAMES]
     python benchmarks/resolution.py --true-ids FILE.csv [--record]
     python benchmarks/resolution.py --pairs FILE.csv.gz [--record]

Without a file: made-up companies, names alone and with addresses and telephones, and a messy list
of organisations with sites and agencies. FILE of --true-ids has columns "True Id", "Site name" (or
"Name"), and any of Address, Phone, Zip, Id and Source; it is resolved as the list of one system and
of several, with ids and without. FILE of --pairs has columns gt_name, name and correct.
"""

import argparse
import collections
import random
import time
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from organisations import organisations, word
from results import Results, record_option

from graphkit.resolve import resolve
from graphkit.schema import Account, Decision, Is, frame_of

_TRADES = (
    "Machining", "Precision", "Tool & Die", "Hydraulics", "Castings", "Manufacturing", "Controls",
    "Medical", "Aerospace", "Valve", "Industries", "Fabrication", "Instruments", "Implements",
)  # fmt: skip
_FORMS = (", Inc.", " LLC", " Corp.", " Co", " Ltd", "")


def spellings(name: str, chance: random.Random) -> list[str]:
    """Three ways to write a name: as it is, in upper case, and with a slip."""
    form = chance.choice(_FORMS)
    slip = chance.randrange(1, max(len(name.partition(" ")[0]) - 1, 2))
    return [name + form, (name + form).upper(), name[:slip] + name[slip - 1] + name[slip:]]


def companies(wanted: int, *, whereabouts: bool) -> tuple[dict[str, list[str]], list[str]]:
    """Accounts of three systems, a third of them each, and which company each truly is."""
    chance = random.Random(7)  # noqa: S311 - names for a benchmark
    found: dict[str, list[str]] = collections.defaultdict(list)
    truth: list[str] = []
    known: set[str] = set()
    while len(truth) < wanted:
        name = f"{word(chance)} {chance.choice(_TRADES)}"
        if name in known:
            continue
        known.add(name)
        street, number = word(chance), chance.randrange(100, 9900)
        phone = f"{chance.randrange(200, 999)}-555-{chance.randrange(10_000):04}"
        systems = ("erp", "finance", "crm")
        for system, spelling in zip(systems, spellings(name, chance), strict=True):
            found["system"].append(system)
            found["name"].append(spelling)
            found["native_id"].append(str(len(truth)))
            found["address"].append(f"{number} {street} {chance.choice(('St', 'Street', 'St.'))}")
            found["phone"].append(phone)
            truth.append(name)
    columns = ("system", "name", "native_id", *(("address", "phone") if whereabouts else ()))
    return {one: found[one][:wanted] for one in columns}, truth[:wanted]


def measure(
    label: str,
    columns: Mapping[str, Sequence[str]],
    truth: Sequence[Hashable],
    results: Results | None = None,
) -> float:
    """Resolve accounts, print how well and keep it, and return the seconds it took."""
    filled = {name: [one or None for one in column] for name, column in columns.items()}
    ids = [f"{system}:{i:06}" for i, system in enumerate(columns["system"])]
    accounts = frame_of(Account, {"id": ids, **filled})
    began = time.perf_counter()
    found = resolve(accounts, previous=frame_of(Is), decisions=frame_of(Decision), customers=())
    seconds = time.perf_counter() - began
    company_of = dict(zip(found.joined["from_id"], found.joined["to_id"], strict=True))
    made = [company_of[one] for one in ids]
    precision, recall, f1 = agreement(made, truth)
    print(
        f"{label:44} {len(ids):6,} accounts {len(set(truth)):6,} true {len(set(made)):6,} found  "
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  {seconds:5.1f} s"
    )
    if results is not None:
        alike = ["".join(filter(str.isalnum, one.casefold())) for one in columns["name"]]
        results.add(
            f"Pairs of one company, {label}: F1",
            f1,
            f"{len(ids):,} accounts, {len(set(truth)):,} true companies",
            unit="",
            peer="names that are equal but for case and punctuation",
            peer_value=agreement(alike, truth)[2],
        )
    return seconds


def agreement(made: Sequence[Hashable], truth: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs that are put together."""
    hits = pairs_within(list(zip(made, truth, strict=True)))
    precision, recall = hits / max(pairs_within(made), 1), hits / max(pairs_within(truth), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def pairs_within(groups: Sequence[Hashable]) -> int:
    """How many pairs are in one group."""
    return sum(n * (n - 1) // 2 for n in collections.Counter(groups).values())


def measure_true_ids(file: Path) -> Results:
    """Resolve a list with true ids, in each way in which somebody may have it."""
    table = pd.read_csv(file, dtype=str).fillna("").rename(columns={"Site name": "Name"})
    headed = {"Name": "name", "Address": "address", "Phone": "phone", "Zip": "postcode"}
    said = {field: table[head].tolist() for head, field in headed.items() if head in table}
    truth = table["True Id"].tolist()
    results = Results("resolution-true-ids", "a list of organisations with true ids", real=True)
    one = ["list"] * len(table)
    ways: dict[str, dict[str, list[str]]] = {"one system without ids": {"system": one}}
    if "Id" in table:
        ways["one system with ids"] = {"system": one, "native_id": table["Id"].tolist()}
    if "Source" in table:
        systems = table["Source"].tolist()
        ways["each source a system, without ids"] = {"system": systems}
        if "Id" in table:
            ways["each source a system, with ids"] = {
                "system": systems,
                "native_id": table["Id"].tolist(),
            }
    for label, more in ways.items():
        measure(label, {**said, **more}, truth, results)
    measure("names alone", {"name": said["name"], "system": one}, truth, results)
    return results


def measure_pairs(file: Path) -> Results:
    """Resolve pairs of names that are, or are not, one company."""
    table = pd.read_csv(file)
    true = table["correct"].astype(bool)
    left, right = table["gt_name"].astype(str), table["name"].astype(str)
    names = [("left", one) for one in sorted(set(left))] + [
        ("right", one) for one in sorted(set(right))
    ]
    ids = [f"{side}:{name}" for side, name in names]
    columns = {"id": ids, "system": [side for side, _ in names], "name": [one for _, one in names]}
    found = resolve(
        frame_of(Account, columns),
        previous=frame_of(Is),
        decisions=frame_of(Decision),
        customers=(),
    )
    company = dict(zip(found.joined["from_id"], found.joined["to_id"], strict=True))
    made = pd.Series(
        [company[f"left:{a}"] == company[f"right:{b}"] for a, b in zip(left, right, strict=True)]
    )
    print(f"{len(table)} pairs: {int((made & true).sum())} of {int(true.sum())} true ones merged,")
    print(f"{int((made & ~true).sum())} of {int((~true).sum())} different ones merged")
    results = Results("resolution-pairs", "pairs of company names judged by people", real=True)
    results.share("Pairs of one company that are merged", (made & true).sum(), true.sum(), "pairs")
    wrong = (made & ~true).sum()
    results.share("Pairs of two companies that are merged", wrong, (~true).sum(), "pairs")
    return results


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="?", type=int, default=10_000)
    parser.add_argument("--true-ids", type=Path, metavar="FILE")
    parser.add_argument("--pairs", type=Path, metavar="FILE")
    record_option(parser)
    asked = parser.parse_args()
    files = [measure_true_ids(asked.true_ids)] if asked.true_ids else []
    files += [measure_pairs(asked.pairs)] if asked.pairs else []
    for one in files if asked.record else ():
        one.write()
    if asked.true_ids or asked.pairs:
        return
    allowed = 30 * max(1.0, asked.names / 10_000)
    for label, whereabouts in (("names alone", False), ("names, addresses, phones", True)):
        columns, truth = companies(asked.names, whereabouts=whereabouts)
        seconds = measure(f"companies in three systems, {label}", columns, truth)
        assert seconds < allowed, "the promise is 30 s for 10,000 names"
    entries = organisations(3000, seed=11)
    said = {name: [getattr(one, name) for one in entries] for name in ("name", "address", "phone")}
    truth = [one.truth for one in entries]
    listed = {"system": ["list"] * len(entries)}
    ids = {"native_id": [str(i) for i in range(len(entries))]}
    spread = {"system": [f"list {i % 5}" for i in range(len(entries))]}
    measure("organisations, one list without ids", {**said, **listed}, truth)
    measure("organisations, one list with ids", {**said, **listed, **ids}, truth)
    measure("organisations, five lists with ids", {**said, **spread, **ids}, truth)


if __name__ == "__main__":
    main()
