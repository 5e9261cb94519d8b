"""Start a program that outlives this one: `python launch.py LOG PROGRAM [ARGUMENT...]`.

Prints the process number. A script of its own, so that the program's parent is gone at once:
the command that wanted it neither waits for it nor leaves a zombie, and closing its terminal
does not stop it. Imports nothing of graphkit.
"""

import subprocess
import sys
from pathlib import Path


def main(log: str, *command: str) -> None:
    """Start `command` with its output in `log` and print its process number."""
    # On Windows a hidden console of its own, to which `down` can send Ctrl+C; elsewhere a
    # session of its own, which no terminal can hang up.
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with Path(log).open("ab") as stream:
        process = subprocess.Popen(  # noqa: S603 - a command that graphkit built, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=sys.platform != "win32",
            creationflags=hidden,
        )
    sys.stdout.write(str(process.pid))


if __name__ == "__main__":
    main(*sys.argv[1:])
