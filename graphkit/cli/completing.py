"""What a shell offers when somebody presses Tab: commands, options, and names from the graph.

Whatever is wrong with a workspace, nothing is said here: a line that is being typed is no place for
a message.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from graphkit.cli.context import Context
from graphkit.cli.output import printable
from graphkit.errors import GraphkitError
from graphkit.places import STORE_FILE

_BASH: Final = """\
%(complete_func)s() {
    local IFS=$'\\n' response type value
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1")
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                # Readline then puts backslashes where a name has spaces, or minds open quotes.
                [[ $value == *[^[:alnum:]._-]* ]] && compopt -o filenames
                ;;
        esac
    done <<< "$response"
    return 0
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_FISH: Final = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
        COMP_CWORD=(commandline -t) %(prog_name)s)
    for completion in $response
        set -l metadata (string split --max 1 "," $completion)
        switch $metadata[1]
            case dir
                __fish_complete_directories $metadata[2]
            case file
                __fish_complete_path $metadata[2]
            case plain
                echo $metadata[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _Bash(BashComplete):
    """As click has it, but for names with spaces and commas."""

    source_template = _BASH


class _Fish(FishComplete):
    """As click has it, but for names with commas."""

    source_template = _FISH


SHELLS: Final[dict[str, type[ShellComplete]]] = {
    "bash": _Bash,
    "fish": _Fish,
    "zsh": ZshComplete,
}


def answer_ours() -> None:
    """Let our own completions of shells answer instead of click's."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)


_Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _named(*kinds: str) -> _Completer:
    """What completes names of some sorts, read from the workspace that the line names."""

    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        del param
        from graphkit.store.glance import names

        context = ctx.find_object(Context) or Context(Path())
        if "://" in context.store:
            return []  # a server is asked nothing while somebody types
        file = Path(context.store) if context.store else context.folder / STORE_FILE
        try:
            return _matching(names(file.expanduser(), *kinds), incomplete)
        except (GraphkitError, OSError):
            return []

    return complete


def _matching(known: Iterable[str], begun: str) -> list[CompletionItem]:
    """Names that begin as typed; where none does, those of which a word does."""
    wanted = begun.casefold()
    shown = [one for one in known if one == printable(one).replace("\n", " ")]
    found = [one for one in shown if one.casefold().startswith(wanted)]
    found = found or [one for one in shown if f" {wanted}" in one.casefold()]
    return [CompletionItem(one) for one in found]


companies = _named("company")
"""For a NAME that is any company."""
customers = _named("customer")
"""For a NAME that buys from the shop."""
clusters = _named("cluster", "customer")
"""For a NAME that is a cluster, or a customer in one."""
places = _named("company", "industry")
"""For a NAME that is a company or an industry."""
ours = _named("company", "employee")
"""For a NAME that is a company or one of ours."""
people = _named("person")
"""For a NAME that is somebody's."""
industries = _named("industry")
"""For the name of an industry."""
kinds = _named("kind")
"""For a kind of finding: those that were told."""
finding_ids = _named("finding")
"""For the id of a finding, as it is typed."""


def recipes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the name of a recipe."""
    del ctx, param
    folder = Path(__file__).parents[1] / "recipes"
    return _matching(sorted(one.stem for one in folder.glob("*.cypher")), incomplete)
