"""Orders, quotes and payments on the command line, of exports loaded as a shop loads them."""

import datetime as dt
import json
import shutil

import pytest

from graphkit.cli.quotes import changed
from graphkit.cli.trade_table import told_of
from graphkit.findings import Evidence, Finding, Level, Ref

TABLES = [
    ("orders",),
    ("orders", "--by", "process"),
    ("orders", "--by", "month"),
    ("orders", "--since", "2025-07-01"),
    ("quotes",),
    ("quotes", "--by", "customer"),
    ("quotes", "--by", "reason"),
    ("payments", "--by", "customer"),
    ("payments", "--by", "shop"),
    ("topics", "--ledger"),
]


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_every_table_is_also_json(graphkit, small_shop, words):
    as_json = graphkit("-w", small_shop, *words, "--json")
    as_text = graphkit("-w", small_shop, *words)

    told = json.loads(as_json.out)
    assert (as_json.code, as_text.code) == (0, 0)
    assert told["schema"].startswith(f"graphkit.{words[0]}")
    assert told["data"]
    assert as_text.out.startswith(f"As of {told['as_of']}")
    assert max(map(len, as_text.out.splitlines())) <= 100


def test_csv_has_every_row_and_json_says_which_months_are_compared(graphkit, small_shop):
    rows = graphkit("-w", small_shop, "orders", "--by", "part", "--csv").out.splitlines()
    told = json.loads(graphkit("-w", small_shop, "orders", "--by", "part", "--json").out)

    assert len(rows) == len(told["data"]) + 1
    assert told["recent"][1] < told["as_of"]
    assert rows[0].startswith("part,id,orders,recent_orders,before_orders,orders_change,")


def test_the_table_of_payments_says_what_is_told_of_each(graphkit, small_shop, tmp_path):
    """So that a calm year beside an alert about the last months is no riddle."""
    strict = tmp_path / "strict"
    shutil.copytree(small_shop, strict)
    with (strict / "graphkit.toml").open("a") as settings:
        settings.write("\n[analysis.payments]\ngrace = 0\n")
    found = json.loads(graphkit("-w", strict, "payments", "--json").out)["data"]
    rows = json.loads(graphkit("-w", strict, "payments", "--by", "customer", "--json").out)

    marks = {"alert": "", "watch": "?"}
    expected = {
        (one["subject"]["id"], one["kind"] + marks[one["level"]])
        for one in found
        if one["level"] in marks and one["subject"]["type"] == "Company"
    }
    told = {(row["id"], kind) for row in rows["data"] for kind in row["told"].split(", ") if kind}
    assert expected
    assert told == expected


def test_a_table_says_of_quotes_what_was_found_and_a_watch_with_a_question_mark():
    def found(name, level, **details):
        return Finding(
            kind="quoting",
            level=level,
            subject=Ref("Company", name, name),
            statement=f"{name} asks.",
            as_of=dt.date(2025, 12, 31),
            evidence=(Evidence("quotes", 9),),
            details=details,
        )

    told = told_of(
        [
            found("Ace", Level.ALERT, loses_more=True, asks_less=True),
            found("Bolt", Level.WATCH, asks_less=True, loses_more=False),
            found("Cog", Level.CANNOT_TELL),
        ],
        changed,
    )

    assert told == {"Ace": "loses more, asked less", "Bolt": "asked less?"}


def test_the_ledger_of_a_company_is_by_contact(graphkit, small_shop):
    every = json.loads(graphkit("-w", small_shop, "topics", "--ledger", "--json").out)["data"]
    name = every[0]["company"]
    done = graphkit("-w", small_shop, "topics", "--ledger", "--company", name, "--json")
    rows = json.loads(done.out)["data"]

    def seen(those, topic, channel):
        return sum(
            one["seen"] for one in those if (one["topic"], one["channel"]) == (topic, channel)
        )

    assert any(one["contact"] for one in rows)
    for one in every:
        if one["company"] == name:
            assert seen(rows, one["topic"], one["channel"]) == one["seen"]


def test_a_day_without_a_whole_month_since_says_which_would_do(graphkit, small_shop):
    done = graphkit("-w", small_shop, "orders", "--since", "2031-01-01")

    assert done.code == 2
    assert "No whole month has passed since 2031-01-01" in done.err


def test_a_customer_that_is_not_there_is_named_with_the_nearest(graphkit, small_shop):
    done = graphkit("-w", small_shop, "orders", "--customer", "Nobody Of That Name")

    assert done.code == 2
    assert "No company 'Nobody Of That Name'" in done.err


def test_a_table_is_cut_to_what_one_reads_and_says_how_much_more_there_is(graphkit, small_shop):
    short = graphkit("-w", small_shop, "orders", "--by", "part").out
    whole = graphkit("-w", small_shop, "orders", "--by", "part", "--all").out

    assert "more: --all shows them" in short
    assert "more: --all" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())
