"""Recipes as the saved queries of Neo4j Browser, by folder."""

import io
import zipfile
from collections.abc import Iterable

from graphkit.recipes import Recipe

OURS = "graphkit-"
"""How the ids of our folders and queries begin: others are the user's own and are left alone."""


def pasted(recipe: Recipe) -> str:
    """A recipe as Browser lists and runs it: the question is its first line, hence its name."""
    meanings = [f"// {name}: {meaning}" for name, meaning in recipe.meanings.items()]
    head = [f"// {recipe.question}", f"// Look for: {recipe.look}", *meanings]
    return "\n".join([*head, recipe.statement])


def folders(recipes: Iterable[Recipe]) -> list[dict[str, str]]:
    """The folders, as Browser keeps them."""
    names = dict.fromkeys(one.folder for one in recipes)
    return [{"id": _folder(name), "name": name} for name in names]


def documents(recipes: Iterable[Recipe]) -> list[dict[str, str]]:
    """The queries, as Browser keeps them."""
    return [
        {"id": OURS + one.name, "folder": _folder(one.folder), "content": pasted(one)}
        for one in recipes
    ]


def _folder(name: str) -> str:
    return OURS + name.casefold().replace(" ", "-")


def archive(recipes: Iterable[Recipe]) -> bytes:
    """A zip of Folder/name.cypher: dropped on Browser it makes the same folders of queries."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for one in recipes:
            # A fixed day: the same recipes make the same bytes.
            entry = zipfile.ZipInfo(f"{one.folder}/{one.name}.cypher", (2020, 1, 1, 0, 0, 0))
            made.writestr(entry, pasted(one) + "\n")
    return whole.getvalue()
