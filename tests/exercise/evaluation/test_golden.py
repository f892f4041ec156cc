"""The evaluation of each shipped scenario, as a person reads it, byte for byte.

After a change that is meant, `INCIDENTSIM_UPDATE_GOLDEN=1 pytest tests/exercise/evaluation/test_golden.py` writes the
files anew; read the difference before it is kept.
"""

import os
from pathlib import Path

import pytest

from incidentsim.exports.text.evaluation import evaluation_lines
from incidentsim.exports.text.narrative import timeline
from incidentsim.exports.wording.account import Account
from tests.support.evaluating import SCENARIOS, evaluated, played, procedure, scenario

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_evaluation_of_a_shipped_scenario_reads_as_it_did(name: str) -> None:
    told = scenario(name)
    facts = played(told)
    account = Account(facts, procedure(name), told, "en")
    lines = [*evaluation_lines(account, evaluated(told, facts)), "", "The record", *timeline(account)]
    found = ("\n".join(lines) + "\n").encode()
    path = GOLDEN / f"evaluation-{name}.txt"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        path.write_bytes(found)
    assert found == path.read_bytes()
