"""Whether a query is one statement that only reads: refused before a database sees it.

This is the first of two locks. The second is the database's own: a transaction that is read only.
SQL Server has none, so there every word that could write is refused.
"""

import re

from graphkit.errors import UsageError

_PASSED_OVER = re.compile(
    r"--[^\n]*"
    r"|/\*(?!!).*?\*/"  # MySQL runs what is in /*! */
    r"|'(?:[^']|'')*'"
    r'|"(?:[^"]|"")*"'
    r"|`[^`]*`"
    r"|\[[^\]]*\]",
    re.DOTALL,
)
_READS = re.compile(r"[\s(]*(select|with)\b", re.IGNORECASE)
_WRITES = {
    "mssql": (
        "insert update delete merge drop alter create truncate exec execute grant revoke deny "
        "commit rollback begin save set use into declare backup restore kill shutdown bulk "
        "openquery openrowset opendatasource writetext updatetext dbcc reconfigure waitfor"
    ),
    "mysql": "into",
    "mariadb": "into",
}
"""Words that would write, where a transaction that is read only would not stop them."""


def only_reading(query: str, dialect: str, where: str) -> str:
    """A query without the semicolon at its end.

    Args:
        query: As the mapping has it.
        dialect: postgresql, mssql, mysql, mariadb or sqlite.
        where: The mapping, for messages.

    Raises:
        UsageError: It is no SELECT, more than one statement, or could write.
    """
    text = query.strip().removesuffix(";").rstrip()
    bare = _PASSED_OVER.sub(" ", text)
    if not _READS.match(bare):
        raise UsageError(
            "the query must be a SELECT, or a WITH that ends in one: graphkit only reads",
            where=where,
        )
    if ";" in bare:
        raise UsageError("the query must be one statement, but a ; ends the first", where=where)
    words = set(re.findall(r"[a-z_]+", bare.casefold()))
    for word in _WRITES.get(dialect, "").split():
        if word in words:
            raise UsageError(
                f"the query says {word.upper()}, and graphkit only reads",
                where=where,
                next_step=f"quote it where it is the name of a column: {_quoted(dialect, word)}",
            )
    return text


def _quoted(dialect: str, word: str) -> str:
    return f"[{word}]" if dialect == "mssql" else f"`{word}`"
