"""How far a load has come, on a terminal."""

import io

from rich.console import Console

from graphkit.cli.progress import shown_progress


def test_a_terminal_sees_rows_rate_and_time_left_and_no_control_characters_of_a_file():
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100)

    with shown_progress(console) as (say, advance):
        say("ar\x1b[2J.csv: 5 rows")
        advance(0.5, 1_200)
        advance(0.25, 300)

    shown = screen.getvalue()
    assert "ar\ufffd[2J.csv: 5 rows" in shown
    assert "1,500 rows, " in shown
    assert " a second" in shown
