"""The questions that a shop asks, what it takes to answer each, and the command that does."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question and what it takes to answer it.

    Attributes:
        text: As a shop would ask it.
        ask: The command that answers it.
        needs: Groups of TYPE or TYPE.column; one of each group must have a value.
        recipe: What answers it in Neo4j Browser, too; empty where nothing does.
        without: What tells of it where there is no Neo4j; empty when the command needs none.
        texts: Whether notes, posts and projects, once read, add to the answer.
    """

    text: str
    ask: str
    needs: tuple[tuple[str, ...], ...]
    recipe: str = ""
    without: str = ""
    texts: bool = False


_MAP = "graphkit map"
_PAID = (("Invoice.due_on",), ("Payment", "Invoice.paid_on", "PaidBetween"))

QUESTIONS = (
    Question(
        "What, when and how much do customers order?",
        "graphkit orders",
        (("Order",),),
        recipe="ordered",
    ),
    Question(
        "Who pays late, and since when?",
        "graphkit payments",
        _PAID,
        recipe="who-pays-late",
    ),
    Question(
        "Which industries pay late?",
        "graphkit payments --by industry",
        (*_PAID, ("Company.industry",)),
        recipe="late-industries",
    ),
    Question(
        "What is open and overdue, by customer and industry?",
        "graphkit payments --by customer",
        (("Invoice.due_on",),),
        recipe="open-balances",
    ),
    Question(
        "Who is in rough times (orders down and payments late)?",
        "graphkit slowdown",
        (("Order",), *_PAID),
        recipe="rough-times",
    ),
    Question(
        "Is a whole industry slowing down?",
        "graphkit slowdown",
        (("Order",), ("Company.industry",)),
        recipe="slowing-industries",
    ),
    Question(
        "Which customers are alike?",
        "graphkit clusters",
        (("OrderLine.process",),),
        recipe="clusters",
        texts=True,
    ),
    Question(
        "What is the typical customer of a cluster?",
        "graphkit persona CLUSTER",
        (("OrderLine.process",),),
        texts=True,
    ),
    Question(
        "What is known of one customer?",
        "graphkit profile COMPANY",
        (("Order", "Invoice"),),
        texts=True,
    ),
    Question(
        "Who looks like a customer, or does not buy yet and does?",
        "graphkit similar COMPANY",
        (("OrderLine.process", "Company.industry"),),
        texts=True,
    ),
    Question(
        "Who leans to which process?",
        "graphkit leanings",
        (("OrderLine.process",),),
        recipe="process-leanings",
    ),
    Question(
        "Who orders which kind of material?",
        "graphkit orders --by material",
        (("OrderLine.material",),),
        recipe="materials",
    ),
    Question(
        "Who leans to which finish?",
        "graphkit leanings",
        (("OrderLine.finish",),),
        recipe="finish-leanings",
    ),
    Question(
        "Who asks for tighter tolerances?",
        "graphkit leanings",
        (("OrderLine.tolerance",),),
        recipe="tighter-tolerances",
    ),
    Question(
        "Who orders smaller lots more often?",
        "graphkit leanings",
        (("OrderLine",),),
        recipe="smaller-lots",
    ),
    Question(
        "What do we quote, win and lose?",
        "graphkit quotes --by customer",
        (("Quote",),),
        recipe="lost-quotes",
    ),
    Question(
        "Who are our customers' customers?",
        "graphkit query run customers-of-customers",
        (("Supplies",),),
        without=_MAP,
        recipe="customers-of-customers",
        texts=True,
    ),
    Question(
        "How much hangs on one end customer or industry?",
        "graphkit concentration",
        (("OrderLine",), ("Supplies", "Company.industry")),
        recipe="concentration",
        texts=True,
    ),
    Question(
        "Who was at which trade show?",
        "graphkit shows",
        (("Attended",),),
        recipe="trade-shows",
        texts=True,
    ),
    Question(
        "What do people say of how customers are doing?",
        "graphkit query run signals",
        (("HasSignal",),),
        without="graphkit export graph/ (HAS_SIGNAL.csv)",
        recipe="signals",
        texts=True,
    ),
    Question(
        "Who works with new methods?",
        "graphkit query run new-methods",
        (("UsesMethod",),),
        without=_MAP,
        recipe="new-methods",
        texts=True,
    ),
    Question(
        "Who has begun to read about one topic?",
        "graphkit topics",
        (("HasTopic",), ("Opened", "Clicked", "Visited")),
        recipe="read-about",
        texts=True,
    ),
    Question(
        "Does interest spread between companies in contact?",
        "graphkit spread",
        (
            ("HasTopic",),
            ("Clicked", "Visited"),
            ("Follows", "Liked", "Shared", "Project.end_customer"),
        ),
        recipe="heard-from",
        texts=True,
    ),
    Question(
        "Who of ours could introduce us?",
        "graphkit paths COMPANY",
        (("Person",), ("TalkedTo", "Knows", "Account.owner")),
        recipe="whom-we-know",
        texts=True,
    ),
    Question(
        "Whom do we win first, so that interest reaches most others?",
        "graphkit influence",
        (("Attended", "Supplies", "Follows", "Liked", "Shared"),),
        recipe="who-reaches-whom",
        texts=True,
    ),
    Question(
        "Which process takes how many machine hours?",
        "graphkit orders --by process",
        (("OrderLine.minutes",),),
        recipe="machine-hours",
    ),
    Question(
        "How many machine hours are to come, beside the stated capacity?",
        "graphkit forecast",
        (("OrderLine.minutes",), ("OrderLine.process",)),
        recipe="will-capacity-hold",
    ),
)
