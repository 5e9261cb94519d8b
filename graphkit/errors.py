"""Everything graphkit raises on purpose. A bug keeps its own exception and its traceback."""

from collections.abc import Iterable

_LIKE = 75.0
"""How alike a word must be to one that was typed, of 100."""


def writable(name: str) -> str:
    r"""A name of the operating system as text that any store and stream takes.

    A file's name may be no text, as in a folder copied from an old machine; Python then keeps its
    bytes as halves of characters.

    >>> writable("Br\udcfccke.csv")
    'Br?cke.csv'
    """
    return name.encode(errors="replace").decode()


class GraphkitError(Exception):
    """Something a user can cause and mend: says where, what, and what to do next.

    Args:
        message: What is wrong, in one sentence.
        where: File, row and column, or an address; empty when the message says it.
        next_step: A command or action that mends it; empty when there is none.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", next_step: str = "") -> None:
        self.message = message
        self.where = where
        self.next_step = next_step
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        if self.next_step:
            text = f"{text}{'' if text.endswith(('.', '!', '?')) else '.'} Try: {self.next_step}"
        return writable(text)


class UsageError(GraphkitError):
    """A wrong argument, option or setting."""

    exit_code = 2


class UnknownNameError(UsageError):
    """No customer, type, recipe or column of that name; names the nearest ones."""

    @classmethod
    def of(cls, what: str, name: str, known: list[str], *, where: str = "") -> "UnknownNameError":
        """An error which lists what is known and suggests the nearest name.

        Args:
            what: The kind of thing, such as "customer".
            name: What was asked for.
            known: Every name that would have worked.
            where: File or setting in which the name stands.
        """
        import difflib  # noqa: PLC0415 - only when something went wrong

        folded = {item.casefold(): item for item in known}
        near = difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
        near = near or _partly(name.casefold(), folded)
        if near:
            hint = " or ".join(f"'{folded[item]}'" for item in near)
            return cls(f"No {what} '{name}'. Did you mean {hint}?", where=where)
        shown = 8
        between = "; " if any("," in one for one in known) else ", "
        some = between.join(sorted(known)[:shown]) or "none"
        more = f" and {len(known) - shown} more" if len(known) > shown else ""
        return cls(f"No {what} '{name}'. Known: {some}{more}.", where=where)


def _partly(name: str, known: Iterable[str]) -> list[str]:
    """Names with words like those that were typed: people leave the rest of a long name out.

    >>> _partly("badgr", ["badger hydraulics & controls inc.", "acme", "umber linkage ltd"])
    ['badger hydraulics & controls inc.']
    """
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only when something went wrong

    typed = name.split()
    scores = []
    for one in known:
        words = one.split()
        best = [max((ratio(each, word) for word in words), default=0.0) for each in typed]
        scores.append((-sum(best), one) if best and min(best) >= _LIKE else (0.0, ""))
    return [one for score, one in sorted(scores) if score][:3]


class UnreadableError(GraphkitError):
    """A file that is empty, of an unknown kind, or damaged."""


class StoreUnreachableError(GraphkitError):
    """The store is locked, down, or of a newer version."""

    exit_code = 3


class DatabaseUnreachableError(GraphkitError):
    """A database that a mapping asks is down, or not there."""

    exit_code = 3


class AccessRefusedError(GraphkitError):
    """The server answered, but refused the user or password, or a file may not be read."""

    exit_code = 4


class NothingLoadedError(GraphkitError):
    """There is nothing to analyse yet."""

    exit_code = 6
