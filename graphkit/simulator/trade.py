"""The words of the trade that a simulated shop lives in: processes, materials, shows, topics.

Processes, materials, finishes and trade shows are real, with the true days of each edition;
end customers, people and companies (see `names`) are invented.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

INDUSTRIES: Final = (
    "Aerospace",
    "Medical Devices",
    "Automotive",
    "Farm Machinery",
    "Semiconductor Equipment",
    "Oil & Gas",
    "Rail",
    "Power Generation",
    "Packaging Machinery",
    "Robotics",
    "Marine",
    "Defense",
)

# Process, and the minutes a typical piece takes on the machine.
PROCESSES: Final = {
    "CNC Milling": 9.0,
    "CNC Turning": 5.0,
    "5-Axis Milling": 16.0,
    "Swiss Turning": 2.5,
    "Wire EDM": 18.0,
    "Sinker EDM": 20.0,
    "Surface Grinding": 7.0,
    "Gear Hobbing": 8.0,
    "Honing": 5.0,
    "Laser Cutting": 2.0,
    "Waterjet Cutting": 4.0,
    "TIG Welding": 10.0,
    "Broaching": 3.5,
    "Lapping": 8.0,
}

MATERIALS: Final = (
    "6061-T6 Aluminum",
    "7075-T6 Aluminum",
    "2024 Aluminum",
    "303 Stainless",
    "304 Stainless",
    "316L Stainless",
    "17-4 PH Stainless",
    "1018 Steel",
    "4140 Steel",
    "8620 Steel",
    "Gray Iron",
    "Ductile Iron",
    "Inconel 625",
    "Inconel 718",
    "Ti-6Al-4V",
    "C360 Brass",
    "PEEK",
    "Delrin",
)

FINISHES: Final = (
    "None",
    "Anodize Type II",
    "Anodize Type III",
    "Passivation",
    "Electropolish",
    "Electroless Nickel",
    "Zinc Plating",
    "Black Oxide",
    "Powder Coat",
    "Nitriding",
    "Chem Film",
    "Manganese Phosphate",
)

# Inches either side of nominal, from loose to tight: a step of the index is about a halving.
TOLERANCES: Final = (0.01, 0.005, 0.003, 0.002, 0.001, 0.0005, 0.0002)

TOPICS: Final = (
    "5-axis machining",
    "titanium machining",
    "additive manufacturing",
    "lights-out machining",
    "micro-machining",
    "hard turning",
    "quick-turn prototyping",
    "design for manufacturability",
    "in-process inspection",
    "sustainable machining",
    "reshoring",
    "laser welding",
)

METHODS: Final = (
    "trochoidal milling",
    "cryogenic machining",
    "high-pressure coolant",
    "robotic deburring",
    "closed-loop probing",
    "ultrasonic-assisted machining",
    "laser-assisted turning",
    "minimum quantity lubrication",
    "abrasive flow machining",
    "electrochemical machining",
    "peel milling",
    "barrel-tool finishing",
    "vibration-assisted drilling",
    "palletized automation",
)

END_CUSTOMERS: Final = (
    "Halcyon Rotorcraft",
    "Meridian Orbital",
    "Calloway Surgical",
    "Lumenor Diagnostics",
    "Stratus Regional Jets",
    "Corvane Motors",
    "Ardent Electric Trucks",
    "Brightfield Combines",
    "Oxbow Tractors",
    "Silicor Wafer Tools",
    "Quantis Lithography",
    "Deepwell Completions",
    "Marlin Subsea",
    "Transprairie Rail",
    "Northgate Locomotives",
    "Helion Turbines",
    "Riverbend Hydro",
    "Snapseal Packaging",
    "Cartonix",
    "Polaris Arm Robotics",
    "Handly Cobots",
    "Seabright Yachts",
    "Tidewater Tugs",
    "Bulwark Armor",
    "Sentra Radar",
    "Vireo Drones",
    "Osteon Implants",
    "Pulsewave Cardiac",
    "Kodiak Snowplows",
    "Gantry Works",
    "Everspin Compressors",
    "Fieldmark Sprayers",
    "Lodestar Satellites",
    "Ferrow Excavators",
    "Maplecrest Elevators",
    "Novaglide Conveyors",
    "Pinion Bicycles",
    "Quillon Firearms",
    "Radian Microscopes",
    "Saltmarsh Desalination",
    "Thermalux Furnaces",
    "Umbra Cameras",
    "Vantor Cranes",
    "Westering Wind",
    "Xylo Instruments",
    "Yarrow Bottling",
    "Zephyr Gliders",
    "Blue Mesa Mining",
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a trade show: what people call the series, and its first and last day."""

    series: str
    first: dt.date
    last: dt.date

    @property
    def name(self) -> str:
        """Series and year, as in "IMTS 2024"."""
        return f"{self.series} {self.first.year}"


def _editions(series: str, *days: str) -> list[Edition]:
    """Editions from "2024-09-09/14", or "2025-09-29/10-01" across a month's end."""
    editions = []
    for text in days:
        first, last = text.split("/")
        start = dt.date.fromisoformat(first)
        until = f"{first[:5]}{last}" if "-" in last else f"{first[:8]}{last}"
        editions.append(Edition(series, start, dt.date.fromisoformat(until)))
    return editions


EDITIONS: Final = tuple(
    sorted(
        [
            *_editions("IMTS", "2022-09-12/17", "2024-09-09/14"),
            *_editions("FABTECH", "2022-11-08/10", "2023-09-11/14", "2024-10-15/17"),
            *_editions("FABTECH", "2025-09-08/11"),
            *_editions("Automate", "2022-06-06/09", "2023-05-22/25", "2024-05-06/09"),
            *_editions("Automate", "2025-05-12/15", "2026-06-22/25"),
            *_editions("RAPID + TCT", "2023-05-02/04", "2024-06-25/27", "2025-04-08/10"),
            *_editions("MD&M West", "2023-02-07/09", "2024-02-06/08", "2025-02-04/06"),
            *_editions("MD&M West", "2026-02-03/05"),
            *_editions("Offshore Technology Conference", "2023-05-01/04", "2024-05-06/09"),
            *_editions("Offshore Technology Conference", "2025-05-05/08", "2026-05-04/07"),
            *_editions("CONEXPO", "2023-03-14/18", "2026-03-03/07"),
            *_editions("WESTEC", "2023-11-07/09", "2025-10-07/09"),
            *_editions("SEMICON West", "2023-07-11/13", "2024-07-09/11", "2025-10-07/09"),
            *_editions("Farm Progress Show", "2023-08-29/31", "2024-08-27/29", "2025-08-26/28"),
            *_editions("PACK EXPO", "2023-09-11/13", "2024-11-03/06", "2025-09-29/10-01"),
            *_editions("EASTEC", "2023-05-16/18", "2025-05-13/15"),
            *_editions("Sea-Air-Space", "2023-04-03/05", "2024-04-08/10", "2025-04-06/09"),
            *_editions("EMO Hannover", "2023-09-18/23", "2025-09-22/26"),
        ],
        key=lambda edition: (edition.first, edition.series),
    )
)
SERIES: Final = tuple(sorted({edition.series for edition in EDITIONS}))
