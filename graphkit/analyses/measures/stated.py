"""What a shop states of its processes in graphkit.toml."""

from collections.abc import Mapping

from graphkit.errors import UnknownNameError
from graphkit.schema import Process
from graphkit.snapshot import Snapshot


def by_process(snap: Snapshot, stated: Mapping[str, float], section: str) -> dict[str, float]:
    """What is stated, by the id of the process; upper and lower case are the same.

    Args:
        snap: Needs Process. One that nobody has ordered by the day is known too.
        stated: By the name of the process.
        section: Where it stands, such as [capacity].

    Raises:
        UnknownNameError: A process is none that the shop has; names the nearest.
    """
    rows = snap.frame(Process)
    known = {name.casefold(): one for one, name in zip(rows["id"], rows["name"], strict=True)}
    for name in stated:
        if name.casefold() not in known:
            raise UnknownNameError.of(
                "process", name, sorted(rows["name"]), where=f"graphkit.toml, {section}"
            )
    return {known[name.casefold()]: value for name, value in stated.items()}
