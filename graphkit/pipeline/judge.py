"""Finding the finding that somebody names, and recording what they say of it."""

import datetime as dt
import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from graphkit.batch import Batch
from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Effect, Level, Ref
from graphkit.schema import REDIRECT, TYPES, About, Decision, FindingNode, Meta
from graphkit.store.base import GraphStore
from graphkit.verdicts import Claim, Verdict, latest, verdicts

_LEAST_TYPED = 4
"""Characters of an id; fewer are a slip."""
_SHOWN = 6
_ID = re.compile("[0-9a-f]+")


def verdicts_in(store: GraphStore) -> list[Verdict]:
    """What people said of findings, oldest first; a verdict on a company goes where it went.

    Args:
        store: A store to read.
    """
    return verdicts(store.read(Decision), moved_companies(store.read(Meta)))


def moved_companies(meta: pd.DataFrame) -> dict[str, str]:
    """Companies that took over from others, by the id that was retired.

    Args:
        meta: Frame of schema.Meta.
    """
    pairs = zip(meta["id"], meta["value"], strict=True)
    return {key.removeprefix(REDIRECT): value for key, value in pairs if key.startswith(REDIRECT)}


def written_claims(store: GraphStore) -> list[Claim]:
    """What the findings say that were last written to the graph.

    Args:
        store: A store to read.
    """
    ends: dict[tuple[str, str], Ref] = {}
    names: dict[str, dict[str, str]] = {}
    about = store.read(About, ["from_id", "to_id", "to_type", "role"])
    for finding, to, kind, role in about.itertuples(index=False):
        if kind not in names:
            rows = store.read(TYPES[kind], ["id", "name"])
            names[kind] = dict(zip(rows["id"], rows["name"], strict=True))
        ends[finding, role] = Ref(kind, to, names[kind].get(to, to))
    found = []
    for row in store.read(FindingNode).to_dict("records"):
        subject = ends.get((row["id"], "subject"))
        if subject is not None:
            other, level = ends.get((row["id"], "object")), Level(row["level"])
            found.append(Claim(row["kind"], subject, other, level, _effect(row), row["as_of"]))
    return found


def _effect(row: Mapping[Hashable, Any]) -> Effect | None:
    if pd.isna(row["effect"]):
        return None
    value, low, high = (float(row[name]) for name in ("effect", "low", "high"))
    return Effect(value, low, high, row["unit"])


def claims_to_judge(store: GraphStore) -> list[Claim]:
    """What the findings of the graph say, and those that somebody judged and it has no more.

    Args:
        store: A store to read.
    """
    found = {one.claim.id: one.claim for one in latest(verdicts_in(store)).values()}
    found |= {one.id: one for one in written_claims(store)}
    return [found[key] for key in sorted(found)]


def claim_called(claims: Sequence[Claim], text: str) -> Claim:
    """The finding that is meant by the begin of its id, or by "kind: name".

    Args:
        claims: All that may be meant.
        text: What somebody typed.

    Raises:
        UnknownNameError: None is; names the nearest.
        UsageError: Several are; lists them.
    """
    if not claims:
        raise UsageError("No findings are written to the graph.", next_step="graphkit findings")
    wanted = text.strip().casefold()
    hits = [one for one in claims if len(wanted) >= _LEAST_TYPED and one.id.startswith(wanted)]
    hits = hits or [one for one in claims if wanted in _called(one)]
    if not hits:
        if _ID.fullmatch(wanted):
            raise UnknownNameError(
                f"No finding has an id that begins with '{text}'.",
                next_step="graphkit findings, where ids stand in brackets",
            )
        raise UnknownNameError.of("finding", text, [str(one) for one in claims])
    if len(hits) > 1:
        more = f" and {len(hits) - _SHOWN} more" if len(hits) > _SHOWN else ""
        named = "; ".join(f"{one} [{one.id}]" for one in hits[:_SHOWN])
        raise UsageError(
            f"Several findings are called '{text}': {named}{more}.",
            next_step="the same with the id of one of them, which stands in brackets",
        )
    return hits[0]


def _called(one: Claim) -> set[str]:
    short = f"{one.kind}: {one.subject.name}"
    return {str(one).casefold(), short.casefold()}


def say_of(
    store: GraphStore, kind: str, claim: Claim, *, who: str, why: str = "", run: int
) -> Verdict:
    """Record that somebody dismisses or confirms a finding.

    What is dismissed leaves the graph when findings are written the next time.

    Args:
        store: The store, writable.
        kind: dismiss or confirm.
        claim: What the finding says.
        who: Who decides.
        why: Why.
        run: The run that the change belongs to.
    """
    now = dt.datetime.now()  # noqa: DTZ005 - wall time, as of other decisions
    said = Verdict(kind, claim, why, who, now, f"{kind}|{claim.id}|{claim.as_of}")
    columns = {name: [value] for name, value in said.columns().items()}
    with store.transaction():
        store.write(Batch.of(Decision, columns), run=run)
    return said


def take_back(store: GraphStore, said: Verdict) -> None:
    """Forget what somebody said of a finding.

    Args:
        store: The store, writable.
        said: The verdict.
    """
    with store.transaction():
        store.remove(Decision, [said.key])
