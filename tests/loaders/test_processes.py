"""What a work centre does: as the shop says, by usual names, else its own name."""

import pytest

from loaders.processes import Process, process_of

USUAL = {
    "HAAS VF2": "CNC Milling",
    "HAAS-VF-2SS": "CNC Milling",
    "MILL 3": "CNC Milling",
    "VMC": "CNC Milling",
    "HAAS ST20": "CNC Turning",
    "LATHE2": "CNC Turning",
    "MAZAK QTN 200": "CNC Turning",
    "5AX": "5-Axis Milling",
    "5-AXIS": "5-Axis Milling",
    "SWISS 1": "Swiss Turning",
    "CITIZEN L20": "Swiss Turning",
    "WIRE EDM": "Wire EDM",
    "SINKER": "Sinker EDM",
    "EDM 2": "EDM",
    "SURF GRIND": "Surface Grinding",
    "GRIND": "Grinding",
    "SAW": "Sawing",
    "LASER": "Laser Cutting",
    "WELD": "Welding",
}


@pytest.mark.parametrize(("code", "process"), USUAL.items())
def test_usual_names_are_known(code, process):
    assert process_of([code], {}) == Process(process)


@pytest.mark.parametrize("code", ["INSP", "QC", "DEBURR", "SHIPPING", "PACK", "WASH", "PROG"])
def test_what_is_done_to_every_part_is_no_main_process(code):
    assert process_of([code], {}).supports


def test_a_name_that_nobody_knows_stays_and_the_department_tells_before_it():
    assert process_of(["ROSIE"], {}) == Process("ROSIE")
    assert process_of(["CELL 9", "GRINDING", "Machine"], {}) == Process("Grinding")
    assert process_of(["MILLERSBURG"], {}) == Process("MILLERSBURG")


def test_the_shop_is_right_and_a_star_stands_for_anything():
    shop = {"haas vf2": "Prototypes", "cell*": "Deburring"}

    assert process_of(["Haas VF2"], shop) == Process("Prototypes")
    assert process_of(["CELL 9", "GRINDING"], shop) == Process("Deburring", supports=True)
