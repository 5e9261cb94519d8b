"""Lot sizes, lead times, payment terms and money, normalised to pieces, days and currency."""

import re
from typing import Final

from nlp.components.figures import NUMBER, Figure, Shape, group, number, plain
from nlp.lexicon_files import read_lexicon

_DAYS: Final = {"d": 1, "wk": 7, "mo": 30}
_SCALES: Final = {
    "k": 1e3,
    "grand": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mil": 1e6,
    "million": 1e6,
}
_CURRENCIES: Final = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "bucks": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "c$": "CAD",
    "cad": "CAD",
    "chf": "CHF",
    "mxn": "MXN",
}
_RATES: Final = {
    "piece": "ea",
    "pc": "ea",
    "pcs": "ea",
    "each": "ea",
    "part": "ea",
    "unit": "ea",
    "year": "yr",
    "annum": "yr",
    "month": "mo",
    "hour": "hr",
    "week": "wk",
    "quarter": "qtr",
    "pound": "lb",
}
_TERMS: Final = {
    "c.o.d.": "COD",
    "cod": "COD",
    "cia": "prepaid",
    "prepay": "prepaid",
    "prepaid": "prepaid",
    "prepayment": "prepaid",
    "cash in advance": "prepaid",
    "cash up front": "prepaid",
    "payment up front": "prepaid",
    "due upon receipt": "due on receipt",
}
_PIECES: Final = (
    r"(?:pcs?\b|pieces?\b|ea\b|each\b|units?\b|parts\b|sets?\b|blanks\b|off\b|assys?\b|kits?\b)"
)
_PER: Final = (
    r"(?:/\s?|\s(?:per|a|each|every)\s)(?P<per>mo|month|wk|week|yr|year|qtr|quarter|day)\b"
)
_OTHER_UNIT: Final = (
    r"\s?(?:%|days?|d\b|weeks?|wks?|hours?|hrs?|min|months?|am\b|pm\b|mm|in\b|inch|deg|°|thou|lbs?|people|"
    r"employees|rpm|ipm|hp|hrc|ra\b|years?|yrs?|k?\$|\.\d|-\d)"
)
# "Wants 303 sleeves" names an alloy.
_ALLOYS: Final = "|".join(
    number
    for table in read_lexicon("materials")
    for numbers in table.get("numbers", {}).values()
    for number in numbers
)
_NO_PARTS: Final = (
    r"(?:days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|shifts?|people|guys|heads|"
    r"employees|machinists|operators|engineers|customers|vendors|suppliers|shops|competitors|"
    r"machines?|mills?|lathes?|presses|robots|cells|spindles|invoices?|bills?|checks?|orders|pos|"
    r"releases|quotes|rfqs|jobs|lots|batches|part numbers|drawings|prints|revs|miles|feet|inches|"
    r"cards|leads|badges|booths|calls|emails|meetings|times|points|percent|bucks|dollars|cents|"
    r"grand|degrees|axis|axes|holes|flutes|teeth|ports|sites|plants|buildings|floors|doors|"
    r"donuts|beers|kids|visits|visitors|tons|pounds|lbs|stands|of|is|was|has|does|this|thus|"
    r"as|us|across|business|less|plus|process)"
)
_RANGE: Final = r"\s?(?:-|to)\s?"


def _terms(match: re.Match[str]) -> Figure:
    discount = f"{match['pct']}% {match['within']} " if match["pct"] else ""
    return Figure(f"{discount}net {match['days']}", float(match["days"]), None, "days")


def _deposit(match: re.Match[str]) -> Figure:
    return Figure(f"{match['pct']}% deposit", float(match["pct"]), None, "percent")


def _named_terms(match: re.Match[str]) -> Figure:
    said = re.sub(r"\s+", " ", match[0].lower())
    return Figure(_TERMS.get(said, said))


def _rate(per: str) -> str:
    word = per.lower().strip(" ./")
    return f"/{_RATES.get(word, word)}" if word else ""


def _money(match: re.Match[str]) -> Figure:
    currency = _CURRENCIES[group(match, "sign", "code").lower()]
    scale = _SCALES.get(group(match, "scale").lower(), 1.0)
    low = number(match["low"]) * scale
    high = number(match["high"]) * scale if match["high"] else None
    shown = plain(low) if high is None else f"{plain(low)}-{plain(high)}"
    return Figure(f"{currency} {shown}{_rate(group(match, 'per', 'per2'))}", low, high, currency)


def _days(match: re.Match[str]) -> Figure:
    word = match["span"].lower()
    unit = "wk" if word.startswith("w") else "mo" if word.startswith("m") else "d"
    low, high = match["low"], match["high"]
    factor = _DAYS[unit]
    shown = f"{low}-{high} {unit}" if high else f"{low} {unit}"
    return Figure(shown, float(low) * factor, float(high) * factor if high else None, "days")


def _pieces(match: re.Match[str]) -> Figure:
    low, high = group(match, "low", "low2"), group(match, "high")
    scale = _SCALES.get(group(match, "scale").lower(), 1.0)
    if "/" in low:
        breaks = [number(part) for part in low.split("/")]
        return Figure(f"{low} ea", min(breaks), max(breaks), "ea")
    least = number(low) * scale
    most = number(high) * scale if high else None
    shown = plain(least) if most is None else f"{plain(least)}-{plain(most)}"
    return Figure(f"{shown} ea{_rate(group(match, 'per'))}", least, most, "ea")


def _part_of(match: re.Match[str]) -> Figure:
    return Figure(f"{match['some']} of {match['all']} ea", number(match["some"]), None, "ea")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SHAPES: Final = (
    Shape(
        "PAYMENT_TERMS",
        _compiled(
            r"\b(?:(?P<pct>\d(?:\.\d)?)\s?(?:%\s?/?|/)\s?(?P<within>\d{1,2})\s?(?:days?)?[\s,/]{0,2})?"
            r"\b(?:net|n)[\s/-]?(?P<days>\d{1,3})\b(?:\s?days?\b)?"
        ),
        _terms,
    ),
    Shape(
        "PAYMENT_TERMS",
        _compiled(
            r"\b(?P<pct>\d{1,3})\s?%\s(?:down|deposit|up\s?front|upfront|in advance|prepay|"
            r"with (?:the )?(?:po|order))\b"
        ),
        _deposit,
    ),
    Shape(
        "PAYMENT_TERMS",
        _compiled(
            r"\b(?:due (?:up)?on receipt|cash in advance|cash up front|payment up front|"
            r"prepay(?:ment)?|prepaid|"
            r"c\.o\.d\.|(?-i:COD|CIA))\b"
        ),
        _named_terms,
    ),
    Shape(
        "MONEY",
        _compiled(
            rf"(?P<sign>US\$|C\$|\$|€|£)\s?(?P<low>{NUMBER})(?:{_RANGE}\$?(?P<high>{NUMBER}))?"
            r"(?:\s?(?P<scale>k|mm|mil|m|million|thousand|grand)\b)?"
            r"(?:\s?(?:/|per\s|a\s(?=piece|pc|part|year|month|week|unit|lb))\s?"
            r"(?P<per>ea|each|pcs?|piece|part|unit|yr|year|annum|mo|month|wk|week|hr|hour|lb|pound|qtr|quarter)\b"
            r"|\s(?P<per2>ea|each)\b)?"
        ),
        _money,
    ),
    Shape(
        "MONEY",
        _compiled(
            rf"(?<![\w.$])(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k|m|million|thousand|grand)?\s?"
            r"(?P<code>USD|EUR|GBP|CAD|CHF|MXN|dollars|bucks|euros?)\b"
        ),
        _money,
    ),
    Shape(
        "LEAD_TIME",
        _compiled(
            rf"(?<![\w.$#-])(?P<low>\d{{1,3}})(?:{_RANGE}(?P<high>\d{{1,3}}))?[\s-]?"
            r"(?P<span>(?:business|working|calendar)\sdays?|days?|(?-i:d)|weeks?|wks?|w|months?|mos)\b"
            r"(?!\s(?:ago|old|late|behind|past|overdue|out\son|beyond|over|in business|in a row|of|"
            r"running|straight|earlier|on|before|since))"
            r"(?:(?:\sARO)?)"
        ),
        _days,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            r"(?<![\w.$/-])(?P<some>\d{1,6})\s(?:of|out of)\s(?:the\s)?(?P<all>\d{1,6})\b(?!\s?%)"
        ),
        _part_of,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            rf"(?<![\w.$/±-])(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k|thousand)?\s?{_PIECES}(?:{_PER})?"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            rf"(?<![\w.$/±-])(?P<told>(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k)?)"
            r"(?=\s(?:per|a|each|every)\s(?:mo|month|wk|week|yr|year|qtr|quarter|day)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            rf"(?<![\w.$/±-])(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k|thousand)?{_PER}(?!\s(?:ago|time))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            rf"(?:(?<=qty\s)|(?<=qty:\s)|(?<=qty\.\s)|(?<=quantity\s)|(?<=lots\sof\s)|(?<=batches\sof\s)|"
            rf"(?<=lot\ssize\s)|(?<=lot\sof\s)|(?<=batch\sof\s)|(?<=quantities\sof\s)|(?<=order\sof\s)|"
            rf"(?<=orders\sof\s)|(?<=release\sof\s)|(?<=releases\sof\s)|(?<=moq\s))"
            rf"(?P<low>{NUMBER})(?:{_RANGE}(?P<high>{NUMBER}))?(?P<scale>k)?\b(?!\s?(?:%|days|weeks|wks))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # What is ordered, without a unit: "PO for 8 hitch frames", "now 75 at a time", "qty (85)".
        _compiled(
            r"(?:(?:\b(?:po|pos|orders?|ordered|release|releases|rfq|quote|quotes|quoting|wants?|needs?|"
            r"buys?|buying|bought)(?:\s(?:is|was|for|of|another|about|just|only|at|attached:))*\s"
            rf"(?P<told>(?!(?:{_ALLOYS})\b)(?P<low>\d{{1,3}},\d{{3}}|\d{{1,6}})(?P<scale>k)?)"
            rf"(?!{_OTHER_UNIT})"
            r"(?=\s(?!more\s)(?:[a-z-]+\s){0,2}?[a-z]{3,}s\b))"
            r"|(?:\b(?:qty|quantity)\s?[(:=]?\s?(?P<told2>(?P<low2>\d{1,3},\d{3}|\d{1,6}))\b))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            r"(?<![\w.$/±-])(?P<told>(?P<low>\d{1,3},\d{3}|\d{1,6})(?P<scale>k)?)"
            r"(?=\s(?:at a (?:time|clip|whack|throw|shot|go)|per (?:run|po|lot|shot|order)|protos?|"
            r"prototypes?|samples?|a lot|a release|a pop)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "6 fixture plates", "150 now", "120 by June": what else is counted is named.
        _compiled(
            rf"(?<![\w.$€£/±#:+'-])(?P<told>(?!(?:{_ALLOYS})\b)"
            r"(?P<low>\d{1,3},\d{3}|[1-9]\d{0,5})(?P<scale>k)?)"
            rf"(?!{_OTHER_UNIT})(?!\s(?:[a-z-]+\s){{0,2}}?{_NO_PARTS}\b)"
            r"(?=\s(?:[a-z-]+\s){0,2}?[a-z]{3,}(?:s|es)\b|\s(?:now|more|by)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "cut it from 800 to 300": figures of pieces, since other units are written out.
        _compiled(
            rf"(?:(?<=\bfrom\s)(?P<low>\d{{2,6}}|\d{{1,3}},\d{{3}})(?=\s(?:down\s)?to\s\d{{2,6}}(?!{_OTHER_UNIT}))"
            rf"|(?<=\d\sto\s)(?P<low2>\d{{2,6}}|\d{{1,3}},\d{{3}})\b(?!{_OTHER_UNIT}))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            r"(?<![\w.$/±+-])(?P<low>\d{1,6}(?:/\d{1,6}){2,5})(?:\s?(?:pcs|ea|pieces))?(?![\w/])(?<!\d/\d\d\d\d)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        _compiled(
            rf"(?<![\w.$/±-])(?P<low>{NUMBER})(?P<scale>k)?(?=\s(?:per|a)\s(?:set|lot|batch|release)\b)"
        ),
        _pieces,
    ),
)
