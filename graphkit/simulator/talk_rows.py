"""The files with words in them: notes, posts, interactions, projects."""

import numpy as np

from graphkit.simulator.follows import Follow
from graphkit.simulator.population import Population
from graphkit.simulator.tables import Rows
from graphkit.simulator.talk import Talk

OURS = "@precisionbayworks"


def note_rows(who: Population, said: Talk) -> Rows:
    """Sales notes; the account as somebody typed it, or empty."""
    return {
        "Date": [text.day.isoformat() for text in said.notes],
        "Author": [text.author for text in said.notes],
        "Account": [
            who.identity.note[text.customer] if text.customer >= 0 else "" for text in said.notes
        ],
        "Note": [text.words for text in said.notes],
    }


def post_rows(rng: np.random.Generator, who: Population, said: Talk) -> Rows:
    """Posts of the customers' own accounts."""
    likes = rng.poisson(14, len(said.posts)).tolist()
    shares = rng.poisson(2, len(said.posts)).tolist()
    return {
        "Post ID": [f"post{5001 + i}" for i in range(len(said.posts))],
        "Posted": [text.day.isoformat() for text in said.posts],
        "Platform": [text.author for text in said.posts],
        "Account": [who.identity.social[text.customer] for text in said.posts],
        "Handle": [who.identity.handle[text.customer] for text in said.posts],
        "Text": [text.words for text in said.posts],
        "Likes": [str(n) for n in likes],
        "Shares": [str(n) for n in shares],
    }


def interaction_rows(who: Population, done: list[Follow]) -> Rows:
    """Who liked, shared or followed whom."""
    handles = [*who.identity.handle, OURS]  # position -1 is the shop's own account
    return {
        "Date": [one.day.isoformat() for one in done],
        "Handle": [handles[one.customer] for one in done],
        "Action": [one.action for one in done],
        "Target handle": [handles[one.target] for one in done],
    }


def project_rows(who: Population, said: Talk) -> Rows:
    """The engineers' sheet, which writes customers as the ERP does."""
    projects = sorted(said.projects, key=lambda project: (project.start, project.description))
    return {
        "Project No": [f"EP-{701 + i}" for i in range(len(projects))],
        "Project Name": [project.name for project in projects],
        "Customer": [who.identity.erp[project.customer] for project in projects],
        "Start Date": [project.start.isoformat() for project in projects],
        "End Customer": [project.end_customer for project in projects],
        "Description": [project.description for project in projects],
    }
