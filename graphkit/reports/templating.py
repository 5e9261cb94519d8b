"""Templates filled in: what comes from files stays text in every form."""

import functools
import re
from importlib import resources

import jinja2

from graphkit.analyses.clustering.words import listed, sentence
from graphkit.analyses.wording import month_name, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.reports.gist import gist
from graphkit.reports.rows import rows_by_file
from graphkit.reports.site import Site


def render(template: str, *, site: Site | None = None, **values: object) -> str:
    """A page from a template of this package.

    Args:
        template: Its file name; the values in one that ends in .html are escaped.
        site: The site that it is a page of; None for a page by itself.
        values: What it fills in.
    """
    return _environment().get_template(template).render(site=site, **values)


@functools.cache
def _environment() -> jinja2.Environment:
    """What reads and compiles each template once."""
    environment = jinja2.Environment(
        autoescape=jinja2.select_autoescape(["html"]),
        loader=jinja2.FunctionLoader(_template),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["money"] = lambda value: f"{value:,.0f}"
    environment.filters["percent"] = lambda value: f"{100 * value:.0f} %"
    environment.filters["p"] = lambda value: "< .001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004
    environment.filters["listed"] = listed
    environment.filters["sentence"] = sentence
    environment.filters["cell"] = _markdown_cell
    environment.filters["units"] = lambda value: f"{whole(value / MONEY_UNIT):,.0f}"
    environment.filters["shown"] = lambda value, column: column.shown(value)
    environment.filters["month"] = month_name
    environment.filters["gist"] = gist
    environment.filters["rows_by_file"] = lambda one, files: rows_by_file(one, files).items()
    environment.filters["telephone"] = lambda value: re.sub(r"[^0-9+*#,;]", "", value)
    return environment


def _markdown_cell(value: object) -> str:
    """Text that stays text in Markdown: no table cell ends in it, and no HTML begins."""
    text = str(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(text.split())


def _template(name: str) -> str:
    return resources.files("graphkit.reports").joinpath(f"templates/{name}").read_text("utf-8")
