"""Files of nodes and relationships as `neo4j-admin database import full` takes them.

A text stands in quotes, so that an empty text is not an empty value. The importer cannot tell an
empty list from none: such a list goes with a mark before it, which the store takes away when it is
first opened (see `cypher.unmark`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graphkit.errors import GraphkitError
from graphkit.schema import Kind, Property
from graphkit.store.cypher import MARK

ARGUMENTS = "import.args"
"""The file with the arguments of the import, which names all others."""
COMMAND = f"neo4j-admin database import full @{ARGUMENTS} neo4j"
"""What to run in the folder, once."""
_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
    Kind.TIME: "localdatetime",
    Kind.MONEY: "long",
    Kind.TEXTS: "string[]",
}
_DELIMITERS = [chr(code) for code in range(0x1F, 0, -1) if chr(code) not in f"{MARK}\t\n\r"]
"""Characters that may part the texts of a list; no export was seen to have any."""
_BUFFER = 4 << 20
"""Bytes of the importer's buffer, which has to hold the longest text."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file of nodes or relationships.

    Attributes:
        name: Name of the file.
        argument: The argument of the import that names it.
        rows: How many rows it has.
        multiline: Whether a text in it has several lines.
        longest: Bytes of the longest text in it.
    """

    name: str
    argument: str
    rows: int
    multiline: bool
    longest: int


class ImportFolder:
    """A folder that is filled with the files of one import.

    Args:
        folder: Must be there when the first file is written.
        lists: Every list of texts that will be written.

    Raises:
        GraphkitError: The lists leave no character that could part their texts.
    """

    def __init__(self, folder: Path, lists: Iterable[Iterable[str]]) -> None:
        used = {character for one in lists for text in one for character in text}
        free = [character for character in _DELIMITERS if character not in used]
        if not free:
            raise GraphkitError("lists of texts use every control character that could part them.")
        self._folder, self._delimiter = folder, free[0]
        self.files: list[ImportFile] = []

    def nodes(self, labels: str, columns: Mapping[str, pa.Array], name: str = "") -> None:
        """Write nodes.

        Args:
            labels: Their labels, joined by colons.
            columns: Values by header.
            name: Name of the file where the labels are not enough.
        """
        self._add(name or labels.replace(":", "-"), f"--nodes={labels}=", columns)

    def relationships(
        self, kind: str, start: str, end: str, columns: Mapping[str, pa.Array]
    ) -> None:
        """Write relationships of a type between nodes of two labels; start and end ids first."""
        first, second, *rest = columns
        ends = {
            f":START_ID({start})": columns[first],
            f":END_ID({end})": columns[second],
            **{name: columns[name] for name in rest},
        }
        self._add(f"{kind}.{start}-{end}", f"--relationships={kind}=", ends)

    def _add(self, name: str, argument: str, columns: Mapping[str, pa.Array]) -> None:
        table = pa.table(dict(columns))
        if not table.num_rows:
            return
        texts = [one for one in table.columns if one.type == pa.string()]
        path = self._folder / f"{name}.csv"
        with path.open("wb") as stream:
            stream.write((",".join(table.column_names) + "\n").encode())
            csv.write_csv(table, stream, csv.WriteOptions(include_header=False))
        multiline = any(pc.any(pc.match_substring_regex(one, "[\n\r]")).as_py() for one in texts)
        longest = max((pc.max(pc.binary_length(one)).as_py() or 0 for one in texts), default=0)
        self.files.append(
            ImportFile(path.name, argument + path.name, table.num_rows, multiline, longest)
        )

    def column(self, item: Property, values: pa.ChunkedArray) -> tuple[str, pa.Array]:
        """The header and the cells of a property."""
        if item.kind is Kind.TIME:
            values = pc.replace_substring(values.cast(pa.string()), " ", "T")
        elif item.kind is Kind.TEXTS:
            values = pa.array(map(self._joined, values.to_pylist()), pa.string())
        return f"{item.name}:{_TYPES[item.kind]}", values

    def _joined(self, texts: list[str] | None) -> str | None:
        if texts is None:
            return None
        marked = texts in ([], [""]) or texts[0] == MARK
        return self._delimiter.join([MARK, *texts] if marked else texts)

    def close(self) -> None:
        """Write the arguments of the import."""
        lines = [one.argument for one in self.files]
        lines += [f"--array-delimiter=U+{ord(self._delimiter):04X}", "--bad-tolerance=0"]
        several = [one.name for one in self.files if one.multiline]
        if several:
            lines += [f"--multiline-fields={','.join(several)}", "--multiline-fields-format=v2"]
        longest = max((one.longest for one in self.files), default=0)
        if 2 * longest > _BUFFER:
            lines.append(f"--read-buffer-size={2 * longest + _BUFFER}")
        (self._folder / ARGUMENTS).write_text("\n".join(lines) + "\n", "utf-8")
