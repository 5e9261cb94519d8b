"""Which industry a company is in: what is missing, what it may be, and what you say it is."""

import getpass

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.errors import UsageError


@click.command("industry")
@click.argument("name", required=False, default="", shell_complete=completing.companies)
@click.argument(
    "industry",
    required=False,
    default="",
    metavar="[INDUSTRY]",
    shell_complete=completing.industries,
)
@click.option("--suggested", is_flag=True, help="Confirm the likeliest suggestion for NAME.")
@click.option("--all", "everybody", is_flag=True, help="Also companies that do not buy from you.")
@results
@click.pass_obj
def industry(
    context: Context, *, name: str, industry: str, suggested: bool, everybody: bool
) -> None:
    """Suggest and confirm industries that are missing or vague.

    Without NAME it lists your customers without one, with what each may be in, what speaks for it
    and how sure that is.
    With NAME it tells about one company; with INDUSTRY too it confirms. What you confirm wins over
    every export, now and after every load.

    \b
    Examples:
      graphkit companies industry
      graphkit companies industry --all
      graphkit companies industry "Basswood Conveyors Inc"
      graphkit companies industry "Basswood Conveyors Inc" "Packaging Machinery"
      graphkit companies industry "Basswood Conveyors Inc" --suggested
    """
    if industry and suggested:
        raise UsageError("Give an INDUSTRY or --suggested, not both.")
    if suggested and not name:
        raise UsageError(
            "--suggested needs the name of a company.",
            next_step='graphkit companies industry "NAME" --suggested',
        )
    from graphkit.cli.companies.standing import confirm_one, list_all, show_one

    if not name:
        list_all(context, everybody=everybody)
    elif industry or suggested:
        confirm_one(context, name, industry)
    else:
        show_one(context, name)


def decider() -> str:
    """Who sits at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "somebody"
