"""How many pieces: lot sizes, price breaks, pieces a month, and bare counts."""

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
from nlp.lexicon_files import read_lexicon

_PIECES: Final = (
    r"(?:pcs?|pieces?|ea|each|units?|parts|sets?|blanks|off|assys?|kits?|stk|st\u00fcck)\b"
)
_PER: Final = (
    r"(?:/\s?|\s(?:per|a|each|every)\s)(?P<per>mo|month|wk|week|yr|year|qtr|quarter|day)\b"
)
_OTHER_UNIT: Final = (
    r"\s?(?:%|days?|d\b|weeks?|wks?|hours?|hrs?|min|months?|am\b|pm\b|mm|in\b|inch|deg|°|thou|"
    r"tenths?|microns?|plcs?|places|lbs?|people|"
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
    r"drops|deliveries|shipments|installments|lines|items|donuts|beers|kids|visits|visitors|tons|pounds|lbs|stands|of|is|was|has|does|this|thus|"
    r"as|us|across|business|less|plus|process)"
)


def _pieces(match: re.Match[str]) -> Figure:
    low, high = group(match, "low", "low2"), group(match, "high")
    scale = SCALES.get(group(match, "scale").lower(), 1.0)
    if "/" in low:
        breaks = [number(part) for part in low.split("/")]
        return Figure(f"{low} ea", min(breaks), max(breaks), "ea")
    least = number(low) * scale
    most = number(high) * scale if high else None
    shown = plain(least) if most is None else f"{plain(least)}-{plain(most)}"
    return Figure(f"{shown} ea{rate(group(match, 'per'))}", least, most, "ea")


def _a_year(match: re.Match[str]) -> Figure:
    """So many a year: "5k EAU"."""
    figure = _pieces(match)
    return figure._replace(canonical=f"{figure.canonical}/yr")


def _part_of(match: re.Match[str]) -> Figure:
    return Figure(f"{match['some']} of {match['all']} ea", number(match["some"]), None, "ea")


_BARE: Final = (
    rf"(?!(?:{_ALLOYS})\b)(?!(?:19|20)\d\d\b)(?P<low>\d{{1,3}},\d{{3}}|\d{{2,6}})(?P<scale>k)?\b"
    rf"(?![-/]\d)(?!{_OTHER_UNIT})"
)
"""A count without a unit: no alloy, no year, and of two digits at least."""
_ORDERING: Final = "|".join(
    rf"(?<=\b{words}\s)"
    for words in (
        "came in at",
        "penciled in for",
        "samples for",
        "released",
        "takes all",
        "full",
        "another",
        "called for",
        "quote",
        "instead of",
        "rather than",
        "vs",
        "usual",
        "still",
        "revised",
        "reads",
        "rather take",
        "we run",
        "we ran",
        "all",
        "still on for",
        "into one po of",
        "up from",
        "down from",
        "trimmed to",
        "back to",
        "cut to",
        "bumped to",
        "goes to",
        "went to",
        "split the",
        "finish the",
        "they take",
        "he takes",
        "always",
        "used to be",
        "says",
        "they say",
        "qty is",
        "lot is",
        "order =",
        "yr =",
        "year =",
        "bought",
        "takes",
        "leaves",
        "trays of",
        "penciled in",
        "a blanket of",
        "call-off is",
        "release is",
        "batch is",
        "prior was",
        "gonna be",
    )
)
_NUMBERED: Final = "".join(
    rf"(?<!\b{word}\s)"
    for word in (
        *("line", "item", "op", "lot", "hall", "room", "stand", "hwy", "suite", "phase", "level"),
        *("rev", "day", "jan", "feb", "march", "april", "may", "june", "july", "aug", "sept"),
        *("oct", "nov", "dec", "booth", "po", "so", "job", "invoice", "inv", "route", "page"),
    )
)
"""Words before a number of something that is no count: "line 3", "June 1"."""
SHAPES: Final = (
    Shape(
        "QUANTITY",
        compiled(
            r"(?<![\w.$/-])(?P<some>\d{1,6})\s(?:of|out of)\s(?:the\s)?"
            rf"(?!(?:{_ALLOYS})\b)(?P<all>\d{{1,6}})\b(?!\s?%)"
        ),
        _part_of,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<![\w.$/±-])(?<!\bfrom\s)(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?"
            rf"\s?(?P<scale>k|thousand)?\s?{_PIECES}(?:{_PER})?"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<=\bfrom\s)(?P<low>{NUMBER})\s?(?P<scale>k|thousand)?\s?{_PIECES}(?:{_PER})?"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "10 or 12 now"
        compiled(
            r"(?<![\w.$/±-])(?P<told>(?P<low>\d{1,5})\sor\s(?P<high>\d{1,5}))"
            r"(?=\s(?:now|at a time|pcs|pieces|ea|tops|max|a (?:month|week|year))\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<![\w.$/±-])(?P<told>(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k)?)"
            r"(?=\s(?:per|a|each|every)\s(?:mo|month|wk|week|yr|year|qtr|quarter|day)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<![\w.$/±-])(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?\s?(?P<scale>k|thousand)?{_PER}(?!\s(?:ago|time))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?:(?<=qty\s)|(?<=qty:\s)|(?<=qty\.\s)|(?<=quantity\s)|(?<=lots\sof\s)|(?<=batches\sof\s)|"
            rf"(?<=lot\ssize\s)|(?<=lot\sof\s)|(?<=batch\sof\s)|(?<=quantities\sof\s)|(?<=order\sof\s)|"
            rf"(?<=orders\sof\s)|(?<=release\sof\s)|(?<=releases\sof\s)|(?<=moq\s))"
            rf"(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?(?P<scale>k)?\b(?!\s?(?:%|days|weeks|wks))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # What is ordered, without a unit: "PO for 8 hitch frames", "now 75 at a time", "qty (85)".
        compiled(
            r"(?:(?:\b(?:po|pos|orders?|ordered|release|releases|rfq|quote|quotes|quoting|wants?|needs?|"
            r"buys?|buying|bought)(?:\s(?:is|was|for|of|another|about|just|only|at|attached:))*\s"
            rf"(?P<told>(?!(?:{_ALLOYS})\b)(?P<low>\d{{1,3}},\d{{3}}|\d{{1,6}})(?P<scale>k)?)"
            rf"(?!{_OTHER_UNIT})(?!\s(?:[a-z-]+\s)?{_NO_PARTS}\b)"
            r"(?=\s(?!more\s)(?:[a-z-]+\s){0,2}?[a-z]{3,}s\b))"
            r"|(?:\b(?:qty|quantity)\s?[(:=]?\s?(?P<told2>(?P<low2>\d{1,3},\d{3}|\d{1,6}))\b))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            r"(?<![\w.$/±-])(?P<told>(?P<low>\d{1,3},\d{3}|\d{1,6})(?P<scale>k)?)"
            r"(?=\s(?:at a (?:time|clip|whack|throw|shot|go)|per (?:run|po|lot|shot|order)|protos?|"
            r"prototypes?|samples?|a lot|a release|a pop)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "6 fixture plates", "150 now", "120 by June": what else is counted is named.
        compiled(
            rf"(?<![\w.$€£/±#:+'-]){_NUMBERED}(?P<told>(?!(?:{_ALLOYS}|7[0-8]7)\b)(?!20[1-3]\d\b)"
            r"(?P<low>\d{1,3},\d{3}|[1-9]\d{0,5})(?:-(?P<high>\d{2,6}))?(?P<scale>k)?)"
            rf"(?!{_OTHER_UNIT})"
            rf"(?!\s(?:(?!(?:an?|per|each|every)\s)[a-z-]+\s){{0,2}}?{_NO_PARTS}\b)"
            r"(?=\s(?:[\w./-]*[\w-]\s){0,2}?[a-z]{3,}(?:s|es)\b|\s(?:now|more|by)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "cut it from 800 to 300": figures of pieces, since other units are written out.
        compiled(
            rf"(?:(?<=\bfrom\s)(?P<low>\d{{2,6}}|\d{{1,3}},\d{{3}})(?=\s(?:down\s)?to\s\d{{2,6}}(?!{_OTHER_UNIT}))"
            rf"|(?<=\d\sto\s)(?P<low2>\d{{2,6}}|\d{{1,3}},\d{{3}})\b(?!{_OTHER_UNIT}))"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            r"(?<![\w.$/±+-])(?P<low>\d{1,6}(?:/\d{1,6}){2,5})(?:\s?(?:pcs|ea|pieces))?(?![\w/])(?<!\d/\d\d\d\d)"
            r"(?<!\b[1-9]/[1-9]/2\d)(?<!\b[1-9]/\d\d/2\d)(?<!\b1\d/[1-9]/2\d)(?<!\b1\d/\d\d/2\d)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<![\w.$/±-])(?P<low>{NUMBER})(?P<scale>k)?(?=\s(?:per|a)\s(?:set|lot|batch|release)\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "25 at a time instead of 150", "came in at 3,600": what else is counted is named.
        compiled(rf"(?:{_ORDERING})(?P<told>{_BARE})(?!\s{_NO_PARTS}\b)"),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "1,900 vs 700", "12k -> 7,500", "2,000 to 1,250"
        compiled(
            rf"(?<![\w.$\u20ac\u00a3/\u00b1#:+'-])(?P<told>{_BARE})"
            r"(?=\s?(?:->|\u2192|vs\.?|versus|rather than|instead of|than|to)\s?"
            r"(?:the\s)?(?:usual\s)?\d)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?:(?<=->\s)|(?<=\u2192\s)|(?<=\d\sthan\s)|(?<=\(from\s)|(?<=\bpo:\s))(?P<told>{_BARE})"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?P<told>{_BARE})"
            rf"(?=\s(?:a\s(?:shot|throw|pop|clip|go)|instead)\b|\sof\s(?:the\s)?(?:{_ALLOYS})\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        # "40 augers last season, 55 this one", "250 every 2 weeks", "400 to start", "3000 if ..."
        compiled(
            rf"(?<![\w.$\u20ac\u00a3/\u00b1#:+'-]){_NUMBERED}(?P<told>{_BARE})"
            r"(?=\s(?:this (?:one|year|yr|season|time|month|quarter)|"
            r"every (?:other )?(?:\d|week|month|quarter)|to (?:start|begin with|follow)|firm|"
            r"on (?:po|the (?:po|tender|blanket|order))|from us|but no po|"
            r"if (?:the|they|he|she|it)|left to ship|"
            r"(?:is|was|are|were) (?:back|cut|trimmed|bumped|dead|off|cancelled|on hold|firm))\b)"
        ),
        _pieces,
    ),
    Shape(
        "QUANTITY",
        compiled(
            rf"(?<![\w.$/±-])(?P<told>(?P<low>{NUMBER})\s?(?P<scale>k)?(?P<per>)\s?)"
            r"(?=(?:eau|annual usage)\b)"
        ),
        _a_year,
    ),
    Shape(
        "QUANTITY",
        compiled(r"(?<=,\s)(?P<told>(?P<low>\d{1,3})(?P<scale>k))(?=[,.;])"),
        _pieces,
    ),
)
