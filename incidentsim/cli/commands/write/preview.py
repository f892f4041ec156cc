"""`incidentsim preview`: what a scenario is likely to bring, and its papers for facilitators and participants."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import OutputFile, force_option, format_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.progress import progress
from incidentsim.cli.value_types import Choice, Number
from incidentsim.composition import named
from incidentsim.domain.errors import InputError
from incidentsim.exports.preparation import papers
from incidentsim.files import PRIVATE, STDOUT, check_free, check_place, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.text import Language
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.exports.preparation.papers import PaperSource, PreparationPaper

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
            "On request it writes the papers for an exercise with people. The handout and the role cards give nothing "
            "away, and each inject is for those it is addressed to. The facilitator guide, the list of events and the "
            "evaluator's sheet give everything away.\n\n"
            "In place of a scenario a PLAYBOOK may stand: role cards and the evaluator's sheet can be made of one. "
            "Then nothing is played."
        )
    )
    @click.argument("scenario", metavar="|".join((_("SCENARIO"), _("PLAYBOOK"))))
    @click.option(
        "--plays",
        type=Number(1, MOST_PLAYS),
        default=PLAYS,
        help=_("How often it is played for novices, practised people and experts each; 12 if left out."),
    )
    @click.option("--playbook", metavar=_("PLAYBOOK"), help=_("Play by this playbook (file or id) instead."))
    @format_option()
    @_paper_options
    @click.option(
        "--role",
        "roles",
        multiple=True,
        metavar=_("ROLE"),
        help=_("Make the card of this role only; may be given more than once."),
    )
    @click.option(
        "--in",
        "written_in",
        type=Choice(["en", "zh", "both"]),
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
    for paper in reversed(papers.PAPERS):
        command = click.option(f"--{paper.id}", type=OutputFile(), metavar=_("FILE"), help=paper.say_help())(command)
    return command


def _options(*, of_playbook: bool = False) -> str:
    """The options that write papers, or those of them that need no scenario."""
    return _(", ").join(f"--{paper.id}" for paper in papers.PAPERS if paper.of_playbook or not of_playbook)


def _name_of(path: Path) -> str:
    """The name whose suffix says how a paper is written; what is printed is Markdown."""
    return "-.md" if path == STDOUT else str(path)


def _nothing_to_play() -> "Preview":
    raise click.UsageError(_("This paper needs a scenario."))


@dataclass
class _Preview:
    """One call of the command."""

    frontend: Frontend
    scenario: str
    plays: int
    playbook: str | None
    output_format: str
    papers: "Mapping[str, Path | None]"
    roles: tuple[str, ...]
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
        if service.library.is_playbook(subject):
            return self._of_playbook(service.library.playbook(subject))
        if self.roles:
            from incidentsim.exports.preparation.cards import check_roles

            check_roles(service.library.playable(subject, playbook=named(self.playbook)).playbook, self.roles)
        with progress(self.plays * len(PROFICIENCIES), wanted=True) as bar:
            bar.begin(self.scenario)
            preview = service.exercises.preview(subject, named(self.playbook), self.plays, bar.done)
        self._write(papers.PaperSource(preview.playbook, preview.scenario, lambda: preview, self.roles))
        if self.output_format == "json":
            from incidentsim.exports.as_json.forecast import preview_json

            say_json(preview_json(preview))
        else:
            from incidentsim.exports.preparation.forecast import forecast_lines

            say(forecast_lines(preview, self.frontend.language))
        return ExitCode.POSITIVE

    def _of_playbook(self, playbook: "Playbook") -> ExitCode:
        """Write the papers that need no scenario."""
        wanted = [paper for paper, _path in self._wanted()]
        if not wanted or self.playbook is not None or self.output_format == "json":
            message = _(
                "“{name}” is a playbook, which nobody can play without a scenario; say what to write: {options}."
            )
            raise click.UsageError(message.format(name=playbook.id, options=_options(of_playbook=True)))
        for paper in wanted:
            if not paper.of_playbook:
                message = _("--{option} needs a scenario; of a playbook there are: {options}.")
                raise click.UsageError(message.format(option=paper.id, options=_options(of_playbook=True)))
        self._write(papers.PaperSource(playbook, None, _nothing_to_play, self.roles))
        return ExitCode.POSITIVE

    def _check_files(self) -> None:
        """Refuse what cannot be written, before any work is done."""
        files = [path for _paper, path in self._wanted()]
        if self.written_in is not None and not files:
            raise click.UsageError(_("--in is for the files; name one with: {options}.").format(options=_options()))
        if self.roles and self.papers["cards"] is None:
            raise click.UsageError(_("--role is for the role cards; name their file with --cards."))
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
            paper.suffix_of(_name_of(path))

    def _wanted(self) -> "list[tuple[PreparationPaper, Path]]":
        """The papers that were asked for, each with its file."""
        return [(paper, path) for paper in papers.PAPERS if (path := self.papers[paper.id]) is not None]

    def _write(self, source: "PaperSource") -> None:
        for paper, path in self._wanted():
            self._put(path, paper.make(source, self._languages(), paper.suffix_of(_name_of(path))))

    def _languages(self) -> "Sequence[Language]":
        if self.written_in == "both":
            return ("en", "zh")
        return (cast("Language", self.written_in) if self.written_in is not None else self.frontend.language,)

    def _put(self, path: Path, data: bytes) -> None:
        write_file(path, data, mode=PRIVATE, replace=self.force)
        narrate(_("Written: {path}").format(path=path))
