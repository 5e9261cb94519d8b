"""What draws the charts of reports, where it is installed."""

from graphkit import registry
from graphkit.drawing import Chart, Draw
from graphkit.errors import UnknownNameError


def drawer() -> Draw | None:
    """Makes SVG of charts; None where it is not installed: reports then show the tables alone."""
    if not registry.draws_charts():
        return None
    kinds = {one.name: one for one in registry.charts()}

    def draw(chart: Chart) -> str:
        if chart.kind not in kinds:
            raise UnknownNameError.of("kind of chart", chart.kind, list(kinds))
        return kinds[chart.kind].draw(chart)

    return draw
