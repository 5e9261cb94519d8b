"""Tolerances, ISO fits, surface roughness and hardness, normalised to millimetres and micrometres.

A tolerance without a unit is in inches where it is below .5, as on American prints; a roughness
without a unit is in micrometres below 4 and in microinches above.
"""

import re
from typing import Final

from nlp.components.figures import NUMBER, Figure, Shape, group, number, plain

MM_PER_INCH: Final = 25.4
_WIDEST_INCH_TOLERANCE: Final = 0.5
_FINEST_MICROINCH: Final = 4
_UM_PER_MICROINCH: Final = 0.0254

_UNIT: Final = (
    r"(?P<unit>\s?(?:mm|millimet(?:er|re)s?|um|µm|μm|microns?|inch(?:es)?|in|thou|tenths|mils?)(?![a-z])"
    r"|\"|'')?"
)
_PLUS_MINUS: Final = r"(?:\+\s?/\s?-|\+\s?-|±|plus\s?(?:or|/|,)?\s?minus)"
_HARDNESS: Final = r"HRC|HRB|HRA|HR15N|Rockwell\s?[CB]|Rc|HB|HBW|BHN|Brinell|HV|Vickers|HK"
# What a unit is shown in, and millimetres in one of it.
_UNITS: Final = {
    "mm": ("mm", 1.0, 1.0),
    "um": ("mm", 0.001, 0.001),
    "in": ("in", 1.0, MM_PER_INCH),
    "thou": ("in", 0.001, MM_PER_INCH / 1000),
    "tenths": ("in", 0.0001, MM_PER_INCH / 10_000),
}
_SPELLED: Final = (
    ("um", ("um", "µ", "μ", "mic")),
    ("mm", ("mm", "milli")),
    ("thou", ("thou", "mil")),
    ("tenths", ("tenths",)),
    ("in", ("in", '"', "''")),
)


def _unit(written: str, largest: float) -> tuple[str, float, float]:
    """The unit it is shown in, the factor into it, and millimetres in one of what was written."""
    for unit, beginnings in _SPELLED:
        if written and written.lower().startswith(beginnings):
            return _UNITS[unit]
    return _UNITS["mm" if not written and largest >= _WIDEST_INCH_TOLERANCE else "in"]


def _shown(digits: str, factor: float) -> str:
    """The digits as written, since .010 says more than .01, unless the unit changes."""
    if factor != 1.0:
        return plain(number(digits) * factor)
    return f"0{digits}" if digits.startswith(".") else digits


def _symmetric(match: re.Match[str]) -> Figure:
    size = number(match["size"])
    unit, factor, to_mm = _unit(group(match, "unit"), size)
    return Figure(f"±{_shown(match['size'], factor)} {unit}", -size * to_mm, size * to_mm, "mm")


def _two_sided(match: re.Match[str]) -> Figure:
    up, down = match["up"], match["down"]
    if match["first"] == "-":
        up, down = down, up
    high, low = number(up), number(down)
    unit, factor, to_mm = _unit(group(match, "unit"), max(high, low))
    canonical = f"+{_shown(up, factor)}/-{_shown(down, factor)} {unit}"
    return Figure(canonical, -low * to_mm, high * to_mm, "mm")


def _one_sided(match: re.Match[str]) -> Figure:
    sign = match["sign"]
    size = number(match["size"])
    unit, factor, to_mm = _unit(group(match, "unit"), size)
    low, high = (-size * to_mm, 0.0) if sign == "-" else (0.0, size * to_mm)
    return Figure(f"{sign}{_shown(match['size'], factor)} {unit}", low, high, "mm")


def _form(match: re.Match[str]) -> Figure:
    """Flatness, position and the like: a zone of one width."""
    size = number(match["size"])
    unit, factor, to_mm = _unit(group(match, "unit"), size)
    return Figure(f"{_shown(match['size'], factor)} {unit}", 0.0, size * to_mm, "mm")


def _fit(match: re.Match[str]) -> Figure:
    return Figure(f"{match['fit']} fit")


def _material_number(match: re.Match[str]) -> Figure:
    family = (
        "stainless"
        if match["number"].startswith(("1.40", "1.41", "1.43", "1.44", "1.45"))
        else "steel"
    )
    return Figure(f"{match['number']} {family}")


def _roughness(match: re.Match[str]) -> Figure:
    size = group(match, "size", "size2")
    value = number(size)
    unit = group(match, "unit", "unit2").lower()
    inches = unit.endswith(("in", "inch", "inches"))
    metric = not inches and (bool(unit) or value < _FINEST_MICROINCH)
    micrometres = value if metric else value * _UM_PER_MICROINCH
    return Figure(f"Ra {_shown(size, 1.0)} {'µm' if metric else 'µin'}", micrometres, None, "um")


def _hardness(match: re.Match[str]) -> Figure:
    written = re.sub(r"\s", "", group(match, "scale", "scale2")).upper()
    scale = {
        "RC": "HRC",
        "ROCKWELLC": "HRC",
        "ROCKWELLB": "HRB",
        "BHN": "HB",
        "BRINELL": "HB",
        "VICKERS": "HV",
    }.get(written, written)
    low, high = group(match, "low", "low2"), group(match, "high", "high2")
    shown = f"{low}-{high}" if high else low
    return Figure(f"hardness {shown} {scale}", float(low), float(high) if high else None, scale)


_FORMS: Final = (
    r"flatness|flat\s+(?:to|within)|parallel(?:ism)?(?:\s+(?:to|within))?|perpendicular(?:ity)?|"
    r"true\s+position|position|runout|tir|concentricity|cylindricity|roundness|profile|straightness|"
    r"squareness|within|hold(?:ing)?"
)

SHAPES: Final = (
    Shape(
        "TOLERANCE",
        re.compile(
            rf"(?P<first>[+-])\s?(?P<up>{NUMBER})\s?(?:/|,|\s)\s?[+-]\s?(?P<down>{NUMBER}){_UNIT}"
            r"(?![\d])",
            re.IGNORECASE,
        ),
        _two_sided,
    ),
    Shape(
        "TOLERANCE",
        re.compile(rf"{_PLUS_MINUS}\s?(?P<size>{NUMBER})(?!\s?%){_UNIT}", re.IGNORECASE),
        _symmetric,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            rf"(?<![\w.])(?P<size>\.0\d*|0\.0\d*|\d+(?=\s?(?:tenths|thou|microns?|µm|μm|um)))"
            rf"{_UNIT}(?=\s+(?:{_FORMS}|tir|tol|tolerance))",
            re.IGNORECASE,
        ),
        _form,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            rf"(?:(?<=flatness\s)|(?<=position\s)|(?<=parallelism\s)|(?<=runout\s)|(?<=within\s)|"
            rf"(?<=holding\s)|(?<=hold\s)|(?<=profile\s)|(?<=tir\s)|(?<=concentricity\s)|"
            rf"(?<=tolerance\s)|(?<=tolerance\sof\s)|(?<=tol\s)|(?<=flatness\sof\s)|(?<=position\sof\s)|(?<=runout\sof\s))"
            rf"(?P<size>\.0\d+|0\.0\d+|\d+(?=\s?(?:tenths|thou|microns?|µm|μm|um))){_UNIT}",
            re.IGNORECASE,
        ),
        _form,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            rf"(?<![\w.)-])(?P<sign>[+-])\s?(?P<size>0?\.0\d+){_UNIT}(?!\s?[/\d])", re.IGNORECASE
        ),
        _one_sided,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            r"\b(?P<fit>(?:H[6-9]|H1[01]|[hgjkmnps][5-9]|JS\d|js\d|P7|N7)(?:/(?:[a-z]{1,2}\d))?)"
            r"(?=\s(?:fit|bore|hole|shaft|bores|holes|shafts|tolerance|ream|reamed|"
            r"(?:on|for|in)\s(?:the\s|all\s)?(?:bores?|holes?|shafts?|ids?|ods?|journals?|spigots?))\b)"
        ),
        _fit,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            r"\b(?i:bores?|holes?|shafts?|spigots?|journals?|pins?|diameters?|dia|ids?|ods?|ream(?:ed)?)"
            r"(?:\s(?:to|are|is|at|with|in))?\s(?P<told>(?P<fit>(?:H[6-9]|H1[01]|[hgkmnp][5-9])(?:/[a-z]\d)?))\b"
        ),
        _fit,
    ),
    Shape(
        "MATERIAL",
        # Material numbers of EN 10027-2: 1.44.. and the like are stainless, other 1.... steels.
        re.compile(r"(?<![\w.])(?P<number>1\.\d{4})(?![\w.])"),
        _material_number,
    ),
    Shape(
        "FINISH",
        re.compile(
            rf"\bR[az]\s?(?:of\s|<=?\s?|max\s)?(?P<size>{NUMBER})(?:\s?(?P<unit>µ?in|uin|microinch|µm|μm|um))?"
            rf"(?![\d])|(?<![\w.])(?P<size2>{NUMBER})\s?(?P<unit2>µin|uin|microinch|µm|μm|um)?\s?"
            rf"(?:Ra|RMS)\b",
        ),
        _roughness,
    ),
    Shape(
        "FINISH",
        re.compile(
            rf"\b(?P<scale2>{_HARDNESS})\s?(?P<low>\d{{2,3}})(?:\s?(?:-|to)\s?(?P<high>\d{{2,3}}))?\b"
            rf"|\b(?P<low2>\d{{2,3}})(?:\s?(?:-|to)\s?(?P<high2>\d{{2,3}}))?\s?(?P<scale>{_HARDNESS})\b",
            re.IGNORECASE,
        ),
        _hardness,
    ),
)
