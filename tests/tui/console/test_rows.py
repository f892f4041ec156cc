"""The plan of the console: what is still to come is not told as what happened."""

from incidentsim.session.console_view import InjectStanding, PlannedInjectView
from incidentsim.tui.console.rows import plan_lines


def planned(standing: InjectStanding, comes: str) -> PlannedInjectView:
    return PlannedInjectView("a", "Subject", "Team", standing, standing, 0, "+0:05", 0, comes, 0)


def test_only_what_came_stands_under_actual_without_brackets() -> None:
    plan = [planned("delivered", "+0:06"), planned("planned", "+0:07"), planned("waiting", "")]
    came, to_come, waiting = ("".join(piece.text for piece in line.pieces) for line in plan_lines(plan)[1:])
    assert "+0:06" in came
    assert "(+0:06)" not in came
    assert "(+0:07)" in to_come
    assert "  –  " in waiting
