"""What a material is: 17-4 PH is stainless steel is steel. Needs no spaCy.

The families stand in `lexicons/materials.toml`, and in the shop's own file of that name.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from graphkit.batch import Batch
from graphkit.errors import UnreadableError
from graphkit.schema import Material
from nlp.components.phrases import PhraseTable, words
from nlp.lexicon_files import read_lexicon

_SPELLINGS: Final = ("terms", "exact", "numbers")


class Families:
    """Knows materials however they are written, and the family of each.

    Args:
        folder: The shop's own folder of lexicon files.

    Raises:
        UnreadableError: A material is in two families, or a family is its own.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._family: dict[str, str] = {}
        self._spelled: PhraseTable[str] = PhraseTable()
        for table in read_lexicon("materials", folder):
            self._learn(table)

    def _learn(self, table: Mapping[str, Any]) -> None:
        families = table.get("families", {})
        members = [(one, family) for family, those in families.items() for one in those]
        if len(members) != len(dict(members)):
            twice = sorted({one for one, family in members if family != dict(members)[one]})
            raise _wrong(f"{', '.join(twice)}: in more than one family")
        self._family |= dict(members)
        for name in (*dict(members), *families):
            self._spelled.add(name, name)
            self._line_of(name)
        for part in _SPELLINGS:
            for name, spellings in table.get(part, {}).items():
                for spelling in (name, *spellings):
                    self._spelled.add(spelling, name)

    def of(self, written: str) -> list[str]:
        """What a material is, nearest first; empty for one that nobody knows.

        Args:
            written: Its name, as an export or a text has it.

        Examples:
            >>> Families().of("6061-T6 Aluminum")
            ['Al 6061-T6', 'Al 6061', 'aluminum']
            >>> Families().of("Al 6061")
            ['aluminum']
        """
        found = [name for one in self._spelled.find(written, words(written)) for name in one.values]
        # "6061-T6 Aluminum" names the alloy and its family: the alloy says more.
        line = max(map(self._line_of, found), key=len, default=[])
        return line[1:] if line and line[0] == written else line

    def nodes(self, names: Iterable[str]) -> Batch:
        """Materials with their families, and these with theirs.

        Args:
            names: As exports or texts have them.
        """
        family: dict[str, str | None] = {}
        for name in names:
            line = [name, *self.of(name)]
            family |= dict(zip(line, [*line[1:], None], strict=True))
        return Batch.of(
            Material, {"id": [*family], "name": [*family], "family": [*family.values()]}
        )

    def _line_of(self, name: str) -> list[str]:
        """A material, its family, that one's family and so on."""
        line = [name]
        while (family := self._family.get(line[-1])) is not None:
            if family in line:
                raise _wrong(f"{family}: a family of its own")
            line.append(family)
        return line


def _wrong(what: str) -> UnreadableError:
    return UnreadableError(what + ".", where="materials.toml", next_step="mend it under [families]")
