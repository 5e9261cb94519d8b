"""Names in a picture: short, of characters that can be drawn, told apart where they read alike."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
from rich.cells import cell_len, chop_cells

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


def named_y(names: Sequence[str], **more: Any) -> alt.Y:
    """An axis of names, top to bottom; the column `at` holds their numbers.

    Args:
        names: In their order; two may read alike.
        more: What else there is to say of it.
    """
    told = json.dumps({str(at): short(name) for at, name in enumerate(names)})
    axis = alt.Axis(ticks=False, domain=False, labelExpr=f"({told})[datum.value]")
    scale = alt.Scale(domain=list(range(len(names))), paddingInner=0.25)
    return alt.Y("at:O", title=None, axis=axis, scale=scale, **more)
