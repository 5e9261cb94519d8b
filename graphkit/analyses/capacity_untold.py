"""How it is told that nobody can say whether capacity will hold, and what it takes to say it."""

from graphkit.analyses.evidence_cypher import lines_of
from graphkit.analyses.measures.machine_hours import MachineHours
from graphkit.analyses.wording import FAR, counted, quoted, when_enough
from graphkit.findings import Evidence, Finding, Level
from graphkit.snapshot import Snapshot
from graphkit.statistics.forecasting import MONTHS_NEEDED
from graphkit.statistics.smoothing import YEAR


def no_capacity(snap: Snapshot, hours: MachineHours, kind: str) -> Finding:
    """That it cannot be told, since no capacity is stated, and what to write where.

    Args:
        snap: The graph.
        hours: What was ordered so far.
        kind: What it would be called.
    """
    months = hours.panel.months
    lately = slice(max(months - YEAR, 0), months)
    usual = hours.hours[:, lately].mean(axis=1)
    busiest = int(usual.argmax())
    subject = hours.processes[busiest]
    return Finding(
        kind=kind,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"Whether {subject.name} or another process will run over its capacity cannot be"
            " told: no capacity is stated. In graphkit.toml, under [capacity], add the machine"
            f" hours that each has a month, such as {quoted(subject.name)} = 640."
        ),
        as_of=snap.as_of,
        evidence=(
            Evidence(
                f"hours a month of {subject.name} in the last year",
                round(float(usual[busiest]), 1),
                "hours",
                hours.sources(busiest, lately.start, lately.stop),
            ),
        ),
        n=months,
        test="needs [capacity] in graphkit.toml",
        cypher=lines_of(subject),
    )


def too_little(
    snap: Snapshot, hours: MachineHours, kind: str, process: int, capacity: float
) -> Finding:
    """That it cannot be told of a process from less than a year, and when it can.

    Args:
        snap: The graph.
        hours: What was ordered so far.
        kind: What it would be called.
        process: Its position.
        capacity: Its hours a month.
    """
    subject, months = hours.processes[process], hours.panel.months
    last = hours.panel.month(months - 1)
    when = when_enough(last, min(MONTHS_NEEDED - months, FAR))
    return Finding(
        kind=kind,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"Whether {subject.name} will run over its {capacity:,.0f} machine hours cannot be"
            f" told from {counted(months, 'whole month')}: {YEAR} give a hint, {MONTHS_NEEDED}"
            f" are needed; {when}."
        ),
        as_of=snap.as_of,
        evidence=(
            Evidence(
                "hours so far",
                round(float(hours.hours[process].sum()), 1),
                "hours",
                hours.sources(process, 0, months),
            ),
        ),
        n=months,
        test=f"needs {MONTHS_NEEDED} whole months",
        cypher=lines_of(subject),
    )
