import pytest

from nlp.topics import Line, TopicBook, topic_id


def _topic(text: str, path: str = "") -> str | None:
    return TopicBook().assign([Line("x", text, path)])["x"]


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ("7 tips for thread whirling", "thread whirling"),
        ("Five tips on trepanning", "trepanning"),
        ("Case study: Dry Machining", "dry machining"),
        ("What's new in spindle probes", "spindle probes"),
        ("RE: [News] A buyer's guide to cold forging", "cold forging"),
        ("Webinar: what you need to know about CMMC", "CMMC"),
        ("Knurling 101", "knurling"),
        ("DFM in practice", "design for manufacturability"),
        ("Titanium machining - spring update", "titanium machining"),
        ("How our team cut burrs with robotic deburring in one shift", "robotic deburring"),
    ],
)
def test_a_subject_gives_its_topic_away(subject: str, topic: str) -> None:
    assert _topic(subject) == topic


@pytest.mark.parametrize(
    ("title", "path", "topic"),
    [
        ("Near-Net Forgings | Bolt Works", "/resources/near-net-forgings", "near-net forgings"),
        ("", "/blog/2024/05/thread-whirling-tips.html", "thread whirling"),
        ("", "/articles/what-is-cold-forging?utm=x", "cold forging"),
        ("Wire EDM", "/capabilities/wire-edm/", "wire EDM"),
    ],
)
def test_a_page_gives_its_topic_away(title: str, path: str, topic: str) -> None:
    assert _topic(title, path) == topic


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("March 2025 newsletter 2", ""),
        ("Happy holidays from all of us", ""),
        ("Meet Ann, our new buyer", ""),
        ("", "/"),
        ("About us", "/about"),
        ("Jobs", "/careers/second-shift-machinist"),
        ("", ""),
    ],
)
def test_what_is_about_nothing_stays_unassigned(text: str, path: str) -> None:
    assert _topic(text, path) is None


def test_lines_help_each_other() -> None:
    lines = [Line("a", "Case study: trepanning"), Line("b", "Our trepanning story so far")]

    assert TopicBook().assign(lines) == {"a": "trepanning", "b": "trepanning"}


def test_every_spelling_of_a_topic_has_one_id() -> None:
    assert topic_id("Near-Net Castings") == topic_id("near net casting")
