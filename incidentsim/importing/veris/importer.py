"""The way in: the bytes of a VERIS file to scenarios, with an account of what was not carried over."""

from collections.abc import Sequence
from typing import Final

from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.playbook import Playbook
from incidentsim.importing.imported import Imported
from incidentsim.importing.limits import MOST_BROKEN, MOST_COUNTED
from incidentsim.importing.veris.facts import facts_of
from incidentsim.importing.veris.not_carried import not_carried
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.scenario import scenario_of
from incidentsim.importing.veris.source import Records, Source
from incidentsim.messages import gettext as _

_EXAMPLES: Final = 3


def import_veris(data: bytes, file: str, playbook: Playbook, roster: Roster | None = None) -> Imported:
    """The scenario that one record makes.

    Args:
        data: the file's bytes: JSON, UTF-8.
        file: what the file is called in a problem.
        playbook: the procedure that the scenario is meant for; its measures and thresholds give the level.
        roster: the people who take part; without one, they are invented.

    Raises:
        DefinitionError: the file is no VERIS record of the versions that can be read; every problem with its
            position and path, such as `$.attribute.confidentiality.data_total`.
    """
    results = import_veris_file(data, file, playbook, roster)
    if len(results) > 1:
        message = _("This file holds {count} records, not one.").format(count=len(results))
        raise DefinitionError([Problem(file, 1, 1, "$", message)])
    if isinstance(results[0], DefinitionError):
        raise results[0]
    return results[0]


def import_veris_file(
    data: bytes, file: str, playbook: Playbook, roster: Roster | None = None
) -> list[Imported | DefinitionError]:
    """The scenarios that the records of a file make, in its order; an error in the place of each broken one.

    A file holds one record, a JSON list of records, or one record a line. For the arguments see `import_veris`.

    Raises:
        DefinitionError: the file as a whole cannot be read, or more than `MOST_BROKEN` of its records are broken.
        NoRecordsError: the file is a schema.
    """
    records = Records(data, file)
    results: list[Imported | DefinitionError] = []
    broken: list[DefinitionError] = []
    for record in records:
        result = record if isinstance(record, DefinitionError) else _import_one(record, playbook, roster)
        results.append(result)
        if isinstance(result, DefinitionError):
            broken.append(result)
        if len(broken) > MOST_BROKEN:
            raise _refusal(records, len(results), broken)
    return results


def _refusal(records: Records, seen: int, broken: Sequence[DefinitionError]) -> DefinitionError:
    """The refusal of a whole file of which too much is broken: how much, how much was not looked at, and examples."""
    left = records.left()
    message = _(
        "{broken} of the first {seen} records are broken. The {left} behind them were not looked at, and none of "
        "the file is imported. The first that are broken:"
    )
    if left == MOST_COUNTED:
        message = _(
            "{broken} of the first {seen} records are broken. The more than {left} behind them were not looked at, "
            "and none of the file is imported. The first that are broken:"
        )
    message = message.format(broken=f"{len(broken):,}", seen=f"{seen:,}", left=f"{left:,}")
    examples = [problem for error in broken[:_EXAMPLES] for problem in error.problems[:1]]
    return DefinitionError([records.problem(message), *examples])


def _import_one(source: Source, playbook: Playbook, roster: Roster | None) -> Imported | DefinitionError:
    record = Record(source)
    try:
        facts = facts_of(record)
        scenario = scenario_of(record, facts, playbook, roster)
        record.stop_if_faulty()
    except DefinitionError as error:
        return error
    left = not_carried(record, not facts.is_incident)
    carried = tuple(record.named(leaf) for leaf in record.leaves if leaf in record.carried)
    return Imported(scenario.id, scenario_to_yaml(scenario), left, tuple(record.assumptions), carried)
