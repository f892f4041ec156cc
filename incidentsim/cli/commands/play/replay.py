"""`incidentsim replay`: scenarios run without a screen, and verdicts on what was expected of them."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import OutputFile, format_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.progress import progress
from incidentsim.composition import named
from incidentsim.domain.errors import InputError
from incidentsim.files import check_place, write_file
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.service import RunView


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Run scenarios from start to end and judge their expectations. PATH is a file, a folder, or the id of a "
            "shipped scenario.\n\n"
            "The exit code is 0 if every run passed, 1 if one failed, 2 if an input is wrong, 3 if the surroundings "
            "failed."
        )
    )
    @click.argument("paths", metavar=_("PATH…"), nargs=-1)
    @click.option("--playbook", metavar=_("PLAYBOOK"), help=_("Play by this playbook (file or id) instead."))
    @click.option("--bots", is_flag=True, help=_("Let bots decide what the script leaves open."))
    @click.option(
        "--junit",
        type=OutputFile(),
        metavar=_("FILE"),
        help=_("Write the verdicts as JUnit XML too."),
    )
    @format_option()
    @click.option("--no-record", is_flag=True, help=_("Keep no record of the runs."))
    @click.option("--resume", metavar=_("RUN"), help=_("Go on with this unfinished run instead."))
    @click.pass_obj
    def replay(frontend: Frontend, /, **given: object) -> ExitCode:
        return _Replay(frontend, **given).run()  # type: ignore[arg-type]  # click gives them the declared types

    return replay


@dataclass
class _Replay:
    """One call of the command. `views` are the runs so far, `wrong` what could not be run."""

    frontend: Frontend
    paths: tuple[str, ...]
    playbook: str | None
    bots: bool
    junit: Path | None
    output_format: str
    no_record: bool
    resume: str | None
    views: "list[RunView]" = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> ExitCode:
        """Run everything, print the verdicts and write the report.

        Raises:
            click.UsageError: the options contradict each other.
            InputError: nothing could be run at all.
            SurroundingsError: the record could not be kept.
        """
        as_json = self.output_format == "json"
        if self.junit is not None:
            check_place(self.junit)
        for view in self._resumed() if self.resume is not None else self._replayed():
            self.views.append(view)
            if not as_json:
                print_verdict(self.frontend, view)
        if as_json:
            self._print_json()
        if self.junit is not None:
            from incidentsim.exports.junit import junit

            verdicts = junit([(view.report, self.frontend.account(view)) for view in self.views])
            write_file(self.junit, verdicts, replace=True)  # build servers keep one file, by one name
        self._tell_of_bots()
        passed = sum(view.report.passed for view in self.views)
        failed = len(self.views) - passed
        narrate(
            _("{passed} passed, {failed} failed, {wrong} could not be run.").format(
                passed=passed, failed=failed, wrong=len(self.wrong)
            )
        )
        if failed and len(self.views) > 1:  # among many they scrolled away
            names = (view.scenario.id for view in self.views if not view.report.passed)
            narrate(_("Failed: {names}.").format(names=_(", ").join(names)))
        if self.wrong:
            return ExitCode.WRONG_INPUT
        return ExitCode.NEGATIVE if failed else ExitCode.POSITIVE

    def _resumed(self) -> "Iterator[RunView]":
        if self.paths or self.playbook or self.bots or self.no_record:
            raise click.UsageError(_("--resume takes everything from the record: give it the run and nothing else."))
        service = self.frontend.open_service(record=True)
        with progress(1, wanted=self.output_format == "json" or not sys.stdout.isatty()) as bar:
            bar.begin(str(self.resume))
            yield service.exercises.resume(str(self.resume), on_step=bar.step)
            bar.done()

    def _replayed(self) -> "Iterator[RunView]":
        if not self.paths:
            raise click.UsageError(_("Name a scenario, a folder of scenarios, or the id of a shipped one."))
        service = self.frontend.open_service(record=not self.no_record)
        scenarios = service.library.scenarios(self.paths)
        with progress(len(scenarios), wanted=self.output_format == "json" or not sys.stdout.isatty()) as bar:
            for scenario in scenarios:
                bar.begin(Path(scenario).name)
                try:
                    yield service.exercises.replay(
                        scenario,
                        playbook=named(self.playbook),
                        bots=self.bots,
                        record=not self.no_record,
                        on_step=bar.step,
                    )
                except InputError as error:
                    if len(scenarios) == 1:
                        raise
                    self.wrong.append((str(scenario), str(error)))
                    narrate(_("Not run: {path}").format(path=scenario))
                    narrate(str(error))
                bar.done()

    def _tell_of_bots(self) -> None:
        """Say why a scenario without a script comes to nothing when it is left to itself."""
        idle = [view for view in self.views if not view.report.passed and not view.scenario.script]
        if idle and not self.bots and self.resume is None:
            message = ngettext(
                "{n} scenario has no script, so nobody decides anything in it: with --bots, bots do.",
                "{n} scenarios have no script, so nobody decides anything in them: with --bots, bots do.",
                len(idle),
            )
            narrate(message.format(n=len(idle)))

    def _print_json(self) -> None:
        from incidentsim.exports.as_json.run import replay_json

        say_json(replay_json([view.report for view in self.views], self.wrong))


def print_verdict(frontend: Frontend, view: "RunView") -> None:
    """Print one run's verdict and what it rests on."""
    from incidentsim.exports.text.verdict import verdict_lines, verdict_word
    from incidentsim.exports.wording.plain_text import visible

    colour = "green" if view.report.passed else "red"
    word = click.style(verdict_word(view.report), fg=colour, bold=True)
    title = visible(view.scenario.title.say(frontend.language))
    say(_("{verdict}  {scenario}  {title}").format(verdict=word, scenario=view.report.scenario, title=title))
    say("    " + line for line in verdict_lines(view.report, frontend.account(view)))
