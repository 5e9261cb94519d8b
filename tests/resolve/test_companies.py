from graphkit.resolve.companies import company_name


def test_the_domain_tells_the_right_spelling_from_the_one_most_often_typed():
    spellings = ["Eastmeere Gauges", "Eastmeere Gauges", "EASTMERE GAUGES LTD"]
    assert company_name(spellings, "?", ["eastmeregauges.com"]) == "Eastmere Gauges Ltd"


def test_without_a_domain_the_words_most_often_typed_are_the_name():
    assert company_name(["Copperleaf Tool", "Copperleaf Tool", "Coperleaf Tool"], "?") == (
        "Copperleaf Tool"
    )
