"""The simulated shop keeps its promises: same bytes, and a truth that is in the files."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from graphkit.errors import UsageError
from graphkit.simulator import ORDER_LINES, Shop, Stories, simulate
from graphkit.simulator.difficulty import (
    adjusted_mutual_information,
    flagged_by_naive_rule,
    industry_alone,
)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return simulate(seed=5, customers=60)


def table(shop: Shop, name: str) -> pd.DataFrame:
    return next(one.frame for one in shop.tables if one.name == name)


def readable_lines(shop: Shop) -> pd.DataFrame:
    """Order lines as a reader keeps them: no copies, no broken rows."""
    lines = table(shop, ORDER_LINES).drop_duplicates()
    broken = {row["order"] for row in shop.truth.bad_rows}
    kept = lines[~lines["SO Number"].isin(broken) & (lines["SO Number"] != "")]
    pieces = kept["Qty Ordered"].str.replace(",", "").astype(float)
    price = kept["Unit Price"].str.replace("[$,]", "", regex=True).astype(float)
    day = pd.to_datetime(kept["Order Date"], format="%m/%d/%Y")
    return kept.assign(pieces=pieces, value=pieces * price, day=day)


def plain_names(shop: Shop) -> dict[str, str]:
    return {spelled: name for name, known in shop.truth.spellings.items() for spelled in known}


def dollars(cells: pd.Series) -> pd.Series:
    return cells.str.replace(",", "").astype(float)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for place in ("one", "two"):
        written = simulate(seed=3, customers=20, months=24).write(tmp_path / place)
        assert len(written) == 13

    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_another_seed_is_another_shop():
    one, two = (simulate(seed=seed, customers=20, months=24) for seed in (3, 4))

    assert set(one.truth.groups) != set(two.truth.groups)


def test_invoices_bill_exactly_what_was_shipped(shop):
    lines = readable_lines(shop)
    invoices = table(shop, "qb_invoices.csv")
    plain = plain_names(shop)

    shipped = lines[lines["Status"] == "Shipped"].groupby("Customer Name")["value"].sum()
    billed = dollars(invoices["Amount"]).groupby(invoices["Name"]).sum()

    assert shipped.rename(plain).round(2).to_dict() == billed.rename(plain).round(2).to_dict()
    assert billed.rename(plain).round(2).to_dict() == shop.truth.revenue


def test_open_balances_are_invoices_less_payments(shop):
    invoices, payments = table(shop, "qb_invoices.csv"), table(shop, "qb_payments.csv")

    billed, paid = dollars(invoices["Amount"]).sum(), dollars(payments["Amount"]).sum()

    assert dollars(invoices["Open Balance"]).sum() == pytest.approx(billed - paid)
    assert (dollars(invoices["Open Balance"]) > 0).sum() > 0


def test_a_third_of_the_payments_does_not_name_its_invoice(shop):
    memo = table(shop, "qb_payments.csv")["Memo"]

    assert 0.27 < (memo == "").mean() < 0.37


def test_no_two_customers_share_a_domain_a_name_or_a_spelling():
    for customers in (60, 1500):
        truth = simulate(seed=1, customers=customers, months=12, stories=Stories()).truth

        spellings = [one for known in truth.spellings.values() for one in known]
        assert len(truth.groups) == customers
        assert len(set(truth.domains.values())) == customers
        assert len(set(spellings)) == len(spellings)


def test_some_companies_are_spelled_differently_in_each_system(shop):
    known = shop.truth.spellings

    assert np.mean([len(spellings) for spellings in known.values()]) > 3
    assert len({name.split()[0] for name in known}) < len(known)


def test_the_broken_and_repeated_rows_are_counted(shop):
    lines = table(shop, ORDER_LINES)

    assert len(shop.truth.bad_rows) == 5
    for bad in shop.truth.bad_rows:
        known = lines["SO Number"].isin([bad["order"], ""])
        assert (lines[known][bad["column"]] == bad["value"]).any()
    assert lines.duplicated().sum() == shop.truth.repeated_rows[ORDER_LINES] == 10
    assert shop.truth.rows[ORDER_LINES] == len(lines)


def test_a_tenth_of_the_companies_has_no_industry(shop):
    companies = table(shop, "crm_companies.csv")

    assert (companies["Industry"] == "").sum() in range(6, 9)


def test_slowing_customers_order_half_or_less_and_others_do_not(shop):
    lines = readable_lines(shop).drop_duplicates("SO Number")
    recent = lines["day"] > pd.Timestamp(2026, 1, 31)
    name = lines["Customer Name"].map(plain_names(shop))
    slowing = name.isin(shop.truth.slowing_customers)

    def ratio(mask: pd.Series) -> float:
        return float((mask & recent).sum() / 5 / ((mask & ~recent).sum() / 31))

    assert ratio(slowing) < 0.55
    assert ratio(~slowing) > 0.85


def test_newly_late_customers_pay_later_than_they_did(shop):
    invoices, payments = table(shop, "qb_invoices.csv"), table(shop, "qb_payments.csv")
    number = payments["Memo"].str.extract(r"(\d+)$")[0]
    paid = invoices.merge(
        pd.DataFrame({"Num": number, "paid": payments["Date"]}).dropna(), on="Num"
    )
    day, due, came = (
        pd.to_datetime(paid[column], format="%m/%d/%Y") for column in ("Date", "Due Date", "paid")
    )
    late = paid["Name"].map(plain_names(shop)).isin(shop.truth.newly_late)
    recent = (day > pd.Timestamp(2026, 1, 31)) & (day < pd.Timestamp(2026, 4, 15))
    days = (came - due).dt.days

    assert days[late & recent].median() > days[late & ~recent].median() + 7
    assert abs(days[~late & recent].median() - days[~late & ~recent].median()) < 4


def test_smaller_lots_come_more_often_at_the_same_volume(shop):
    lines = readable_lines(shop)
    lines["name"] = lines["Customer Name"].map(plain_names(shop))
    chosen = lines[lines["name"].isin(shop.truth.smaller_lots)]
    early = chosen[chosen["day"] < "2024-07-01"].groupby("name")["pieces"]
    recent = chosen[chosen["day"] >= "2025-07-01"].groupby("name")["pieces"]

    assert (recent.median() / early.median()).median() < 0.6
    assert (recent.size() / early.size()).median() > 1.5
    assert 0.6 < (recent.sum() / early.sum()).median() < 1.6


def test_leanings_move_to_their_target(shop):
    lines = readable_lines(shop)
    name = lines["Customer Name"].map(plain_names(shop))
    late = lines["day"] >= "2025-12-01"
    for column, targets in (
        ("Process", shop.truth.process_shift),
        ("Finish", shop.truth.finish_shift),
    ):
        assert targets
        hit = lines[column] == name.map(targets)
        assert hit[late & name.isin(targets)].mean() > 0.3
        assert hit[(lines["day"] < "2024-06-01") & name.isin(targets)].mean() < 0.15


def test_the_truth_of_texts_is_in_the_texts(shop):
    notes, posts = table(shop, "sales_notes.csv"), table(shop, "social_posts.csv")
    projects = table(shop, "engineering_projects.xlsx")
    everything = " ".join([*notes["Note"], *posts["Text"], *projects["Description"]])
    everything += " ".join(projects["End Customer"])

    truth = shop.truth
    assert truth.shows
    assert truth.not_attending
    for facts in (truth.end_customers, truth.methods):
        assert len(facts) > 40
        assert all(word in everything for words in facts.values() for word in words)
    for facts in (truth.not_attending, truth.perhaps_attending):
        assert all(show in everything for shows in facts.values() for show in shows)
    assert all(
        show[:-5] in everything.replace("#", "") or show[:-5].replace(" ", "") in everything
        for shows in truth.shows.values()
        for show in shows
    )


def test_machines_open_within_a_minute_and_nearly_everything(shop):
    activity = table(shop, "mail_activity.csv")
    campaigns = table(shop, "mail_campaigns.csv").set_index("Campaign ID")["Send Date"]
    sent = pd.to_datetime(activity["Campaign ID"].map(campaigns), format="%Y-%m-%d %H:%M")
    opened = pd.to_datetime(activity["Timestamp"], format="%Y-%m-%d %H:%M:%S")
    at_once = (opened - sent).dt.total_seconds() < 60
    opens = activity[(activity["Action"] == "open") & at_once]
    domain = opens["Email Address"].str.split("@").str[1]

    machines = {shop.truth.domains[name] for name in shop.truth.machine_openers}
    assert set(domain) == machines
    assert (opens.groupby("Email Address").size() / len(campaigns)).min() > 0.85


def test_interest_in_a_growing_topic_grows():
    shop = simulate(seed=5, customers=60, stories=Stories(topic_growth=30))
    activity, topics = table(shop, "mail_activity.csv"), shop.truth.campaign_topics
    named = {domain: name for name, domain in shop.truth.domains.items()}
    name = activity["Email Address"].str.split("@").str[1].map(named)
    topic = activity["Campaign ID"].map(topics)
    own = topic == name.map(shop.truth.topic_growth)
    recent = activity["Timestamp"] >= "2026-02-01"
    clicks = activity["Action"] == "click"

    assert (own & recent & clicks).sum() / 5 > 2 * (own & ~recent & clicks).sum() / 19


def test_nothing_is_planted_when_no_story_is_asked_for():
    truth = simulate(seed=2, customers=30, months=24, stories=Stories()).truth

    assert not truth.slowing_customers
    assert not truth.newly_late
    assert not truth.slowing_industries
    assert not truth.topic_growth
    assert not truth.chronic_late


def test_a_whole_shop_drop_reaches_everybody_and_blames_nobody():
    stories = Stories(whole_shop_drop=0.5)
    shop = simulate(seed=2, customers=60, stories=stories)
    lines = readable_lines(shop)
    months = lines.groupby(lines["day"].dt.to_period("M")).size()

    assert not shop.truth.slowing_customers
    assert months[-5:].mean() < 0.65 * months[-17:-5].mean()


def test_nothing_happens_after_the_last_day():
    shop = simulate(seed=2, customers=20, months=18, end=dt.date(2025, 3, 17), stories=Stories())
    last = pd.Timestamp(2025, 3, 17)

    for name, column, form in (
        (ORDER_LINES, "Order Date", "%m/%d/%Y"),
        ("erp_quotes.csv", "Quote Date", "%m/%d/%Y"),
        ("qb_invoices.csv", "Date", "%m/%d/%Y"),
        ("qb_payments.csv", "Date", "%m/%d/%Y"),
        ("mail_activity.csv", "Timestamp", "%Y-%m-%d %H:%M:%S"),
        ("mail_campaigns.csv", "Send Date", "%Y-%m-%d %H:%M"),
        ("web_visits.csv", "Date", "%Y-%m-%d"),
        ("sales_notes.csv", "Date", "%Y-%m-%d"),
        ("social_posts.csv", "Posted", "%Y-%m-%d"),
        ("social_interactions.csv", "Date", "%Y-%m-%d"),
    ):
        days = pd.to_datetime(table(shop, name)[column], format=form, errors="coerce").dropna()
        assert days.max() < last + pd.Timedelta(days=1), name
        assert days.min() > last - pd.Timedelta(days=18 * 31 + 45), name


def test_the_project_sheet_is_a_workbook_that_others_read(shop, tmp_path):
    shop.write(tmp_path)

    sheet = CalamineWorkbook.from_path(tmp_path / "engineering_projects.xlsx").get_sheet_by_index(0)

    expected = table(shop, "engineering_projects.xlsx")
    assert sheet.to_python() == [list(expected.columns), *expected.to_numpy().tolist()]


def test_the_truth_survives_json(shop):
    truth = json.loads(shop.truth.to_json())

    assert truth["groups"] == shop.truth.groups
    assert truth["end"] == "2026-06-30"
    assert len(truth["future_machine_hours"]["CNC Milling"]) == 6


def test_too_many_stories_for_the_customers_are_refused_with_advice():
    with pytest.raises(UsageError, match="more customers or fewer stories"):
        simulate(customers=10, stories=Stories(chronic_late=11))
    with pytest.raises(UsageError, match="fewer slowing industries"):
        simulate(customers=10, stories=Stories(slowing_industries=5))
    with pytest.raises(UsageError, match="12 months"):
        simulate(customers=10, months=3)


def test_the_default_stories_fit_shops_of_any_size():
    for customers in (20, 40, 75, 200):
        for seed in (1, 2, 3):
            truth = simulate(seed=seed, customers=customers, months=12).truth
            assert len(truth.groups) == customers


def test_the_shop_is_as_hard_as_a_real_one():
    shop = simulate(seed=9, customers=120)

    assert 0.1 < flagged_by_naive_rule(shop) < 0.5
    assert 0.45 < industry_alone(shop) < 0.75


def test_groupings_that_have_nothing_in_common_agree_by_nothing():
    rng = np.random.default_rng(1)
    one, two = rng.integers(5, size=(2, 2000)).tolist()

    assert abs(adjusted_mutual_information(one, two)) < 0.02
    assert adjusted_mutual_information(one, [f"x{label}" for label in one]) == 1.0
