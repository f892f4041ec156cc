"""What every command is handed: the language, and the way to the service."""

from typing import TYPE_CHECKING

from incidentsim import composition

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.text import Language
    from incidentsim.exports.wording.account import Account
    from incidentsim.service import RunView, Service
    from incidentsim.service.outlines import RecordOutline
    from incidentsim.service.record_sources import RunName
    from incidentsim.service.records import RecordedFacts
    from incidentsim.settings import Settings


def _compose(*, record: bool) -> "Service":
    from incidentsim.cli.output import narrate

    return composition.service(record=record, on_hidden=narrate)


class Frontend:
    """The context object of the command line."""

    def __init__(
        self, language: "Language", open_service: "Callable[..., Service] | None", settings: "Settings"
    ) -> None:
        """Keep what commands need.

        Args:
            language: which texts of playbooks and scenarios are shown.
            open_service: opens the service, with the database if its argument `record` asks for it; the real one if
                `None`.
            settings: those of the user.
        """
        self.language = language
        self.open_service = _compose if open_service is None else open_service
        self.settings = settings

    def open_records(self, *named: str, facilitator: bool) -> "tuple[Service, tuple[RunName, ...]]":
        """Open the service for what `named` names and is to be told: recorded runs, or files that hold a record.

        Returns it, and the names as it takes them. The database is opened only where one of them is no file.

        Raises:
            InputError: one of the runs goes on and people play it, and whoever asks is no `facilitator`.
        """
        from incidentsim.cli.going_on import check_audience
        from incidentsim.evidence.reading.paths import run_or_path

        names = tuple(map(run_or_path, named))
        service = self.open_service(record=any(isinstance(name, str) for name in names))
        for name in names:
            if isinstance(name, str):
                check_audience(service, name, facilitator=facilitator)
        return service, names

    def account(self, view: "RunView | RecordOutline | RecordedFacts") -> "Account":
        """A run, ready to be told in this language."""
        from incidentsim.cli.output import fit_page
        from incidentsim.exports.wording.account import Account

        fit_page()
        return Account(view.facts, view.playbook, view.scenario, self.language)
