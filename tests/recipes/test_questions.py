"""Which recipe answers which question of a shop."""

from graphkit import recipes

ANSWERS = {
    "What, when and how much do customers order?": ("ordered", "customers"),
    "Who are their customers?": ("customers-of-customers", "concentration", "picture-supply"),
    "Which customers pay late, and since when?": ("who-pays-late", "open-balances"),
    "Which markets and industries pay late, and since when?": ("late-industries",),
    "Who leans to certain processes?": ("process-leanings",),
    "Who asks for tighter tolerances?": ("tighter-tolerances",),
    "Who leans to certain finishes?": ("finish-leanings",),
    "Who orders which material?": ("materials",),
    "Who orders smaller lots more often?": ("smaller-lots",),
    "Who works on interesting projects, with which new methods?": ("new-methods",),
    "Who was at which trade show?": ("trade-shows", "picture-shows"),
    "Who keeps opening mail on one topic, and may plan to grow in it?": (
        "one-topic",
        "read-about",
        "picture-topics",
    ),
    "Where will volume go, and will capacity hold?": ("will-capacity-hold", "machine-hours"),
    "Who orders less than before?": ("slowing-customers",),
    "Who is in rough times, with orders down and payments late?": ("rough-times",),
    "Are several customers of one industry, so that the industry is?": ("slowing-industries",),
    "How do plain lists become paths between companies?": ("path", "whom-we-know", "picture-chain"),
    "Who is alike?": ("near", "clusters", "picture-clusters", "picture-industries"),
    "From whom does word spread, and to whom?": ("heard-from", "who-reaches-whom"),
    "What is said of how customers are doing?": ("signals",),
    "What do we quote, and lose?": ("lost-quotes",),
    "What was found, and what changed since?": ("findings", "changed-findings", "picture-alarming"),
    "What is known of one company?": ("picture-company",),
    "From which row of which file does a figure come?": ("where-from",),
}


def test_every_question_has_a_recipe_and_every_recipe_a_question():
    answering = {name for names in ANSWERS.values() for name in names}

    assert answering == set(recipes.recipes())
