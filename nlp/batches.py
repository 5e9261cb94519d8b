"""What was read from texts, as rows of the graph.

Facts link to accounts: a company that the shop knows by its first account, one that only texts
name by an account of the system "text", so that resolution may still join it to one that a file
brings later.
"""

from collections.abc import Iterator
from typing import Final, cast

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.plugins import Known
from graphkit.schema import (
    Account,
    Attended,
    Entity,
    HasSignal,
    HasTopic,
    Mentions,
    Method,
    Signal,
    Supplies,
    TalkedTo,
    Topic,
    TradeShow,
    UsesMethod,
    Value,
)
from nlp.components.document import ACCOUNT
from nlp.materials import Families
from nlp.reader import Facts
from nlp.topics import topic_id, topic_key

TEXT_SYSTEM: Final = "text"
_NODE_TYPES: Final = {
    "COMPANY": "Account",
    "PERSON": "Person",
    "EMPLOYEE": "Employee",
    "TRADE_SHOW": "TradeShow",
    "METHOD": "Method",
    "MATERIAL": "Material",
    "TOPIC": "Topic",
}
_ENDS_OF_FACTS: Final = ("SUPPLIES", "ATTENDED", "USES_METHOD")
_SAID_OF: Final = (
    "ORDERS",
    "USES_MATERIAL",
    "USES_PROCESS",
    "REQUIRES_FINISH",
    "REQUIRES_TOLERANCE",
    "HAS_LEAD_TIME",
    "HAS_TERMS",
    "OWES",
    "RUNS_MACHINE",
    "HAS_CERT",
    "IN_INDUSTRY",
    "WORKS_ON",
)
"""What is said of an account with a value that the text mentions."""


def batches(texts: pd.DataFrame, known: Known, facts: Facts) -> Iterator[Batch]:
    """Nodes that texts name, then their mentions, then the facts between them.

    Args:
        texts: The texts, with the columns that an Enricher gets.
        known: What the shop knows.
        facts: What was read from the texts.
    """
    origin = texts.set_index("id")[["kind", "on", "account", "author", "file_id", "row"]]
    mentions = _with_targets(facts, known)
    mentions = mentions.join(origin, on="text_id")
    yield from _nodes(mentions)
    relations = _with_ends(facts.relations, mentions, origin)
    yield _mentions(_with_whom(mentions, relations))
    yield _about(mentions)
    yield _attended(relations)
    yield _supplies(relations)
    yield _uses_method(relations)
    yield _talked_to(relations)
    yield from _signals(facts.signals, mentions, origin)


def _with_targets(facts: Facts, known: Known) -> pd.DataFrame:
    """Mentions with the type and id of the node that each one leads to."""
    mentions = facts.mentions.copy()
    mentions["target"] = mentions["label"].map(_NODE_TYPES).fillna("Value")
    first = known.companies.drop_duplicates("company").set_index("company")["account"]
    linked = mentions["node"].notna()
    company = mentions["label"] == "COMPANY"
    needed = _in_facts(facts)
    by_text = company & ~linked & needed
    mentions["target_id"] = mentions["label"] + ":" + mentions["canonical"]
    person = mentions["label"].isin(["PERSON", "EMPLOYEE"])
    dated = (mentions["label"] == "TRADE_SHOW") & mentions["value"].notna()
    # Who or what nobody knows is kept as a value: a name without a node of its own.
    unknown = (
        (company & ~linked & ~needed)
        | (person & ~linked)
        | ((mentions["label"] == "TRADE_SHOW") & ~dated)
    )
    mentions.loc[unknown, "target"] = "Value"
    mentions.loc[company & linked, "target_id"] = mentions["node"].map(first)
    mentions.loc[person & linked, "target_id"] = mentions["node"]
    for rows, made in ((by_text, _text_account), (mentions["label"] == "TOPIC", topic_id)):
        mentions.loc[rows, "target_id"] = mentions.loc[rows, "canonical"].map(made)
    plain = dated | mentions["label"].isin(["METHOD", "MATERIAL"])
    mentions.loc[plain, "target_id"] = mentions.loc[plain, "canonical"]
    return mentions


def _in_facts(facts: Facts) -> pd.Series:
    """Whether a mention is an end of a fact that is kept."""
    kept = facts.relations[facts.relations["type"].isin(_ENDS_OF_FACTS)]
    ends = pd.concat(
        [kept[["text_id", end]].set_axis(["text_id", "number"], axis=1) for end in ("head", "tail")]
    )
    wanted = pd.MultiIndex.from_frame(ends.astype({"number": "int64"}))
    have = pd.MultiIndex.from_frame(facts.mentions[["text_id", "number"]])
    return pd.Series(have.isin(wanted), index=facts.mentions.index)


def _text_account(name: str) -> str:
    return f"{TEXT_SYSTEM}:{' '.join(topic_key(name))}"


def _nodes(mentions: pd.DataFrame) -> Iterator[Batch]:
    def of(target: str) -> pd.DataFrame:
        rows = mentions[mentions["target"] == target]
        return rows.sort_values(["target_id", "on", "text_id"]).drop_duplicates("target_id")

    named = of("Account")
    named = named[named["node"].isna()]
    columns = named[["target_id", "canonical", "file_id", "row"]]
    columns = columns.set_axis(["id", "name", "file_id", "row"], axis=1)
    yield Batch.of(Account, columns.assign(system=TEXT_SYSTEM).reset_index(drop=True))
    shows = of("TradeShow")
    yield _batch(
        TradeShow, {"id": shows["target_id"], "series": shows["node"], "year": shows["value"]}
    )
    for entity in (Method, Topic):
        found = of(entity.__name__)
        yield _batch(entity, {"id": found["target_id"], "name": found["canonical"]})
    yield Families().nodes(of("Material")["canonical"])
    values = of("Value")
    yield _batch(
        Value,
        {"id": values["target_id"], "entity": values["label"], "name": values["canonical"]},
    )


def _with_whom(mentions: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Mentions with the account of which the text says each one, what it says, and how."""
    said = relations[(relations["head_target"] == "Account") & relations["head_target_id"].notna()]
    said = said[said["type"].isin(_SAID_OF)].drop_duplicates(["text_id", "tail"])
    said = said[["text_id", "tail", "head_target_id", "type", "polarity"]]
    said = said.set_axis(["text_id", "number", "of", "says", "meant"], axis=1)
    whole = mentions.drop(columns=["account"]).merge(
        said.astype({"number": mentions["number"].dtype}), on=["text_id", "number"], how="left"
    )
    whole["polarity"] = whole["meant"].fillna(whole["polarity"])
    return whole.rename(columns={"of": "account"})


def _mentions(mentions: pd.DataFrame) -> Batch:
    rows = mentions[mentions["on"].notna()]
    plain = ("on", "start", "end", "canonical", "sentence", "polarity", "confidence", "component")
    whom = ("account", "says")
    return _batch(
        Mentions,
        {
            "from_id": rows["text_id"],
            "from_type": rows["kind"],
            "to_id": rows["target_id"],
            "to_type": rows["target"],
            "entity": rows["label"],
            "value": _half_band(rows),
            "file_id": rows["file_id"],
            "row": rows["row"],
        }
        | {name: rows[name] for name in (*plain, *whom)},
    )


def _half_band(rows: pd.DataFrame) -> pd.Series:
    """Half the band of a tolerance in mm; empty for whatever has no two limits."""
    low, high = (pd.to_numeric(rows[name], errors="coerce") for name in ("value", "upper"))
    half = ((high - low) / 2).round(6)
    return half.where((rows["label"] == "TOLERANCE") & (half > 0))


def _about(mentions: pd.DataFrame) -> Batch:
    """What notes, posts and projects talk of; who has no use for a topic does not count."""
    rows = mentions[(mentions["label"] == "TOPIC") & (mentions["polarity"] != "negated")]
    return _batch(
        HasTopic,
        {
            "from_id": rows["text_id"],
            "from_type": rows["kind"],
            "to_id": rows["target_id"],
            "component": rows["component"],
            "file_id": rows["file_id"],
            "row": rows["row"],
        },
    )


def _with_ends(
    relations: pd.DataFrame, mentions: pd.DataFrame, origin: pd.DataFrame
) -> pd.DataFrame:
    """Relations with type and id of the nodes at both ends; those without a node are left out."""
    rows = _at_ends(relations, mentions, origin, ("head", "tail"))
    return rows[rows["on"].notna()].sort_values(["text_id", "confidence"], kind="stable")


def _at_ends(
    rows: pd.DataFrame, mentions: pd.DataFrame, origin: pd.DataFrame, ends: tuple[str, ...]
) -> pd.DataFrame:
    """Rows with type and id of the nodes that their ends stand for, and of their texts."""
    nodes = mentions.set_index(["text_id", "number"])[["target", "target_id"]]
    rows = rows.join(origin, on="text_id")
    for end in ends:
        rows = rows.join(nodes.add_prefix(f"{end}_"), on=["text_id", end])
        filed = rows[end] == ACCOUNT
        rows.loc[filed, f"{end}_target"] = "Account"
        rows.loc[filed, f"{end}_target_id"] = rows.loc[filed, "account"]
    return rows


def _facts(rows: pd.DataFrame) -> dict[str, object]:
    names = ("on", "polarity", "text_id", "sentence", "confidence", "file_id", "row")
    return {"from_id": rows["head_target_id"], "to_id": rows["tail_target_id"]} | {
        name: rows[name] for name in names
    }


def _of_type(rows: pd.DataFrame, label: str, heads: tuple[str, ...], tail: str) -> pd.DataFrame:
    kept = (
        (rows["type"] == label)
        & rows["head_target"].isin(heads)
        & (rows["tail_target"] == tail)
        & rows["head_target_id"].notna()
        & (rows["head_target_id"] != rows["tail_target_id"])
    )
    return rows[kept.to_numpy(dtype=bool)]


def _attended(rows: pd.DataFrame) -> Batch:
    kept = _of_type(rows, "ATTENDED", ("Account", "Person"), "TradeShow")
    return _batch(Attended, _facts(kept) | {"from_type": kept["head_target"]})


def _supplies(rows: pd.DataFrame) -> Batch:
    return _batch(Supplies, _facts(_of_type(rows, "SUPPLIES", ("Account",), "Account")))


def _uses_method(rows: pd.DataFrame) -> Batch:
    """Who uses a method; for a project both the project and its customer do."""
    kept = _of_type(rows, "USES_METHOD", ("Account",), "Method")
    projects = kept[kept["kind"] == "Project"].assign(head_target="Project")
    projects = projects.assign(head_target_id=projects["text_id"])
    both = pd.concat([kept, projects])
    return _batch(UsesMethod, _facts(both) | {"from_type": both["head_target"]})


def _talked_to(rows: pd.DataFrame) -> Batch:
    kept = rows[
        (rows["type"] == "TALKED_TO")
        & (rows["polarity"] == "asserted")
        & rows["author"].notna()
        & (rows["tail_target"] == "Person")
    ]
    columns = _facts(kept) | {"from_id": kept["author"]}
    columns.pop("polarity")
    return _batch(TalkedTo, columns)


def _signals(
    signals: pd.DataFrame, mentions: pd.DataFrame, origin: pd.DataFrame
) -> Iterator[Batch]:
    """What is said of how companies that the shop knows are doing."""
    rows = _at_ends(signals, mentions, origin, ("head",))
    rows = rows[rows["on"].notna() & (rows["head_target"] == "Account")]
    rows = rows[rows["head_target_id"].notna()]
    names = rows["name"].drop_duplicates().sort_values()
    yield _batch(Signal, {"id": names, "name": names})
    plain = ("on", "polarity", "text_id", "start", "end", "sentence", "confidence", "component")
    yield _batch(
        HasSignal,
        {"from_id": rows["head_target_id"], "to_id": rows["name"]}
        | {name: rows[name] for name in (*plain, "file_id", "row")},
    )


def _batch(entity: type[Entity], columns: dict[str, object]) -> Batch:
    """A batch of columns that share an index."""
    frame = pd.DataFrame({name: cast("pd.Series", value) for name, value in columns.items()})
    for name in frame:
        if frame[name].dtype == np.dtype(object):
            frame[name] = frame[name].where(frame[name].notna(), None)
    return Batch.of(entity, frame.reset_index(drop=True))
