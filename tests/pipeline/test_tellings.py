"""What findings were told before is kept, and only where it was something else."""

import dataclasses
import datetime as dt

import pytest

from graphkit.findings import Effect, Evidence, Finding, Level, Ref
from graphkit.pipeline.analyse import write_back
from graphkit.schema import FindingNode, Told
from graphkit.store.embedded import EmbeddedStore

SLOWING = Finding(
    kind="slowing-customer",
    level=Level.WATCH,
    subject=Ref("Company", "c1", "Bolt"),
    statement="Bolt orders less.",
    as_of=dt.date(2025, 12, 31),
    evidence=(Evidence("orders", 3),),
    effect=Effect(0.5, 0.3, 0.7, "ratio"),
)
UNTOLD = dataclasses.replace(SLOWING, level=Level.CANNOT_TELL, subject=Ref("Company", "c2", "Ace"))


@pytest.fixture
def store(tmp_path):
    with EmbeddedStore(tmp_path / "graph.duckdb") as opened:
        yield opened


def test_a_run_that_finds_something_else_is_kept_beside_the_one_before(store):
    grown = dataclasses.replace(SLOWING, level=Level.ALERT)
    for found in ([SLOWING, UNTOLD], [UNTOLD, SLOWING], [grown], []):
        write_back(store, found)

    told = store.read(Told)
    assert told[["telling", "about", "level"]].to_numpy().tolist() == [
        [1, "Bolt", "watch"],
        [2, "Bolt", "alert"],
    ]
    assert told["told_at"].notna().all()
    assert store.count(FindingNode) == 0


def test_what_comes_back_after_it_was_gone_is_told_anew(store):
    moved = dataclasses.replace(SLOWING, effect=Effect(0.2, 0.1, 0.3, "ratio"))
    for found in ([SLOWING], [moved], [SLOWING]):
        write_back(store, found)

    assert store.read(Told)["effect"].tolist() == [0.5, 0.2, 0.5]
