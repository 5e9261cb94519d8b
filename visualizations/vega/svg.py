"""An altair chart as the text of one SVG element: small, the same twice, safe in any page."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import markupsafe
import pandas as pd
import vl_convert

from graphkit.drawing import Chart
from visualizations.vega.look import CONFIG
from visualizations.vega.names import drawable

_VERSION: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_ROOT: Final = re.compile(r'<svg\b[^>]*?viewBox="0 0 (\d+) (\d+)"[^>]*>')
_ASIDE: Final = 12
"""Room on either side: words are wider in the readers' type than where they were measured."""
_NUMBER: Final = re.compile(r"\d+\.\d{2,}(?:e-\d+)?")
_NOISE: Final = re.compile(
    r' (?:class|role|aria-roledescription|aria-hidden|pointer-events)="[^"]*"'
    r'| (?:opacity|stroke-width)="1"| font-family="sans-serif"| xmlns:xlink="[^"]*"'
    r'|<path (?:class="[^"]*" )?(?:aria-hidden="true" )?d="(?:M0,0h0v0h0Z)?"[^>]*/>'
)
_ID: Final = re.compile(r'\bid="([^"]+)"')


def values(rows: pd.DataFrame | Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as altair takes them, empty cells as null.

    As one text: altair copies, compares and checks lists of rows again with every layer, which took
    half of the time of a chart.

    Args:
        rows: The columns that are drawn; or the rows with them.
    """
    text = json.dumps(_clean(_records(rows) if isinstance(rows, pd.DataFrame) else list(rows)))
    return alt.InlineData(values=text, format=alt.JsonDataFormat(type="json"))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object)
    records = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): one[name] for name in one} for one in records]


def svg(chart: Chart, drawn: alt.TopLevelMixin) -> str:
    """The SVG element, with the chart's title and description for those who cannot see it.

    Args:
        chart: What is drawn.
        drawn: How.
    """
    spec = _clean(drawn.to_dict() | {"config": CONFIG})
    text = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])
    key = hashlib.sha256(f"{chart.title}\0{text}".encode()).hexdigest()[:8]
    return _with_title(_with_own_ids(_small(text), key), chart, key)


def _clean(value: Any) -> Any:
    """A specification whose texts are XML: others end the process that draws them."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _small(text: str) -> str:
    """The same picture without what no reader of it needs; words stay as they are."""
    return _outside_words(text, lambda tag: _NUMBER.sub(_rounded, _NOISE.sub("", tag)))


def _outside_words(text: str, change: Callable[[str], str]) -> str:
    """Change the tags of an SVG, and nothing that it says."""
    return re.sub(r"<[^>]*>", lambda tag: change(tag[0]), text)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _with_own_ids(text: str, key: str) -> str:
    """Ids that no other chart of the page has, numbered as they come."""
    known = {name: f"{key}-{at}" for at, name in enumerate(dict.fromkeys(_ID.findall(text)))}

    def renamed(tag: str) -> str:
        for name, own in known.items():
            tag = tag.replace(f'id="{name}"', f'id="{own}"').replace(f"#{name})", f"#{own})")
        return tag

    return _outside_words(text, renamed) if known else text


def _with_title(text: str, chart: Chart, key: str) -> str:
    box = _ROOT.match(text)
    if box is None:
        raise ValueError(f"no SVG was made of a chart of kind {chart.kind}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" role="img"'
        f' viewBox="{-_ASIDE} 0 {int(box[1]) + 2 * _ASIDE} {box[2]}"'
        f' font-family="Arial, Helvetica, sans-serif" aria-labelledby="t{key} d{key}">'
        f'<title id="t{key}">{markupsafe.escape(drawable(chart.title))}</title>'
        f'<desc id="d{key}">{markupsafe.escape(drawable(chart.description))}</desc>'
    )
    return head + text[box.end() :]
