"""Names in a picture: short, of characters that can be drawn, told apart where they read alike."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
from rich.cells import cell_len, chop_cells

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ASCII: Final = 128
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, beyond the text in which they stand."""


def drawable(text: str) -> str:
    """A text of characters that XML allows: others end the process that draws them.

    Args:
        text: Any text.
    """
    return _TURNS.sub("", _NOT_XML.sub("\ufffd", text))


def short(name: str, cells: int = 24) -> str:
    """A name as an axis has it: one that is too long ends in an ellipsis; the table has it whole.

    Args:
        name: Any text.
        cells: How wide it may be, in narrow characters.

    >>> short("Merlin Linkage Corp.", 10)
    'Merlin Li\u2026'
    """
    name = " ".join(drawable(name).split())
    return name if cell_len(name) <= cells else chop_cells(name, cells - 1)[0].rstrip() + "\u2026"


def label_of(texts: Sequence[str] | Mapping[int, str]) -> str:
    r"""The expression of a label that is the number of a text; without one it is empty.

    Only letters and figures stand there as they are: the rest of a text is no part of any
    expression, and is not found by who looks for one in it.

    Args:
        texts: Texts in their order, or by number.

    >>> label_of(["A.B"])
    '({"0": "A\\u002eB"})[datum.value] || ""'
    """
    known = texts if isinstance(texts, Mapping) else dict(enumerate(texts))
    told = ", ".join(f'"{at}": "{_escaped(text)}"' for at, text in known.items())
    return f'({{{told}}})[datum.value] || ""'


def _escaped(text: str) -> str:
    units = memoryview(text.encode("utf-16-be")).cast("B")
    pairs = (int(units[at]) << 8 | int(units[at + 1]) for at in range(0, len(units), 2))
    return "".join(
        chr(unit) if unit < _ASCII and chr(unit).isalnum() else f"\\u{unit:04x}" for unit in pairs
    )


def named_y(names: Sequence[str], **more: Any) -> alt.Y:
    """An axis of names, top to bottom; the column `at` holds their numbers.

    Args:
        names: In their order; two may read alike.
        more: What else there is to say of it.
    """
    axis = alt.Axis(ticks=False, domain=False, labelExpr=label_of([short(one) for one in names]))
    scale = alt.Scale(domain=list(range(len(names))), paddingInner=0.25)
    return alt.Y("at:O", title=None, axis=axis, scale=scale, **more)
