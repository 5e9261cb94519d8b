"""Where the nodes of the last map stood: kept in the workspace, so that a new one is no riddle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graphkit.errors import GraphkitError

Place = tuple[float, float]

PLACES_FILE: Final = "map-places.json"


def places_kept(folder: Path) -> dict[str, Place]:
    """Where nodes stood on the last map of the whole network, by id; none where there was no map.

    Only what a map shows at first is kept, so nobody's name or address: people are not.

    Args:
        folder: The workspace.

    Raises:
        GraphkitError: The file is damaged.
    """
    path = folder / PLACES_FILE
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text("utf-8"))
        return {str(one): (float(x), float(y)) for one, (x, y) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GraphkitError(
            "says no more where the nodes of the map stood",
            where=str(path),
            next_step="graphkit map --anew: it lays the network out anew",
        ) from error


def keep_places(folder: Path, places: Mapping[str, Place]) -> None:
    """Write where nodes stand, for the next map.

    Args:
        folder: The workspace.
        places: By id.

    Raises:
        GraphkitError: It cannot be written.
    """
    path = folder / PLACES_FILE
    fresh = path.with_suffix(".tmp")
    text = json.dumps(dict(sorted(places.items())), indent=0, allow_nan=False)
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise GraphkitError(f"cannot be written: {error.strerror}", where=str(path)) from error
