"""A real pseudo-terminal, for what is shown only where somebody looks."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[>=]|\x1b\][^\x07]*\x07")
_ROOT = Path(__file__).parents[1]
_CODE = "from graphkit.cli import main; main()"
_LONG = 120  # seconds


def plain(shown: str) -> list[str]:
    """The lines that a terminal shows, without their styles."""
    return STYLE.sub("", shown).replace("\r", "").splitlines()


def environment(**more: str) -> dict[str, str]:
    """What a process on a terminal has: nothing of ours that says how wide or colourful it is."""
    ours = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PAGER", "LESS"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"TERM": "xterm-256color", "PYTHONPATH": str(_ROOT)} | more


def graphkit_on_terminal(
    *words: object, columns: int = 80, rows: int = 10_000, typed: str = "", **more: str
) -> str:
    """What graphkit writes to a terminal of that size."""
    command = [sys.executable, "-c", _CODE, *map(str, words)]
    return on_terminal(command, columns=columns, rows=rows, typed=typed, more=more)


def on_terminal(
    command: Sequence[str],
    *,
    columns: int = 80,
    rows: int = 24,
    typed: str = "",
    until: str = "",
    more: Mapping[str, str] | None = None,
) -> str:
    """What a program writes to a terminal.

    Args:
        command: The program.
        columns: Width.
        rows: Height.
        typed: What somebody types.
        until: End when this was written, backslashes aside; when the program ends if empty.
        more: Variables of its environment.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    running = subprocess.Popen(  # noqa: S603 - our own program, or a shell
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**(more or {})),
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown, deadline = b"", time.monotonic() + _LONG
    while time.monotonic() < deadline and not (
        until and until.encode() in shown.replace(b"\\", b"")
    ):
        if not select.select([ours], [], [], 0.2)[0]:
            if running.poll() is not None:
                break
            continue
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the program has ended
            break
        if not piece:
            break
        shown += piece
    running.kill()
    running.wait()
    os.close(ours)
    return shown.decode("utf-8", "replace")
