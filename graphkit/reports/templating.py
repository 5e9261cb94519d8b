"""Templates filled in: what comes from files stays text in every form."""

from importlib import resources

import jinja2

from graphkit.analyses.clustering.words import listed, sentence


def render(template: str, **values: object) -> str:
    """A page from a template of this package.

    Args:
        template: Its file name; the values in one that ends in .html are escaped.
        values: What it fills in.
    """
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
    return environment.get_template(template).render(**values)


def _markdown_cell(value: object) -> str:
    """Text that stays text in Markdown: no table cell ends in it, and no HTML begins."""
    text = str(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(text.split())


def _template(name: str) -> str:
    return resources.files("graphkit.reports").joinpath(f"templates/{name}").read_text("utf-8")
