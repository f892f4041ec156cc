"""A record together with what it takes to tell it: the playbook and scenario whose names the facts use."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language


@dataclass(frozen=True, slots=True)
class Account:
    """The facts of a run (a fact's place in the sequence is its sequence number), to be told in `language`.

    The language chooses among the texts of the playbook and scenario; the sentences around them are in the language
    of the message catalogue, and whoever makes an account sees to it that the two agree.
    """

    facts: Sequence[Fact]
    playbook: Playbook
    scenario: Scenario
    language: Language
