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
_COMMA: Final = r"0,\d{1,4}(?!\d)"
"""A figure in millimetres as continental Europe writes it: "0,02"."""
_COUNTS: Final = {
    word: float(value)
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
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


def _comma(match: re.Match[str]) -> Figure:
    size = float(match["size"].replace(",", "."))
    if "±" in match[0] or "+" in match[0]:
        return Figure(f"±{plain(size)} mm", -size, size, "mm")
    return Figure(f"{plain(size)} mm", 0.0, size, "mm")


def _spelled_out(match: re.Match[str]) -> Figure:
    """A figure in words: "two tenths", "a tenth and a half", "half a thou"."""
    count = _COUNTS.get((match["count"] or "one").lower(), 1.0)
    if match["half_a"]:
        count = 0.5
    elif "half" in match[0].lower():
        count += 0.5
    unit = "thou" if group(match, "unit", "unit2", "unit3").lower()[:4] == "thou" else "tenths"
    shown, factor, to_mm = _UNITS[unit]
    return Figure(f"{plain(count * factor)} {shown}", 0.0, count * to_mm, "mm")


def _fraction(match: re.Match[str]) -> Figure:
    """A fraction of an inch: "±1/64"."""
    size = number(match["top"]) / number(match["bottom"]) * MM_PER_INCH
    return Figure(f"±{match['top']}/{match['bottom']} in", -size, size, "mm")


def _angle(match: re.Match[str]) -> Figure:
    size = number(match["top"]) / number(match["bottom"] or "1")
    return Figure(f"±{plain(size)}°")


def _down_to_size(match: re.Match[str]) -> Figure:
    """Up by so much and down by nothing: "+0.018/0"."""
    size = number(match["size"])
    unit, factor, to_mm = _unit(group(match, "unit"), size)
    return Figure(f"+{_shown(match['size'], factor)}/-0 {unit}", 0.0, size * to_mm, "mm")


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
    size = group(match, "size", "size2", "size3")
    value = number(size)
    unit = group(match, "unit", "unit2").lower()
    inches = unit.endswith(("in", "inch", "inches"))
    metric = not inches and (bool(unit) or value < _FINEST_MICROINCH or match[0].startswith("Rz"))
    micrometres = value if metric else value * _UM_PER_MICROINCH
    kind = "Rz" if match[0].startswith("Rz") else "Ra"
    return Figure(
        f"{kind} {_shown(size, 1.0)} {'µm' if metric else 'µin'}", micrometres, None, "um"
    )


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


_SMALL: Final = r"(?:tenths?|thou|thousandths?)"
_FORMS: Final = (
    r"flatness|flat\s+(?:to|within)|parallel(?:ism)?(?:\s+(?:to|within))?|perpendicular(?:ity)?|"
    r"true\s+position|position|runout|tir|concentricity|cylindricity|roundness|profile|straightness|"
    r"squareness|taper|within|hold(?:ing)?|rundlauf|ebenheit|rechtwinkligkeit"
)

SHAPES: Final = (
    Shape("TOLERANCE", re.compile(rf"{_PLUS_MINUS}\s?(?P<size>{_COMMA})", re.IGNORECASE), _comma),
    Shape(
        "TOLERANCE",
        re.compile(rf"\b(?:{_FORMS})\s(?:of\s)?(?P<told>(?P<size>{_COMMA}))", re.IGNORECASE),
        _comma,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            rf"{_PLUS_MINUS}\s?(?P<top>{NUMBER})(?:/(?P<bottom>\d{{1,3}}))?\s?(?:°|deg(?:rees?)?\b)",
            re.IGNORECASE,
        ),
        _angle,
    ),
    Shape(
        "TOLERANCE",
        re.compile(rf"{_PLUS_MINUS}\s?(?P<top>[1-9])/(?P<bottom>\d{{1,3}})(?!\d)", re.IGNORECASE),
        _fraction,
    ),
    Shape(
        "TOLERANCE",
        re.compile(rf"(?<![\w.)-])\+\s?(?P<size>0?\.\d+)\s?/\s?0(?![\d.]){_UNIT}", re.IGNORECASE),
        _down_to_size,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            rf"\b(?:(?P<told>(?P<count>{'|'.join(_COUNTS)})\s(?P<unit>{_SMALL})(?:\sand\sa\shalf)?)"
            rf"|a\s(?P<told2>(?P<unit2>{_SMALL})(?:\sand\sa\shalf)?)"
            rf"|(?P<half_a>half\sa\s(?P<unit3>{_SMALL})))\b(?!\sof\b)",
            re.IGNORECASE,
        ),
        _spelled_out,
    ),
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
            rf"\b(?:{_FORMS}|tol(?:erance)?)\s(?:of\s|is\s)?"
            rf"(?P<told>(?P<size>\.0\d*|0\.0\d*|\d+(?=\s?(?:tenths|thou|microns?|µm|μm|um))){_UNIT})",
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
            r"(?=\s(?:fits?|bore|hole|shaft|bores|holes|shafts|tolerance|ream|reamed|seats?|"
            r"(?:on|for|in)\s(?:the\s|all\s)?(?:bores?|holes?|shafts?|ids?|ods?|journals?|spigots?))\b)"
        ),
        _fit,
    ),
    Shape(
        "TOLERANCE",
        re.compile(
            r"\b(?i:bores?|holes?|shafts?|spigots?|journals?|pins?|diameters?|dia|ids?|ods?|ream(?:ed)?|"
            r"seats?|fits?|passung|bohrung|welle|bushings?|dowels?)"
            r"(?:\s(?:to|are|is|at|with|in))?\s(?P<told>(?P<fit>(?:H[6-9]|H1[01]|[efghkmnprs][5-9])(?:/[a-z]\d)?))\b"
        ),
        _fit,
    ),
    Shape(
        "TOLERANCE",
        re.compile(r"\b(?P<fit>(?:H[5-9]|H1[01]|[A-Z][5-9])/[a-z]{1,2}\d{1,2})\b"),
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
            rf"(?:Ra|RMS)\b|(?<![\w.#-])(?P<size3>8|16|32|63|125|250)\s(?:micro)?finish\b",
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
