"""Dismissing and confirming findings, in either store."""

import datetime as dt

import pytest

from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Effect, Evidence, Finding, Level, Ref
from graphkit.pipeline.analyse import write_back
from graphkit.pipeline.derive import derive
from graphkit.pipeline.forget import forget, person_called
from graphkit.pipeline.judge import (
    claim_called,
    claims_to_judge,
    say_of,
    take_back,
    verdicts_in,
    written_claims,
)
from graphkit.schema import Person, Process
from graphkit.store import open_store
from graphkit.verdicts import CONFIRM, DISMISS, Claim
from tests.graph_rows import put, put_companies


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request, tmp_path):
    """A store of each kind with three findings."""
    if request.param == "embedded":
        opened = open_store(tmp_path / "graph.duckdb")
    else:
        from graphkit.store.neo4j import Neo4jStore  # noqa: PLC0415 - its library may be missing

        server = request.getfixturevalue("empty_neo4j")
        opened = Neo4jStore(server.uri, user=server.user, password=server.password)
    with opened as made:
        put_companies(made, ["Acme", "Bolt"])
        put(made, Process, id=["edm", "milling"], name=["Wire EDM", "Milling"])
        write_back(made, FOUND)
        yield made


def finding(name, kind="slowing-customer", to=None):
    return Finding(
        kind=kind,
        level=Level.ALERT,
        subject=Ref("Company", name, name),
        object=to,
        statement=f"{name} orders less.",
        as_of=dt.date(2025, 12, 31),
        evidence=(Evidence("orders", 3),),
        effect=Effect(0.4, 0.3, 0.5, "ratio"),
    )


SLOW = finding("Acme")
EDM = finding("Bolt", "process-shift", Ref("Process", "edm", "Wire EDM"))
MILL = finding("Bolt", "process-shift", Ref("Process", "milling", "Milling"))
FOUND = [SLOW, EDM, MILL]


def test_findings_are_called_by_the_begin_of_their_id_or_by_kind_and_name(store):
    claims = written_claims(store)

    assert sorted(one.id for one in claims) == sorted(one.id for one in FOUND)
    assert claim_called(claims, SLOW.id[:6]) == Claim.of(SLOW)
    assert claim_called(claims, "slowing-customer: acme") == Claim.of(SLOW)
    assert claim_called(claims, "process-shift (Wire EDM): Bolt") == Claim.of(EDM)
    with pytest.raises(UsageError, match=EDM.id):
        claim_called(claims, "process-shift: Bolt")
    with pytest.raises(UnknownNameError, match="slowing-customer: Acme"):
        claim_called(claims, "slowing-customer: Acne")
    with pytest.raises(UsageError, match="graphkit findings"):
        claim_called([], "slowing-customer: Acme")


def test_a_dismissal_survives_a_rebuild_and_can_be_taken_back(store):
    say_of(store, DISMISS, Claim.of(SLOW), who="ada", why="planned stop", run=2)

    write_back(store, [EDM, MILL])
    derive(store, run=3, precedence=(), say=lambda _: None)
    [one] = verdicts_in(store)
    assert (one.kind, one.claim, one.why, one.who) == (
        "dismiss",
        Claim.of(SLOW),
        "planned stop",
        "ada",
    )
    assert Claim.of(SLOW) in claims_to_judge(store)
    take_back(store, one)
    assert verdicts_in(store) == []


def test_a_confirmation_stands_beside_an_earlier_dismissal_and_is_the_last_word(store):
    say_of(store, DISMISS, Claim.of(SLOW), who="ada", run=2)
    say_of(store, CONFIRM, Claim.of(SLOW), who="ada", run=3)

    assert [one.kind for one in verdicts_in(store)] == ["dismiss", "confirm"]


def test_who_is_forgotten_stands_in_no_reason_any_more(store):
    put(
        store,
        Person,
        id=["p1"],
        name=["Ottoline Quillfeather"],
        email=["o.quillfeather@bolt.example"],
        account=["erp:Bolt"],
    )
    say_of(store, DISMISS, Claim.of(EDM), who="ada", why="Ottoline Quillfeather said so", run=2)
    forget(store, person_called(store, "Ottoline Quillfeather"), who="ada", run=3)

    [one] = verdicts_in(store)
    assert (one.claim, one.why) == (Claim.of(EDM), "[person] said so")
