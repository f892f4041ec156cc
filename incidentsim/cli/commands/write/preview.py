"""`incidentsim preview`: what a scenario is likely to bring, and its papers for facilitators and participants."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import OutputFile, force_option, format_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.progress import progress
from incidentsim.composition import named
from incidentsim.domain.errors import InputError
from incidentsim.exports.preparation import papers
from incidentsim.files import PRIVATE, check_free, check_place, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from incidentsim.domain.text import Language
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.exports.preparation.papers import PreparationPaper

MOST_PLAYS = 500
PLAYS = 12
"""As in `exercise.forecast`, which `--help` must not import; a test holds the two together."""


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Let bots play a scenario many times, without its script, and print what to expect: how long it takes, "
            "which way it goes, which duties are kept, and the most likely mistakes. SCENARIO is a file, or the id of "
            "a shipped one. Nothing is recorded.\n\n"
            "On request it writes the papers for an exercise with people. The list of events and the guide give "
            "everything away; the handout gives nothing away."
        )
    )
    @click.argument("scenario", metavar=_("SCENARIO"))
    @click.option(
        "--plays",
        type=click.IntRange(1, MOST_PLAYS),
        default=PLAYS,
        help=_("How often it is played for novices, practised people and experts each; 12 if left out."),
    )
    @click.option("--playbook", metavar=_("PLAYBOOK"), help=_("Play by this playbook (file or id) instead."))
    @format_option()
    @_paper_options
    @click.option(
        "--in",
        "written_in",
        type=click.Choice(["en", "zh", "both"]),
        help=_("The language of these files; the one spoken if left out."),
    )
    @force_option()
    @click.pass_obj
    def preview(frontend: Frontend, /, **given: object) -> ExitCode:
        files = {paper.id: given.pop(paper.id) for paper in papers.PAPERS}
        return _Preview(frontend, papers=files, **given).run()  # type: ignore[arg-type]  # click gives them the declared types

    return preview


def _paper_options(command: "Callable[..., ExitCode]") -> "Callable[..., ExitCode]":
    """An option for each paper; the help lists first what is added last."""
    for paper in papers.PAPERS:
        command = click.option(f"--{paper.id}", type=OutputFile(), metavar=_("FILE"), help=paper.say_help())(command)
    return command


@dataclass
class _Preview:
    """One call of the command."""

    frontend: Frontend
    scenario: str
    plays: int
    playbook: str | None
    output_format: str
    papers: "Mapping[str, Path | None]"
    written_in: str | None
    force: bool

    def run(self) -> ExitCode:
        """Forecast, print, and write the files that were asked for.

        Raises:
            click.UsageError: the options contradict each other.
            InputError: a definition is wrong or not there, or a file cannot be written as asked.
        """
        from incidentsim.exercise.forecast.forecast import PROFICIENCIES

        self._check_files()
        service = self.frontend.open_service(record=False)
        subject = named(self.scenario) or self.scenario
        with progress(self.plays * len(PROFICIENCIES), wanted=True) as bar:
            bar.begin(self.scenario)
            preview = service.exercises.preview(subject, named(self.playbook), self.plays, bar.done)
        self._write(preview)
        if self.output_format == "json":
            from incidentsim.exports.as_json.forecast import preview_json
            from incidentsim.exports.as_json.run import dumps

            say(dumps(preview_json(preview)))
        else:
            from incidentsim.exports.preparation.forecast import forecast_lines

            say(forecast_lines(preview, self.frontend.language))
        return ExitCode.POSITIVE

    def _check_files(self) -> None:
        """Refuse what cannot be written, before any work is done."""
        files = [path for _paper, path in self._wanted()]
        if self.written_in is not None and not files:
            raise click.UsageError(_("--in is for the files; name one with --msel, --guide or --handout."))
        for path in files:
            check_place(path)
        places = [path.resolve() for path in files]
        if len(set(places)) < len(places):
            raise click.UsageError(_("Two of the files are the same one; each needs its own."))
        for read in (self.scenario, self.playbook):
            if read is not None and Path(read).resolve() in places:
                message = _("{path} is what is read; write to another file.")
                raise InputError(message.format(path=read))
        for path in files if not self.force else ():
            check_free(path)
        for paper, path in self._wanted():
            if paper.suffixes and path.suffix.lower() not in paper.suffixes:
                message = _("{path}: the suffix says how the list of events is written; it must be .csv or .md.")
                raise InputError(message.format(path=path))

    def _wanted(self) -> "list[tuple[PreparationPaper, Path]]":
        """The papers that were asked for, each with its file."""
        return [(paper, path) for paper in papers.PAPERS if (path := self.papers[paper.id]) is not None]

    def _write(self, preview: "Preview") -> None:
        source = papers.PaperSource(preview.playbook, preview.scenario, lambda: preview)
        for paper, path in reversed(self._wanted()):
            self._put(path, paper.make(source, self._languages(), path.suffix.lower()))

    def _languages(self) -> "Sequence[Language]":
        if self.written_in == "both":
            return ("en", "zh")
        return (cast("Language", self.written_in) if self.written_in is not None else self.frontend.language,)

    def _put(self, path: Path, data: bytes) -> None:
        write_file(path, data, mode=PRIVATE, replace=self.force)
        narrate(_("Written: {path}").format(path=path))
