"""Sentences of a profile: none without the rows, the finding or the decision that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.analyses.clustering.words import sentence
from graphkit.findings import Finding


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it comes from.

    Attributes:
        text: As a reader reads it.
        sources: The rows that say so, "file_id:row" each.
        finding: The finding that says so.
        basis: What else says so, such as a decision of yours or a search that found nothing.
        quote: The words of a text that say so.
        advice: What to do about it.
        unknown: Whether it says that something is not known.
    """

    text: str
    sources: tuple[str, ...] = ()
    finding: Finding | None = None
    basis: str = ""
    quote: str = ""
    advice: str = ""
    unknown: bool = False

    def __post_init__(self) -> None:
        if not (self.sources or self.finding or self.basis or self.unknown):
            raise ValueError(f"a sentence needs a source: {self.text}")


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences that answer one question about a customer.

    Attributes:
        key: Its name for programs, such as pays.
        title: Its heading, such as "How it pays".
        sentences: Never empty: what is not known is said.
        remark: What a reader should mind.
    """

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    remark: str = ""


def told(finding: Finding, *, advice: bool = False) -> Sentence:
    """A finding as a sentence.

    Args:
        finding: The finding.
        advice: Whether to say what to do as well.
    """
    return Sentence(
        sentence(finding.statement), finding=finding, advice=finding.advice if advice else ""
    )


def first_of(names: Sequence[str], shown: int) -> list[str]:
    """The first names, and how many more there are.

    >>> first_of(["a", "b", "c"], 1)
    ['a', '2 more']
    """
    more = len(names) - shown
    return [*names[:shown], f"{more} more"] if more > 0 else list(names)
