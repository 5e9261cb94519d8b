"""The network map as a widget of a notebook: the very page that `graphkit map` writes, in a frame.

The page brings all it needs, so it works without a network. Its frame may run scripts and save
pictures, and reaches nothing of the notebook.
"""

from pathlib import Path

import anywidget
import traitlets


class MapWidget(anywidget.AnyWidget):
    """A map in a notebook.

    Attributes:
        page: The whole page.
        height: In pixels.
    """

    _esm = Path(__file__).with_name("map_widget.js")
    page = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(640).tag(sync=True)
