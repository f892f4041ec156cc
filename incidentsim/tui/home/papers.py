"""The papers for an exercise with people, made from a scenario at home: events list, facilitator's guide, handout."""

from typing import TYPE_CHECKING

from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs import save_as as home_saving

if TYPE_CHECKING:
    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.tui.shell import Shell


def export(app: "Shell", card: "ScenarioCard") -> None:
    """Offer the papers. Those that say what to expect are made from many plays by bots, which takes some seconds."""
    language = app.language

    def forecast() -> "Preview":
        from incidentsim.exercise.forecast.forecast import preview
        from incidentsim.exercise.kernel.rulebook import Rulebook

        app.call_from_thread(app.say, _("Bots play the scenario first, to see what to expect…"))
        found = app.recordless.library.playable(card.path)
        return preview(Rulebook(found.playbook), found.scenario)

    def events() -> bytes:
        from incidentsim.exports.preparation.msel import headings, msel_csv, msel_rows

        found = forecast()
        return msel_csv([(headings(), msel_rows(found, language))])

    def guidance() -> bytes:
        from incidentsim.exports.preparation.guide import guide

        return guide(forecast(), language).encode()

    def handed_out() -> bytes:
        from incidentsim.exports.preparation.handout import handout, scene_of

        found = app.recordless.library.playable(card.path)
        return handout(found.playbook, scene_of(found.scenario), language).encode()

    def offers() -> list[home_saving.Offer]:
        papers: list[home_saving.Offer] = [
            ("handout", _("The participants' handout, which gives nothing away (Markdown)"), "handout.md", handed_out),
            ("guide", _("The facilitator's guide, with all spoilers (Markdown)"), "guide.md", guidance),
            ("events", _("The list of events, MSEL, with all spoilers (CSV)"), "events.csv", events),
        ]
        return [(name, title, f"{card.id}-{file}", make) for name, title, file, make in papers]

    home_saving.offer(app, lambda: _("Which paper is to be saved?"), offers)
