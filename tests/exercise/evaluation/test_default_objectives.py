"""A procedure that names no objectives is rated by what is owed: P in time, S late, M very late or refused, U never."""

import pytest

from incidentsim.definitions.library.scaffold import new_playbook
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import ScriptDecider
from tests.support.evaluating import ratings_of
from tests.support.play import play

FILES = new_playbook("own", 0, "en")
PLAYBOOK = read_playbook(FILES["playbook.yaml"], "playbook.yaml")
DECLARE = "  - {at: 20m, by: cora, do: declare"
REFUSED = "  - {at: 15m, by: rob, do: declare, incident: outage, with: {reasons: It is.}}\n"


@pytest.mark.parametrize(
    ("old", "new", "task", "rating"),
    [
        (DECLARE, DECLARE, "declare", "P"),
        (DECLARE, DECLARE.replace("20m", "45m"), "declare", "S"),
        (DECLARE, REFUSED + DECLARE, "declare", "M"),
        ("  - {at: 1d, by: mia, do: close", "  - {at: 9d, by: mia, do: close", "close", "S"),
        ("  - {at: 1d, by: mia, do: close", "  - {at: 15d, by: mia, do: close", "close", "M"),
        ("  - {at: 3h, by: cora, do: notify_customers", "  - {at: 3h, by: cora, do: regrade", "notify_customers", "U"),
    ],
)
def test_a_task_is_rated_by_what_became_of_its_duty(old: str, new: str, task: str, rating: str) -> None:
    text = FILES["scenarios/first.yaml"].decode()
    assert text.count(old) == 1
    changed = text.replace(old, new)
    if "regrade" in changed:  # left out: nobody tells them
        changed = "\n".join(line for line in changed.splitlines() if "regrade" not in line) + "\n"
    scenario = read_scenario(changed.encode(), "first.yaml", PLAYBOOK)
    facts = play(Exercise(CompiledPlaybook(PLAYBOOK), scenario), ScriptDecider(scenario.script))
    rated = {one.task: one.rating for each in ratings_of(Trace(PLAYBOOK, scenario, facts)) for one in each.tasks}
    assert rated[task] == rating
