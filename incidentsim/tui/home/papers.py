"""The papers for an exercise with people, made from a scenario at home."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from incidentsim.exports.preparation import papers
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.save_as import Offer, offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.exports.preparation.papers import PaperSource, PreparationPaper
    from incidentsim.tui.shell import Shell


def export(app: "Shell", card: "ScenarioCard") -> None:
    """Offer the papers. Those that say what to expect are made from many plays by bots, which takes some seconds."""
    language = app.language

    def maker(paper: "PreparationPaper") -> "Callable[[], bytes]":
        suffix = PurePath(paper.saved_as).suffix
        return lambda: paper.make(_source(app, card), (language,), suffix)

    def offers() -> list[Offer]:
        return [
            (paper.id, paper.say(), paper.saved_as.format(scenario=card.id), maker(paper)) for paper in papers.PAPERS
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
