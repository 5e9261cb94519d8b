import pytest

from graphkit.errors import UsageError
from graphkit.workspace import Workspace, read_settings


def settings(tmp_path, text):
    path = tmp_path / "graphkit.toml"
    path.write_text(text, "utf-8")
    return read_settings(path)


def test_a_folder_becomes_a_workspace_once(tmp_path):
    folder = tmp_path / "a shop"
    assert Workspace.create(folder)[1]
    assert not Workspace.create(folder)[1]


def test_the_settings_a_new_workspace_comes_with_are_valid(tmp_path):
    workspace, _ = Workspace.create(tmp_path)
    assert workspace.settings.currency == "USD"


def test_every_setting_the_template_shows_can_be_switched_on(tmp_path):
    Workspace.create(tmp_path)
    lines = (tmp_path / "graphkit.toml").read_text("utf-8").splitlines()[1:]
    text = "\n".join(line.removeprefix("# ") for line in lines)
    found = settings(tmp_path, text)
    assert found.currency == "USD"
    assert found.precedence == ("jobboss", "quickbooks")
    assert found.options == {
        "slowdown": {"window": 5},
        "forecast": {"capacity": {"CNC Milling": 640}},
        "leanings": {"capability": {"CNC Milling": 0.0127}},
    }
    assert found.databases == {"erp": "postgresql+psycopg://reader@server/erp"}


def test_an_unknown_key_gets_the_nearest_one(tmp_path):
    with pytest.raises(UsageError, match="Did you mean 'currency'"):
        settings(tmp_path, '[shop]\ncurency = "EUR"\n')


def test_precedence_is_a_list_of_systems(tmp_path):
    with pytest.raises(UsageError, match=r"precedence in \[sources\] must be a list of systems"):
        settings(tmp_path, '[sources]\nprecedence = "jobboss"\n')


@pytest.mark.parametrize("hours", ['"640"', "0", "-5", "true", "nan", "inf"])
def test_a_capacity_is_a_number_of_hours_above_zero(tmp_path, hours):
    with pytest.raises(UsageError, match=r"Milling in \[capacity\] must be a number of machine"):
        settings(tmp_path, f"[capacity]\nMilling = {hours}\n")


def test_a_capacity_stands_in_its_own_section_only(tmp_path):
    with pytest.raises(UsageError, match=r"a section of its own. Try: \[capacity\]"):
        settings(tmp_path, "[analysis.forecast]\ncapacity = 5\n")


def test_an_unknown_section_gets_the_nearest_one(tmp_path):
    with pytest.raises(UsageError, match="Did you mean 'analysis'"):
        settings(tmp_path, "[analyses]\nx = 1\n")


def test_what_is_not_toml_names_the_file(tmp_path):
    with pytest.raises(UsageError, match=r"graphkit\.toml: this is not TOML"):
        settings(tmp_path, "[shop\n")


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(UsageError, match="graphkit load"):
        Workspace.open(tmp_path)
