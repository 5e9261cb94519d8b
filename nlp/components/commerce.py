"""Lead times, payment terms and money, normalised to days and currency."""

import re
from typing import Final

from nlp.components.figures import (
    NUMBER,
    RANGE,
    SCALES,
    Figure,
    Shape,
    compiled,
    group,
    number,
    plain,
    rate,
)

_DAYS: Final = {"d": 1, "wk": 7, "mo": 30}
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
_NUMBERS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_WORDS: Final = (
    {word: float(value) for value, word in enumerate(_NUMBERS, start=1)}
    | {"a": 1.0}
    | {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0}
)
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


def _terms(match: re.Match[str]) -> Figure:
    discount = f"{match['pct']}% {match['within']} " if match["pct"] else ""
    return Figure(f"{discount}net {match['days']}", float(match["days"]), None, "days")


def _deposit(match: re.Match[str]) -> Figure:
    return Figure(f"{match['pct']}% deposit", float(match["pct"]), None, "percent")


def _month_end(match: re.Match[str]) -> Figure:
    return Figure(f"net {match['days']} EOM", float(match["days"]), None, "days")


def _part_down(match: re.Match[str]) -> Figure:
    share = {"half": 50.0, "a third": 33.0, "one third": 33.0}[match["part"].lower()]
    return Figure(f"{plain(share)}% deposit", share, None, "percent")


def _named_terms(match: re.Match[str]) -> Figure:
    said = re.sub(r"\s+", " ", match[0].lower())
    return Figure(_TERMS.get(said, said))


def _money(match: re.Match[str]) -> Figure:
    currency = _CURRENCIES[group(match, "sign", "code").lower()]
    scale = SCALES.get(group(match, "scale").lower(), 1.0)
    low = number(match["low"]) * scale
    high = number(match["high"]) * scale if match["high"] else None
    shown = _amount(low) if high is None else f"{_amount(low)}-{_amount(high)}"
    return Figure(f"{currency} {shown}{rate(group(match, 'per', 'per2'))}", low, high, currency)


def _amount(value: float) -> str:
    """Whole, or to the cent: "2.10", though prices of a piece may have more places."""
    cents = f"{value:.2f}"
    return plain(value) if value.is_integer() or float(cents) != value else cents


def _continental(match: re.Match[str]) -> Figure:
    """As continental Europe writes it: "EUR 4.150,00"."""
    value = float(match["low"].replace(".", "").replace(",", "."))
    currency = _CURRENCIES[group(match, "code").lower()]
    return Figure(f"{currency} {_amount(value)}", value, None, currency)


def _grand(match: re.Match[str]) -> Figure:
    value = _WORDS[match["low"].lower()] * 1000.0
    return Figure(f"USD {plain(value)}", value, None, "USD")


def _days(match: re.Match[str]) -> Figure:
    word = match["span"].lower()
    unit = "wk" if word.startswith("w") else "mo" if word.startswith("m") else "d"
    low, high = match["low"], match["high"]
    factor = _DAYS[unit]
    shown = f"{low}-{high} {unit}" if high else f"{low} {unit}"
    return Figure(shown, float(low) * factor, float(high) * factor if high else None, "days")


# Days that a customer takes to pay, and days of delay, are no lead time.
_NO_LEAD_TIME: Final = (
    r"(?<!\bover\s)(?<!\bpast\s)(?<!\bevery\s)(?<!\bruns\s)(?<!\bran\s)(?<!\boldest\sis\s)"
    r"(?<!\bpays\sin\s)(?<!\bpaid\sin\s)(?<!\bpays\sat\s)(?<!\bclosed\sin\s)(?<!\bcheck\scame\s)"
    r"(?<!\bvalid\s)(?<!\bvalid\sfor\s)(?<!\bgood\sfor\s)(?<!\bopen,\s)(?<!\bopen\s)(?<!\bpushing\s)"
    r"(?<!\bpaying\sin\s)(?<!\bpaying\sat\s)(?<!\baveraging\s)(?<!\baverages\s)(?<!\bpays\s)"
)
SHAPES: Final = (
    Shape(
        "PAYMENT_TERMS",
        compiled(r"\b(?P<days>\d{1,3})\s(?:tage|days)\s(?:netto|net)\b(?P<pct>)"),
        _terms,
    ),
    Shape(
        "PAYMENT_TERMS",
        compiled(r"\b(?P<days>\d{2,3})[\s-]days?\s(?=terms\b)(?P<pct>)"),
        _terms,
    ),
    Shape("PAYMENT_TERMS", compiled(r"\b(?:net\s?)?(?P<days>\d{2,3})\s?(?-i:EOM)\b"), _month_end),
    Shape(
        "PAYMENT_TERMS",
        compiled(
            r"\b(?P<part>half|a third|one third)\s(?:down|up\s?front|with (?:the )?(?:po|order))\b"
        ),
        _part_down,
    ),
    Shape(
        "PAYMENT_TERMS",
        compiled(
            r"\b(?:(?P<pct>\d(?:\.\d)?)\s?(?:%\s?/?|/)\s?(?P<within>\d{1,2})\s?(?:days?)?[\s,/]{0,2})?"
            r"\b(?:net|n)[\s/-]?(?P<days>\d{1,3})\b(?:\s?days?\b)?"
        ),
        _terms,
    ),
    Shape(
        "PAYMENT_TERMS",
        compiled(
            r"\b(?P<pct>\d{1,3})\s?%\s(?:down|deposit|up\s?front|upfront|in advance|prepay|"
            r"with (?:the )?(?:po|order))\b"
        ),
        _deposit,
    ),
    Shape(
        "PAYMENT_TERMS",
        compiled(
            r"\b(?:due (?:up)?on receipt|cash in advance|cash up front|payment up front|"
            r"prepay(?:ment)?|prepaid|"
            r"c\.o\.d\.|(?-i:COD|CIA))\b"
        ),
        _named_terms,
    ),
    Shape(
        "MONEY",
        compiled(r"(?:\b(?P<code>EUR|CHF|GBP|USD)|€)\s?(?P<low>\d{1,3}(?:\.\d{3})*,\d\d)(?!\d)"),
        _continental,
    ),
    Shape("MONEY", compiled(rf"\b(?P<low>{'|'.join(_WORDS)})\sgrand\b"), _grand),
    Shape(
        "MONEY",
        compiled(
            rf"(?P<sign>US\$|C\$|\$|€|£)\s?(?P<low>{NUMBER})(?:{RANGE}\$?(?P<high>{NUMBER}))?"
            r"(?:\s?(?P<scale>k|mm|mil|m|million|thousand|grand)\b)?"
            r"(?:\s?(?:/|per\s|a\s(?=piece|pc|part|year|month|week|unit|lb))\s?"
            r"(?P<per>ea|each|pcs?|piece|part|unit|yr|year|annum|mo|month|wk|week|hr|hour|lb|pound|qtr|quarter)\b"
            r"|\s(?P<per2>ea|each)\b)?"
        ),
        _money,
    ),
    Shape(
        "MONEY",
        compiled(
            rf"(?<![\w.$])(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k|m|million|thousand|grand)?\s?"
            r"(?P<code>USD|EUR|GBP|CAD|CHF|MXN|dollars|bucks|euros?)\b"
        ),
        _money,
    ),
    Shape(
        "LEAD_TIME",
        compiled(r"(?<=\ba\s)fortnight\b"),
        lambda _: Figure("2 wk", 14.0, None, "days"),
    ),
    Shape(
        "LEAD_TIME",
        compiled(
            rf"(?<![\w.$#-]){_NO_LEAD_TIME}(?P<low>\d{{1,3}})(?:{RANGE}(?P<high>\d{{1,3}}))?[\s-]?"
            r"(?P<span>(?:business|working|calendar)\sdays?|days?|(?-i:d)|weeks?|wks?|w|months?|mos|"
            r"wochen?|tagen?|monaten?)\b"
            r"(?!\s(?:ago|old|late|behind|past|overdue|out\son|beyond|over|in business|in a row|of|"
            r"running|straight|slow|terms|open|delinquent|outstanding|earl(?:y|ier)|before|since|"
            r"weeks?|every|to pay|"
            r"on\s(?:(?:an?|the|their|our|this|that|every|each|all)\s)?(?:\w+\s)?"
            r"(?:invoices?|bills?|payments?|accounts?|average|avg|job|dock|machine)))"
            r"(?:(?:\sARO)?)"
        ),
        _days,
    ),
)
