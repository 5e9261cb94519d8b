"""The typical customer of a cluster: what it orders, how it pays, where it goes, with sources."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

_SUCH = 3
"""Members that are named of each cluster in the list."""


@click.command("persona")
@click.argument("name", default="", shell_complete=completing.clusters)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, name: str) -> None:
    """Show the typical customer of the cluster NAME.

    Medians and shares over its members with their 90 % intervals, each with the number of its
    source. NAME is a cluster, or a customer that is in one; without it the clusters are listed.

    \b
    Examples:
      graphkit persona
      graphkit persona "Aurora Falls Bearings"
      graphkit persona "Aurora Falls Bearings" --json
    """
    from graphkit.analyses.persona import personas
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.pages import cluster_of
    from graphkit.pipeline.questions import cautions
    from graphkit.reports.customer import persona_text, section_rows

    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        if not name:
            listed = [
                {"cluster": one.subject.name, "members": one.n, "such_as": one.details["members"]}
                for one in analyse(snap, settings, ["clusters"])
                if one.details.get("members")
            ]
            for one in listed:
                one["such_as"] = "; ".join(member["name"] for member in one["such_as"][:_SUCH])
            title = "Clusters: graphkit persona CLUSTER"
            context.emit("persona.clusters", listed, as_of=snap.as_of, title=title)
            return
        found = personas(snap, [cluster_of(snap, settings, name)])[0]
        warnings = cautions(store, snap, ["clusters"])
        rows = section_rows(found.sections, snap.files)
        text = persona_text(found, snap.files)
    context.emit("persona", rows, as_of=snap.as_of, warnings=warnings, text=text)
