"""The papers for an exercise with people, made from a scenario at home."""

from typing import TYPE_CHECKING

from incidentsim.exports.preparation import papers
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.save_as import Offer, offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.exports.preparation.papers import PaperSource, PreparationPaper
    from incidentsim.tui.shell import Shell


def export(app: "Shell", card: "ScenarioCard") -> None:
    """Offer the papers. Those that say what to expect are made from many plays by bots, which takes some seconds."""
    language = app.language

    def maker(paper: "PreparationPaper") -> "Callable[[Path], bytes]":
        return lambda path: paper.make(_source(app, card), (language,), paper.suffix_of(str(path)))

    def offers() -> list[Offer]:
        return [
            Offer(paper.id, paper.say(), paper.file_for(card.id), maker(paper), paper.suffixes)
            for paper in papers.PAPERS
        ]

    offer(app, lambda: _("Which paper is to be saved?"), offers)


def _source(app: "Shell", card: "ScenarioCard") -> "PaperSource":
    from incidentsim.exercise.forecast.forecast import preview
    from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook

    found = app.recordless.library.playable(card.path)

    def forecast() -> "Preview":
        app.call_from_thread(app.say, _("Bots play the scenario first, to see what to expect…"))
        return preview(CompiledPlaybook(found.playbook), found.scenario)

    return papers.PaperSource(found.playbook, found.scenario, forecast)
