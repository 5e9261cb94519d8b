"""Let the shell complete commands, options and the names of your customers."""

import click

from graphkit.cli import VARIABLE
from graphkit.cli.completing import SHELLS
from graphkit.cli.options import output


@click.command("completion")
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
@output
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> None:
    """Print what lets the shell SHELL complete what you type after graphkit.

    Tab then offers commands, options, kinds, recipes, and names of customers from the workspace
    that the line names. It reads only, and says nothing where there is no workspace.

    \b
    Once, and from the next shell on:
      bash   echo 'eval "$(graphkit completion bash)"' >> ~/.bashrc
      zsh    echo 'eval "$(graphkit completion zsh)"' >> ~/.zshrc
      fish   graphkit completion fish -o ~/.config/fish/completions/graphkit.fish

    \b
    Examples:
      graphkit completion bash
    """
    root = ctx.find_root()
    script = SHELLS[shell](root.command, {}, "graphkit", VARIABLE).source()
    with ctx.obj.out() as stream:
        stream.write(script)
