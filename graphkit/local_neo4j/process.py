"""Processes that this one did not start itself: is it still the same one, and please end.

A process number alone is not an identity: after a restart it may belong to somebody else. So a
process is known by its number and the moment it was started, and nothing is ever signalled
unless both agree.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import GraphkitError

POLL = 0.2
"""Seconds between two looks at a process that is ending."""
_ENDED = "ended"
"""Start of a process that had ended before anybody looked: no running one has it."""


@dataclass(frozen=True, slots=True)
class Process:
    """One run of one program: its number and when it was started, in the system's own words."""

    pid: int
    started: str

    @property
    def is_alive(self) -> bool:
        """Whether this very process still runs (not merely one with its number)."""
        return start_of(self.pid) == self.started

    def end(self, *, seconds: float) -> bool:
        """Ask the process to shut down cleanly and wait for it.

        Args:
            seconds: How long to wait.

        Returns:
            Whether it has ended.
        """
        if self.is_alive:
            _ask_to_end(self.pid)
        limit = time.monotonic() + seconds
        while self.is_alive:
            if time.monotonic() > limit:
                return False
            time.sleep(POLL)
        return True


def start_detached(command: Sequence[str], log: Path) -> Process:
    """Start a program that outlives this one.

    Args:
        command: The program and its arguments.
        log: Where its output is appended.

    Returns:
        The process, known by number and start. One that has ended already is not alive: what it
        said stands in the log.

    Raises:
        GraphkitError: When it could not be started.
    """
    launcher = Path(__file__).with_name("launch.py")
    answer = subprocess.run(  # noqa: S603 - our own script, no shell
        [sys.executable, "-I", str(launcher), str(log), *command],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        said = answer.stderr.strip().splitlines()[-1:]
        raise GraphkitError(f"{command[0]} could not be started: {' '.join(said)}", where=str(log))
    pid = int(answer.stdout)
    return Process(pid, start_of(pid) or _ENDED)


def start_of(pid: int) -> str | None:
    """When the process of this number was started; None when there is none.

    Args:
        pid: A process number.

    Returns:
        Text to compare with an earlier answer, not to be read as a time.
    """
    if sys.platform == "win32":
        return _start_on_windows(pid)
    if Path("/proc/self/stat").exists():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return None
        # The program's name stands in parentheses and may hold anything: count from its end.
        # proc(5): field 3 is the state, field 22 the start in clock ticks since boot.
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] == "Z" else f"ticks {fields[19]}"
    answer = subprocess.run(  # noqa: S603 - no shell, a number
        ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "TZ": "UTC"},
    )
    state, _, started = answer.stdout.strip().partition(" ")
    return started.strip() if started and not state.startswith("Z") else None


def _ask_to_end(pid: int) -> None:
    if sys.platform == "win32":
        _control_c(pid)
    else:
        os.kill(pid, signal.SIGTERM)


def _start_on_windows(pid: int) -> str | None:
    query = f"(Get-Process -Id {pid}).StartTime.ToFileTimeUtc()"
    answer = subprocess.run(  # noqa: S603 - no shell, a number
        ["powershell", "-NoProfile", "-NonInteractive", "-Command", query],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or None


_SEND_CONTROL_C = """
import ctypes, sys
kernel = ctypes.windll.kernel32
kernel.FreeConsole()
if not kernel.AttachConsole(int(sys.argv[1])):
    sys.exit(1)
kernel.SetConsoleCtrlHandler(None, True)
kernel.GenerateConsoleCtrlEvent(0, 0)
"""


def _control_c(pid: int) -> None:
    """Windows has no SIGTERM: Ctrl+C in the server's own hidden console is the clean way.

    A process of its own does it, since it has to give up its console to join the server's.
    """
    subprocess.run(  # noqa: S603 - no shell, a number
        [sys.executable, "-I", "-c", _SEND_CONTROL_C, str(pid)], check=False
    )
