import pytest
import spacy

from nlp.components import quantities
from nlp.components.document import Mention, reading


def _read(text: str, label: str) -> list[Mention]:
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_quantities", config={"labels": list(quantities.LABELS)})
    return [one for one in reading(nlp(text)).mentions if one.label == label]


@pytest.mark.parametrize(
    ("text", "canonical", "low", "high"),
    [
        ("bore +/-.0005", "±0.0005 in", -0.0127, 0.0127),
        ("bore +/- .0005 all over", "±0.0005 in", -0.0127, 0.0127),
        ("±0.0005 in", "±0.0005 in", -0.0127, 0.0127),
        ("± .010", "±0.010 in", -0.254, 0.254),
        ("±0.02 mm", "±0.02 mm", -0.02, 0.02),
        ("±5 µm", "±0.005 mm", -0.005, 0.005),
        ("plus or minus 2 thou", "±0.002 in", -0.0508, 0.0508),
        ("+/- 2 tenths", "±0.0002 in", -0.00508, 0.00508),
        ("+.001/-.000", "+0.001/-0.000 in", 0.0, 0.0254),
        ("+0/-0.01 mm", "+0/-0.01 mm", -0.01, 0.0),
        ("-0.02/+0.05 mm", "+0.05/-0.02 mm", -0.02, 0.05),
        ("OD -.0002 only", "-0.0002 in", -0.00508, 0.0),
        ("flatness .0005", "0.0005 in", 0.0, 0.0127),
        (".002 TIR", "0.002 in", 0.0, 0.0508),
        ("flat to .002", "0.002 in", 0.0, 0.0508),
        ("grind within two tenths", "0.0002 in", 0.0, 0.00508),
        ("lead a tenth and a half", "0.00015 in", 0.0, 0.00381),
        ("half a thou is plenty", "0.0005 in", 0.0, 0.0127),
        ("± 1/64", "±1/64 in", -0.396875, 0.396875),
        ("bolts ±0,02", "±0.02 mm", -0.02, 0.02),
        ("Rundlauf 0,05", "0.05 mm", 0.0, 0.05),
        ("+.018/0", "+0.018/-0 in", 0.0, 0.4572),
    ],
)
def test_a_tolerance_is_normalised_to_millimetres(
    text: str, canonical: str, low: float, high: float
) -> None:
    (found,) = _read(text, "TOLERANCE")

    assert found.canonical == canonical
    assert (found.value, found.upper) == pytest.approx((low, high), abs=1e-9)
    assert found.unit == "mm"


@pytest.mark.parametrize("text", ["scrap +/- 5%", "call 555-0199", "2.5 to 3 inches long", "-"])
def test_other_figures_are_no_tolerance(text: str) -> None:
    assert _read(text, "TOLERANCE") == []


@pytest.mark.parametrize(
    ("label", "text", "canonical", "value"),
    [
        ("TOLERANCE", "H7 bores please", "H7 fit", None),
        ("TOLERANCE", "seats h6", "h6 fit", None),
        ("TOLERANCE", "Passung H7/g6", "H7/g6 fit", None),
        ("TOLERANCE", "the vee, ±1/2°", "±0.5°", None),
        ("FINISH", "Rz 6.3", "Rz 6.3 µm", 6.3),
        ("FINISH", "std 63 finish", "Ra 63 µin", 1.6002),
        ("PAYMENT_TERMS", "30 Tage netto", "net 30", 30.0),
        ("PAYMENT_TERMS", "they pay 45 EOM", "net 45 EOM", 45.0),
        ("PAYMENT_TERMS", "pushing 60 day terms", "net 60", 60.0),
        ("QUANTITY", "then 5k EAU", "5000 ea/yr", 5000.0),
        ("PAYMENT_TERMS", "half down", "50% deposit", 50.0),
        ("MONEY", "$2.10/lb", "USD 2.10/lb", 2.1),
        ("MONEY", "EUR 4.150,00", "EUR 4150", 4150.0),
        ("MONEY", "wired eleven grand", "USD 11000", 11000.0),
        ("LEAD_TIME", "wants 6 wks on 4340 shafts", "6 wk", 42.0),
        ("LEAD_TIME", "6 Wochen", "6 wk", 42.0),
        ("LEAD_TIME", "in a fortnight", "2 wk", 14.0),
        ("QUANTITY", "400-500 counterweights", "400-500 ea", 400.0),
        ("QUANTITY", "200 Stk", "200 ea", 200.0),
        ("QUANTITY", "10 or 12 now", "10-12 ea", 10.0),
        ("FINISH", "Ra 32 or better", "Ra 32 µin", 0.8128),
        ("FINISH", "0.8 Ra", "Ra 0.8 µm", 0.8),
        ("FINISH", "Ra .4 µm", "Ra 0.4 µm", 0.4),
        ("FINISH", "harden to 58-62 HRC", "hardness 58-62 HRC", 58.0),
        ("FINISH", "Rockwell C 45", "hardness 45 HRC", 45.0),
        ("FINISH", "Rc 40-44", "hardness 40-44 HRC", 40.0),
        ("PAYMENT_TERMS", "Net 30.", "net 30", 30.0),
        ("PAYMENT_TERMS", "2% 10 net 30", "2% 10 net 30", 30.0),
        ("PAYMENT_TERMS", "2/10 net 45", "2% 10 net 45", 45.0),
        ("PAYMENT_TERMS", "50% down", "50% deposit", 50.0),
        ("PAYMENT_TERMS", "strictly COD", "COD", None),
        ("PAYMENT_TERMS", "due on receipt", "due on receipt", None),
        ("MONEY", "$40k late", "USD 40000", 40000.0),
        ("MONEY", "$1.2M", "USD 1200000", 1200000.0),
        ("MONEY", "$1.85/ea", "USD 1.85/ea", 1.85),
        ("MONEY", "€9,500.50 open", "EUR 9500.50", 9500.5),
        ("MONEY", "300 dollars", "USD 300", 300.0),
        ("LEAD_TIME", "12-14 weeks ARO", "12-14 wk", 84.0),
        ("LEAD_TIME", "10 day turn", "10 d", 10.0),
        ("LEAD_TIME", "in 3 business days", "3 d", 3.0),
        ("LEAD_TIME", "2 months out", "2 mo", 60.0),
        ("QUANTITY", "1,500 pcs", "1500 ea", 1500.0),
        ("QUANTITY", "25/50/100 ea", "25/50/100 ea", 25.0),
        ("QUANTITY", "200-300 parts", "200-300 ea", 200.0),
        ("QUANTITY", "2k/mo", "2000 ea/mo", 2000.0),
        ("QUANTITY", "lots of 40", "40 ea", 40.0),
        ("QUANTITY", "3 of 50 were bad", "3 of 50 ea", 3.0),
    ],
)
def test_a_figure_is_normalised(label: str, text: str, canonical: str, value: float | None) -> None:
    (found,) = _read(text, label)

    assert found.canonical == canonical
    assert found.value == (None if value is None else pytest.approx(value))


def test_a_release_cut_from_one_figure_to_another_has_both() -> None:
    found = _read("cut the release from 900 to 350", "QUANTITY")

    assert [one.canonical for one in found] == ["900 ea", "350 ea"]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("forecast reads 1,900 vs 700 last yr", ["1900 ea", "700 ea"]),
        ("wants 20 at a time instead of 150", ["20 ea", "150 ea"]),
        ("EAU revised 12k -> 7,500", ["12000 ea", "7500 ea"]),
        ("PO came in at 3,600!", ["3600 ea"]),
        ("still 500 a throw", ["500 ea"]),
        ("40 augers last season, 55 this one", ["40 ea", "55 ea"]),
        ("110 C110 lugs", ["110 ea"]),
        ("3,000 is back to 1,800", ["3000 ea", "1800 ea"]),
        ("revise from 120 to 75 ea, line 3 stays", ["120 ea", "75 ea"]),
    ],
)
def test_a_count_is_one_without_a_unit_where_it_is_compared_or_ordered(
    text: str, canonical: list[str]
) -> None:
    assert [one.canonical for one in _read(text, "QUANTITY")] == canonical


@pytest.mark.parametrize(
    "text",
    [
        "quote 6061 please",
        "still 2024",
        "released 30 days ago",
        "line 3 stays",
        "effective June 1 your terms change",
        "needs 25 machinists",
        "need by 6/1/26",
        "holes in 6 plcs",
        "w/ 787 fittings",
    ],
)
def test_an_alloy_a_year_and_a_time_are_no_count(text: str) -> None:
    assert _read(text, "QUANTITY") == []


@pytest.mark.parametrize(
    "text",
    [
        "open from 8 to 5 pm",
        "from 20 to 25 days",
        "6 weeks late",
        "since 2 years ago",
        "over 90 days",
    ],
)
def test_hours_and_delays_are_no_quantity_and_no_lead_time(text: str) -> None:
    assert _read(text, "QUANTITY") == []


@pytest.mark.parametrize(
    "text",
    [
        "runs 70 days",
        "last invoice closed in 9 days",
        "check came 9 days early",
        "oldest is 74 days",
        "30 days on the invoices",
        "250 every 2 wks",
        "quote valid 30 days",
        "20 days slow",
        "two tenths of a mile",
    ],
)
def test_days_in_which_somebody_pays_are_no_lead_time(text: str) -> None:
    assert _read(text, "LEAD_TIME") == _read(text, "TOLERANCE") == []


def test_only_the_kinds_asked_for_are_found() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_quantities", config={"labels": ["MONEY"]})

    labels = {one.label for one in reading(nlp("$500 for 20 pcs, net 30")).mentions}

    assert labels == {"MONEY"}
