"""What exports hold: one module a kind, each with one `KIND`."""

import importlib
import pkgutil

from loaders.shape import SheetKind


def _found() -> dict[str, SheetKind]:
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    )
    kinds: list[SheetKind] = [module.KIND for module in modules]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.name)}


KINDS = _found()
"""Every kind of sheet by name."""
