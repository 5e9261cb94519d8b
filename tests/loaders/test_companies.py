"""Companies of a customer list or CRM: who is told apart, and whose group is whose."""

from graphkit.schema import Account


def test_rows_of_one_name_at_other_streets_are_accounts_of_their_own(read, frame):
    rows = [
        "Alder Care,12 N Harrow St,414-555-0101",
        "Alder Care,900 Quill Rd,262-555-0199",
        "Birch House,1 Larch Ave,414-555-0333",
        "BIRCH HOUSE,1 Larch Ave,414-555-0333",
        "Corliss,,",
        "Corliss,,414-555-0404",
    ]
    header = "Company Name,Address,Phone\n"

    reading = read(header + "\n".join(rows) + "\n")
    accounts = frame(reading, Account)

    assert sorted(accounts["id"]) == [
        "crm:alder care",
        "crm:alder care @ 900 quill rd 262-555-0199",
        "crm:birch house",
        "crm:corliss",
    ]
    assert (reading.rows, reading.repeated, len(reading.rejects)) == (6, 2, 0)
    backwards = frame(read(header + "\n".join(reversed(rows)) + "\n"), Account)
    assert set(backwards["id"]) == set(accounts["id"])


def test_a_row_with_an_id_is_that_account_wherever_it_is(read, frame):
    reading = read("Customer ID,Company Name,Address\nK1,Alder,12 Harrow St\nK2,Alder,9 Quill Rd\n")

    assert frame(reading, Account)["id"].tolist() == ["crm:K1", "crm:K2"]


def test_the_group_is_read_by_its_name_or_its_id(read, frame):
    accounts = frame(
        read("Account ID,Account Name,ParentId,Parent Account\n01,Alder,,\n02,Birch,01,Alder\n"),
        Account,
    )

    assert accounts["parent_id"].fillna("").tolist() == ["", "01"]
    assert accounts["parent_name"].fillna("").tolist() == ["", "Alder"]


def test_a_subsidiary_of_column_names_the_group(read, frame):
    accounts = frame(
        read("account_name,sector,subsidiary_of\nAlder,rail,\nBirch,rail,Alder\n"), Account
    )

    assert accounts["parent_name"].fillna("").tolist() == ["", "Alder"]
