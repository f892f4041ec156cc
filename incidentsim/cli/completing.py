"""What a shell completes: runs by id and name, scenarios and playbooks by id, wherever a command takes one."""

from typing import Any, Final

import click

from incidentsim import composition

_RUNS: Final = frozenset({"run", "runs", "resume", "what", "first", "second"})
_SCENARIOS: Final = frozenset({"scenario", "scenarios"})
_PLAYBOOKS: Final = frozenset({"playbook", "playbooks"})


def complete(command: click.Command) -> None:
    """Have a command, and the commands in it, complete what its parameters name."""
    for parameter in command.params:
        if parameter.name in _RUNS | _SCENARIOS | _PLAYBOOKS and not isinstance(parameter.type, click.Choice):
            parameter._custom_shell_complete = _offered  # noqa: SLF001 - where click keeps its argument shell_complete
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        complete(inner)


def _offered(_context: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
    """The names that begin so, and files; nothing where they cannot be read: a shell shows no errors."""
    from click.shell_completion import CompletionItem

    try:
        names = _names(parameter.name or "")
    except Exception:  # noqa: BLE001 - whoever presses tab waits for no sentence
        names = []
    fitting = [name for name in names if name.startswith(incomplete)]
    return [*map(CompletionItem, fitting), *([] if fitting else [CompletionItem(incomplete, type="file")])]


def _names(parameter: str) -> list[str]:
    if parameter in _RUNS:
        service = composition.service()
        labels = service.keeping.labels()
        return [
            "last",
            *(label.name for label in labels.values() if label.name),
            *(run.id for run in service.records.runs()),
        ]
    library = composition.service(record=False).library
    if parameter in _SCENARIOS:
        return [card.id for card in library.shelf().cards]
    return [playbook.id for playbook in library.playbooks()]
