"""The first scenario of a procedure: what people read in it is what it shows."""

from typing import Final

import pytest

from incidentsim.definitions.starting.scenario_file import new_scenario
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.text import Language
from tests.support.shipped import procedure

FIGURE: Final = {
    "en": "Known by now: share of customers without service, 1%.",
    "zh": "目前已知服务中断的客户占比为1%。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_figure_that_makes_the_level_is_told_with_its_unit(language: Language) -> None:
    scenario = read_yaml(new_scenario("first", procedure("incident-command"), language), "first").value
    findings = scenario["injects"][1]
    assert {"measure": "customers_down_percent", "is": 1} in findings["shows"]
    assert FIGURE[language] in findings["body"][language]
