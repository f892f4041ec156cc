"""`incidentsim check`: what is wrong with playbooks and scenarios, every problem at its place."""

from typing import TYPE_CHECKING

import click

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import format_option
from incidentsim.cli.output import harmless, narrate, say, say_json
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.definitions.library.check import CheckedFile
    from incidentsim.definitions.yaml12.problems import Problem
    from incidentsim.domain.facts import Json
    from incidentsim.domain.playbook import Playbook


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Look for problems in playbooks, scenarios, rosters, archetypes, clock packs and control maps: unknown "
            "names, unreachable states, duties that nobody can settle, missing texts, rules without a basis, and more. "
            "PATH is a file or a folder.\n\n"
            "What is valid and easily misread, such as an exercise in which the clocks change, is a warning; so are "
            "names that nothing uses. Bots play each valid playbook, a made-up incident for each level and each truth; "
            "what they did not reach is a note and no proof.\n\n"
            "The exit code is 0 if nothing is wrong, 1 if a definition has problems, 2 if a file is no definition at "
            "all or cannot be read."
        )
    )
    @click.argument("paths", metavar=_("PATH…"), nargs=-1, required=True)
    @click.option(
        "--quality",
        is_flag=True,
        help=_(
            "Look at valid scenarios as stories too: injects that never come, reach nobody or prompt nothing, dead "
            "gaps, overloaded people, objectives that nothing tests, truths without evidence, unfinished texts, and "
            "more. Bots play each of them a few times for it."
        ),
    )
    @click.option(
        "--translations",
        is_flag=True,
        help=_(
            "List the texts that are missing in a language: one that the document names, English or Chinese. They are "
            "warnings: a reader without them is shown another language."
        ),
    )
    @click.option(
        "--propose",
        is_flag=True,
        help=_(
            "Propose, for rules that say nothing by the key means, what they seem to be in the terms of the field, "
            "with the reason, and say which meanings no step has. Nothing is written, and nothing reads a proposal."
        ),
    )
    @click.option("--play/--no-play", default=True, help=_("Let bots play valid playbooks too, or leave it out."))
    @format_option()
    def check(
        paths: tuple[str, ...], output_format: str, *, quality: bool, translations: bool, propose: bool, play: bool
    ) -> ExitCode:
        from pathlib import Path

        from incidentsim.definitions.library import check as checking
        from incidentsim.definitions.yaml12.problems import folded

        files = checking.check(
            [Path(path) for path in paths],
            composition.library(on_hidden=narrate),
            quality=quality,
            translations=translations,
            propose=propose,
            play=play,
            read_archetype=_read_archetype,
        )
        if output_format == "json":
            say_json(as_json(files))
        else:
            for file in files:
                for problem in folded(file.problems):
                    say(harmless(problem))
                warnings = [warning for warning in file.warnings if warning.rule not in checking.NOTES]
                for warning in map(str, warnings) if translations else folded(warnings):
                    say(harmless(_("Warning: {problem}").format(problem=warning)))
                for note in (str(warning) for warning in file.warnings if warning.rule in checking.NOTES):
                    say(harmless(_("Note: {problem}").format(problem=note)))
        _summarise(files)
        return verdict(files)

    return check


def _read_archetype(data: bytes, file: str, playbook: "Playbook") -> object:
    from incidentsim.generation.archetypes import read_archetype  # whoever checks none does not need it

    return read_archetype(data, file, playbook)


def verdict(files: "Sequence[CheckedFile]") -> ExitCode:
    """The exit code for these files."""
    if not all(file.readable for file in files):
        return ExitCode.WRONG_INPUT
    return ExitCode.NEGATIVE if any(file.problems for file in files) else ExitCode.POSITIVE


def as_json(files: "Sequence[CheckedFile]") -> "dict[str, Json]":
    """Return the result of a check as `--format json` prints it."""
    return {
        "files": [
            {
                "file": str(file.path),
                "kind": file.kind,
                "id": file.id,
                "readable": file.readable,
                "problems": [_problem_as_json(one) for one in file.problems],
                "warnings": [_problem_as_json(one) for one in file.warnings],
            }
            for file in files
        ],
        "problems": sum(len(file.problems) for file in files),
        "warnings": sum(len(file.warnings) for file in files),
    }


def _problem_as_json(problem: "Problem") -> "dict[str, Json]":
    found: dict[str, Json] = {
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "message": problem.message,
    }
    if problem.rule is not None:
        found["rule"] = problem.rule
    return found


def _summarise(files: "Sequence[CheckedFile]") -> None:
    problems = sum(len(file.problems) for file in files)
    from incidentsim.definitions.library.check import NOTES

    notes = sum(warning.rule in NOTES for file in files for warning in file.warnings)
    warnings = sum(len(file.warnings) for file in files) - notes
    if notes:
        narrate(ngettext("{n} note.", "{n} notes.", notes).format(n=notes))
    if warnings:
        narrate(ngettext("{n} warning.", "{n} warnings.", warnings).format(n=warnings))
    narrate(
        _("{files}, {problems}.").format(
            files=ngettext("{n} file checked", "{n} files checked", len(files)).format(n=len(files)),
            problems=ngettext("{n} problem", "{n} problems", problems).format(n=problems),
        )
    )
