"""An account export of Mailchimp: the campaign and what was done stand in the file's place."""

import pytest

from graphkit.pipeline.load import load
from graphkit.schema import Campaign, Clicked, Opened, Person, SentTo
from graphkit.store import open_store

CAMPAIGNS = (
    "Title,Subject,List,Send Date,Total Recipients,Unique Id\n"
    'Spring letter,Skiving,Customers,"Mar 05, 2024 09:30 am",3,7f3a\n'
    'Summer letter,Hobbing,Customers,"Jun 09, 2024 09:30 pm",3,80bc\n'
    'Copy,Boring,Customers,"Jul 01, 2024 09:30 pm",3,91cd\n'
    'Copy,Milling,Customers,"Aug 01, 2024 09:30 pm",3,a2de\n'
)
MEMBERS = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,EUID\n"
BELA, ODILE = "bela@hollowrockgear.com", "odile@saltforkmarine.com"
FILES = {
    "lists/members/members_9_customers.csv": MEMBERS + f"{BELA},Bela,Strand,4,2023-05-02,a1\n",
    "aggregate_activity/opened/123_spring-letter.csv": MEMBERS
    + f"{BELA},Bela,Strand,4,2023-05-02,a1\n",
    "aggregate_activity/not_opened/123_spring-letter.csv": MEMBERS
    + f"{ODILE},Odile,Marsh,2,2023-05-02,b2\n",
    "granular_activity/opens/123_spring-letter.csv": "Timestamp,Email\n"
    f"2024-03-05 09:41:07,{BELA}\n2024-03-05 17:02:00,{BELA}\n",
    "granular_activity/clicks/124_summer-letter.csv": "Timestamp,Email,Url\n"
    f"2024-06-10 07:41:07,{ODILE},https://example.com/hobbing\n",
    "granular_activity/opens/125_copy.csv": f"Timestamp,Email\n2024-07-02 08:00:00,{ODILE}\n",
}


@pytest.fixture
def export(tmp_path):
    folder = tmp_path / "46727"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def ends(store, entity):
    return sorted(store.read(entity)[["from_id", "to_id"]].itertuples(index=False, name=None))


def test_opens_clicks_and_recipients_find_the_campaign_with_their_files_title(export, tmp_path):
    (export / "campaigns.csv").write_text(CAMPAIGNS, "utf-8")
    lines = []
    with open_store(tmp_path / "graph.duckdb") as store:
        load(store, [export], say=lines.append)

        assert len(store.read(Campaign)) == 4
        assert ends(store, Opened)[:2] == [(BELA, "mailchimp:7f3a")] * 2
        assert ends(store, Clicked) == [(ODILE, "mailchimp:80bc")]
        assert ends(store, SentTo) == [("mailchimp:7f3a", BELA), ("mailchimp:7f3a", ODILE)]
        assert store.read(Person)["name"].dropna().tolist() == ["Bela Strand"]


def test_of_two_campaigns_with_one_title_neither_is_guessed(export, tmp_path):
    (export / "campaigns.csv").write_text(CAMPAIGNS, "utf-8")
    lines = []
    with open_store(tmp_path / "graph.duckdb") as store:
        load(store, [export], say=lines.append)

        assert (ODILE, "mailchimp:copy") in ends(store, Opened)
    assert "opens, clicks and recipients of a campaign that no loaded list has: 1" in lines


def test_a_list_of_campaigns_that_comes_later_is_found_too_and_again_changes_nothing(
    export, tmp_path
):
    later = tmp_path / "later.csv"
    later.write_text(CAMPAIGNS, "utf-8")
    with open_store(tmp_path / "graph.duckdb") as store:
        load(store, [export])
        assert {end for _, end in ends(store, Opened)} == {
            "mailchimp:spring-letter",
            "mailchimp:copy",
        }
        load(store, [later])
        first = ends(store, Opened)
        load(store, [export, later])

        assert [end for _, end in first[:2]] == ["mailchimp:7f3a"] * 2
        assert ends(store, Opened) == first
