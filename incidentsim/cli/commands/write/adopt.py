"""`incidentsim adopt`: a procedure as one's own, or a file into the library."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import force_option
from incidentsim.cli.output import harmless, narrate, say
from incidentsim.cli.placing import check_id, language_for, write_files
from incidentsim.composition import named
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.definitions.library.library import Library


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Make a procedure your own. incidentsim adopt PLAYBOOK --as ID copies a playbook (file or id) into the "
            "folder ID: under that name, in the language spoken (--lang), without the tracks and notices that you do "
            "not want, with a roster, a first scenario, a check for CI, the settings of an editor, and questions.md: "
            "what the procedure says without a source, as questions to answer.\n\n"
            "incidentsim adopt FILE without --as checks a playbook, scenario or roster and copies it into the library "
            "in your data folder, a playbook with its scenarios and rosters; from then on it is found by its id."
        )
    )
    @click.argument("what", metavar=_("PLAYBOOK|FILE"))
    @click.option("--as", "name", metavar=_("ID"), help=_("The id of your procedure, and the name of its folder."))
    @click.option(
        "--without",
        multiple=True,
        metavar=_("TRACK"),
        help=_("A track or notice that is left out, with every rule that speaks of it; may be given several times."),
    )
    @force_option()
    def adopt(*, what: str, name: str | None, without: tuple[str, ...], force: bool) -> ExitCode:
        wanted = named(what)
        if name is not None:
            check_id(name)
            _adopt(what if wanted is None else wanted, name, without, force=force)
            return ExitCode.POSITIVE
        if without or not isinstance(wanted, Path):
            raise InputError(_("Under which name is it to be yours? Say it with --as ID."))
        return _keep(wanted, force=force)

    return adopt


def _adopt(what: Path | str, name: str, without: Sequence[str], *, force: bool) -> None:
    from incidentsim.definitions.library.files import read_bytes
    from incidentsim.definitions.playbook.read import read_playbook
    from incidentsim.definitions.starting.adopting import adopted
    from incidentsim.definitions.starting.folder import SCENARIO, whole_folder
    from incidentsim.definitions.starting.questions import questions
    from incidentsim.definitions.starting.scenario_file import new_scenario

    path, data = (
        (what, read_bytes(what)) if isinstance(what, Path) else composition.library(on_hidden=narrate).playbook(what)
    )
    original = read_playbook(data, str(path))
    spoken = language_for(original)
    made = adopted(data, str(path), name, spoken, without)
    first = new_scenario(f"{name}-first", made.playbook, spoken)
    files = whole_folder(name, {"playbook.yaml": made.data, SCENARIO: first}, spoken)
    asked, open_ones = questions(made.data, made.playbook, original.id)
    folder = Path(name)
    write_files(folder, {**files, "questions.md": asked}, force=force)
    if made.gone:
        count = len(made.gone)
        gone = ngettext("{n} rule went with what was left out.", "{n} rules went with what was left out.", count)
        narrate(gone.format(n=count))
    message = ngettext(
        "{n} rule has no source: {file} asks about it.", "{n} rules have no source: {file} asks about them.", open_ones
    )
    narrate(message.format(n=open_ones, file=folder / "questions.md"))
    narrate(_("incidentsim check {folder}: says what is wrong").format(folder=folder))
    narrate(_("incidentsim play {scenario}: you play it").format(scenario=folder / SCENARIO))


def _keep(file: Path, *, force: bool) -> ExitCode:
    """Check a file and what belongs to it, and copy all of it into the library."""
    from incidentsim.definitions.library import check as checking

    library = composition.library(on_hidden=narrate)
    copies = dict(_copies(file, library.beside(file)))
    wrong = False
    for path in [path for path, _data in copies.values()]:
        for checked in checking.check([path], library.beside(path)):
            for problem in checked.problems:
                say(harmless(str(problem)))
            wrong = wrong or bool(checked.problems)
    if wrong:
        narrate(_("Nothing was copied: mend it first."))
        return ExitCode.NEGATIVE
    folder = composition.kept_library()
    write_files(folder, {name: data for name, (_path, data) in copies.items()}, force=force)
    return ExitCode.POSITIVE


def _copies(file: Path, library: "Library") -> Iterator[tuple[str, tuple[Path, bytes]]]:
    """What is copied, by where it goes in the library: the file, a playbook's scenarios, and the rosters they name.

    Raises:
        InputError: the file is no playbook, scenario or roster.
    """
    from incidentsim.definitions.library.files import head_of, read_bytes
    from incidentsim.definitions.library.places import Origin
    from incidentsim.definitions.rosters.resolving import roster_named
    from incidentsim.definitions.scenario.attachments import standing_alone
    from incidentsim.definitions.yaml12.reader import read_yaml

    head = head_of(read_bytes(file), str(file))
    folders = {"playbook": "playbooks", "scenario": "scenarios", "roster": "rosters"}
    if head.kind not in folders:
        message = _("{path} is no playbook, scenario or roster; only these are kept in the library.")
        raise InputError(message.format(path=file))
    scenarios = [file] if head.kind == "scenario" else []
    if head.kind == "playbook":
        near = library.located("scenario").values()
        scenarios = [one.path for one in near if one.origin is Origin.BESIDE and _is_for(one.path, head.id)]
    for path in scenarios:
        data = read_bytes(path)
        roster = roster_named(read_yaml(data, str(path)).value)
        if roster is not None and roster in library.located("roster"):
            where = library.located("roster")[roster].path
            yield f"rosters/{roster}.yaml", (where, read_bytes(where))
        if b"attachments" in data and roster is None:  # its files stay where they are
            data = standing_alone(data, str(path), path.parent)
        yield f"scenarios/{head_of(data, str(path)).id}.yaml", (path, data)
    if head.kind != "scenario":
        yield f"{folders[head.kind]}/{head.id}.yaml", (file, read_bytes(file))


def _is_for(scenario: Path, playbook: str) -> bool:
    from incidentsim.definitions.library.files import head_of, read_bytes

    return head_of(read_bytes(scenario), str(scenario)).playbook == playbook
