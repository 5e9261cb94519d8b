"""What somebody types is found, or answered with names as a person would write them."""

import pandas as pd
import pytest

from graphkit.errors import UnknownNameError, UsageError
from graphkit.resolve.lookup import account_called

ACCOUNTS = pd.DataFrame(
    {
        "id": ["erp:1", "crm:1", "erp:2"],
        "name": ["TAMARACK GR INC", "Tamarack Gear", "Tamarack Gear"],
        "domain": ["", "", ""],
        "handle": ["", "", ""],
        "native_id": ["1", "9", "2"],
    }
)
JOINED = pd.DataFrame({"from_id": ["erp:1", "crm:1", "erp:2"], "to_id": ["a", "a", "b"]})
COMPANIES = pd.DataFrame({"id": ["a", "b"], "name": ["Tamarack Gear, Inc.", "Tamarack Gear Ltd"]})


def test_an_unknown_company_is_answered_with_display_names_only() -> None:
    with pytest.raises(UnknownNameError) as error:
        account_called("Tamarack Grr", ACCOUNTS, JOINED, COMPANIES)
    assert "'Tamarack Gear, Inc.'" in str(error.value)
    assert "TAMARACK GR" not in str(error.value)


def test_a_name_of_two_companies_lists_both_with_what_to_type() -> None:
    with pytest.raises(
        UsageError, match=r"Tamarack Gear, Inc\. \(crm:1\), Tamarack Gear Ltd \(erp:2\)"
    ):
        account_called("tamarack gear", ACCOUNTS, JOINED, COMPANIES)


def test_nothing_near_names_a_few_and_counts_the_rest() -> None:
    many = pd.DataFrame(
        {"id": [f"c{n}" for n in range(12)], "name": [f"Co {n}" for n in range(12)]}
    )
    with pytest.raises(UnknownNameError, match=r"and 4 more\.$"):
        account_called("Zzyzx", ACCOUNTS, JOINED, many)
