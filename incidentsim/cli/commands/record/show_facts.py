"""The facts of a run that somebody asked `incidentsim show` for, without all that is told of the whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.paging import Paging
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from incidentsim.domain.facts import Fact
    from incidentsim.service.records import RecordedFacts

_MOST_NAMED: Final = 60
"""More incidents or kinds than these are not named in an error."""


@dataclass(frozen=True, slots=True)
class FactFilter:
    """The conditions on facts, by number, incident and kind; `None` asks for nothing. Both ends are included."""

    first: int | None = None
    last: int | None = None
    incident: str | None = None
    kind: str | None = None

    def numbers(self, facts: "Sequence[Fact]") -> list[int]:
        """Return the sequence numbers of the facts that meet all conditions.

        Raises:
            InputError: there is no such incident or kind of fact.
        """
        from incidentsim.domain.facts import FactKind

        incidents = dict.fromkeys(fact.incident for fact in facts if fact.incident is not None)
        _check(self.incident, incidents, _("There is no incident {name} in this run: {known}."))
        _check(self.kind, [kind.value for kind in FactKind], _("There is no kind of fact {name}: {known}."))
        start, end = self.first or 0, len(facts) if self.last is None else self.last + 1
        return [
            number
            for number, fact in enumerate(facts[start:end], start)
            if self.incident in (None, fact.incident) and self.kind in (None, fact.kind.value)
        ]


def _check(name: str | None, known: "Collection[str]", message: str) -> None:
    if name is not None and name not in known:
        raise InputError(message.format(name=name, known=", ".join(list(known)[:_MOST_NAMED])))


def show_facts(
    frontend: Frontend, recorded: "RecordedFacts", paging: Paging, output_format: str, chosen: FactFilter
) -> None:
    """Print the timeline of some facts alone."""
    numbers = chosen.numbers(recorded.facts)
    shown = paging.cut(numbers, for_people=output_format == "text")
    if output_format == "json":
        from incidentsim.exports.as_json.pieces import Rows
        from incidentsim.exports.as_json.run import facts_json
        from incidentsim.exports.wording.local_time import LocalClock

        told = facts_json((recorded.facts[number] for number in shown), LocalClock(recorded.scenario.local_time))
        facts = Rows({"sequence": number, "fact": fact} for number, fact in zip(shown, told, strict=True))
        say_json({"run": recorded.run, "total": len(numbers), "of": len(recorded.facts), "facts": facts})
    elif shown:
        from incidentsim.exports.text.narrative import excerpt

        say(excerpt(frontend.account(recorded), shown, details=True))
    if not numbers:
        narrate(_("No fact of this run is as you asked."))
