"""The finding that a chart shows: what it says is the chart's title."""

from collections.abc import Collection, Sequence

from graphkit.findings import Finding, Level


def told_of(findings: Sequence[Finding], subject: str, kinds: Collection[str]) -> Finding | None:
    """The gravest finding of some kinds about somebody; None where nothing is told.

    Args:
        findings: What was found, the gravest first.
        subject: Id of a company, industry or process.
        kinds: Kinds of finding.
    """
    told = (
        one
        for one in findings
        if one.kind in kinds and one.subject.id == subject and one.level is not Level.CANNOT_TELL
    )
    return next(told, None)
