"""Words of which invented companies and people are made."""

from typing import Final

FIRST: Final = (
    "Alderbrook",
    "Amberline",
    "Aurora Falls",
    "Basswood",
    "Birchmont",
    "Bluestem",
    "Brightwater",
    "Cinder Hill",
    "Cobalt Ridge",
    "Copperleaf",
    "Cranmore",
    "Dunmore",
    "Elkhorn",
    "Emberton",
    "Fairlead",
    "Fernhill",
    "Flintridge",
    "Gale Point",
    "Glenwater",
    "Goldfinch",
    "Graymoor",
    "Hawthorn",
    "Hazelton",
    "Hickory Bend",
    "Indigo",
    "Ironbark",
    "Jessamine",
    "Merlin",
    "Kingfisher",
    "Larkspur",
    "Linden",
    "Longmeadow",
    "Marigold",
    "Marsh Hawk",
    "Millstone",
    "Drumlin",
    "Mosswood",
    "Nighthawk",
    "Oakhurst",
    "Osprey",
    "Otter Tail",
    "Palisade",
    "Pepperidge",
    "Plover",
    "Quill Lake",
    "Ravenna",
    "Rockledge",
    "Rosewood",
    "Saltbox",
    "Sandhill",
    "Spruce Knob",
    "Starling",
    "Sumac",
    "Sycamore",
    "Teal Bay",
    "Thistle",
    "Thornbury",
    "Timberlane",
    "Trillium",
    "Umber",
    "Violet Hill",
    "Walnut Grove",
    "Wexford",
    "Wheatland",
    "Winterset",
    "Yarrow",
)
SECOND: Final = (
    "Avionics",
    "Bearings",
    "Castings",
    "Conveyors",
    "Couplings",
    "Cryogenics",
    "Devices",
    "Dispensing",
    "Drivetrain",
    "Dynamics",
    "Engineering",
    "Fabrication",
    "Fasteners",
    "Filtration",
    "Gearworks",
    "Handling",
    "Hoists",
    "Industries",
    "Kinetics",
    "Linkage",
    "Machine Works",
    "Manufacturing",
    "Mechatronics",
    "Metrology",
    "Optics",
    "Pneumatics",
    "Power Systems",
    "Process Technologies",
    "Products",
    "Propulsion",
    "Sealing",
    "Servo Systems",
    "Spindles",
    "Technologies",
    "Thermal",
    "Tool & Die",
    "Vacuum",
    "Vehicles",
)
QUALIFIERS: Final = ("", "North ", "Upper ", "Great ", "Lower ", "West ", "Old ", "East ")
LEGAL: Final = {
    "LLC": ("LLC", "L.L.C.", "LLC", "Company LLC"),
    "Inc": ("Inc", "Inc.", "Incorporated", "Inc"),
    "Corp": ("Corp", "Corp.", "Corporation", "Corp"),
    "Co": ("Co", "Co.", "Company", "Co"),
    "Ltd": ("Ltd", "Ltd.", "Limited", "Ltd"),
}
SHORT: Final = {
    "Manufacturing": "Mfg",
    "Engineering": "Eng",
    "Technologies": "Tech",
    "Industries": "Ind",
    "Systems": "Sys",
    "Fabrication": "Fab",
    "Products": "Prod",
    "Dynamics": "Dyn",
}
GIVEN: Final = tuple(
    (  # noqa: SIM905 - a word a line would fill pages
        "Abner Ana Arlo Bettina Boyd Brianna Calvin Celeste Clint Dinah Darius Delia Dwight Edie "
        "Elena Emmett Farah Felix Gemma Glenn Hattie Horace Imani Irene Jasper Joanna Keiko "
        "Kendrick Lars Leona Lionel Mabel Marcus Minh Nadia Nolan Odette Omar Paige Percy Quentin "
        "Renata Rosalind Rufus Saul Selma Tariq Thea Ursula Vernon Vikram Wanda Wendell Xenia "
        "Yolanda Zachary "
    ).split()
)
FAMILY: Final = tuple(
    (  # noqa: SIM905 - a word a line would fill pages
        "Abernathy Alvarado Bancroft Bjornstad Castellano Chaudhry Crowley Dahl Delacroix Eastman "
        "Engstrom Fairbanks Fontaine Garrity Goldberg Halloran Hendricks Ibarra Jablonski Kaminski "
        "Kowalczyk Lachance Lindqvist Macalister Mbeki Montoya Nakamura Nordstrom Oduya Ostrowski "
        "Pettigrew Pruitt Quintero Rasmussen Rosario Sandoval Sorensen Tanaka Thibodeaux Underhill "
        "Valdez Vanderberg Whitlock Wozniak Yamada Zielinski "
    ).split()
)
SALESPEOPLE: Final = ("Nell Garrity", "Theo Lindqvist", "Rosa Montoya", "Walt Pruitt")
TITLES: Final = (
    "Buyer",
    "Senior Buyer",
    "Supply Chain Manager",
    "Manufacturing Engineer",
    "Design Engineer",
    "Quality Manager",
    "Plant Manager",
    "VP Operations",
)
CITIES: Final = (
    "Akron",
    "Appleton",
    "Boise",
    "Chattanooga",
    "Dayton",
    "Decatur",
    "Duluth",
    "Fort Wayne",
    "Grand Rapids",
    "Greenville",
    "Hartford",
    "Huntsville",
    "Lancaster",
    "Peoria",
    "Rochester",
    "Rockford",
    "Spokane",
    "Toledo",
    "Wichita",
    "Worcester",
)
