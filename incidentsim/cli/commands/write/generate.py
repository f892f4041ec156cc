"""`incidentsim generate`: a scenario from an archetype."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.loading import load_playbook, load_roster
from incidentsim.cli.options import OutputFile, force_option, format_option, people_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.value_types import Choice, Number
from incidentsim.composition import named
from incidentsim.domain.errors import InputError
from incidentsim.files import check_place, write_file
from incidentsim.messages import gettext as _
from incidentsim.messages import language, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.domain.facts import Json
    from incidentsim.generation.archetype import Archetype
    from incidentsim.generation.catalogue import Listed
    from incidentsim.generation.generate import Order

_USUAL_DIFFICULTY = 3


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Make a scenario from an archetype and print it, or write it to a file. ARCHETYPE is an id (see --list) or "
            "a file. The same archetype, seed, level, locale and difficulty always give the same scenario.\n\n"
            "Without --seed a fresh one is drawn and named on stderr; without --level, it is the middle one of those "
            "that the archetype can reach; without --locale, the one of the language spoken.\n\n"
            "With --playbook the story is told by that procedure: its levels, its roles, its steps, found by what they "
            "mean. What the procedure has not is left out, or goes to whoever stands nearest; stderr says what.\n\n"
            "With --people the people of a roster play the parts that their roles fit. Whoever the roster lacks, or "
            "the story accuses, is invented and marked so."
        )
    )
    @click.argument("archetype", metavar=_("ARCHETYPE"), required=False)
    @click.option("--list", "list_", is_flag=True, help=_("List the archetypes instead."))
    @click.option("--seed", type=Number(0), metavar="N", help=_("The seed: another one, another story."))
    @click.option("--playbook", metavar=_("PLAYBOOK"), help=_("Tell it by this playbook (file or id) instead."))
    @click.option("--level", type=Number(1), help=_("The level that comes out, of the playbook; 1 is the most severe."))
    @click.option(
        "--locale",
        type=Choice(["en_US", "zh_CN"]),
        help=_("Where the story plays and its people come from. Its texts are in both languages either way."),
    )
    @click.option(
        "--difficulty",
        type=Number(1, 5),
        default=_USUAL_DIFFICULTY,
        show_default=True,
        help=_("How hard it is: noise, red herrings, contradictions, late evidence, absent people, less time."),
    )
    @people_option()
    @click.option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar=_("FILE"),
        help=_("Write the scenario into this file."),
    )
    @force_option()
    @format_option()
    def generate(
        *,
        archetype: str | None,
        list_: bool,
        seed: int | None,
        playbook: str | None,
        level: int | None,
        locale: Literal["en_US", "zh_CN"] | None,
        difficulty: int,
        people: str | None,
        output: Path | None,
        force: bool,
        output_format: str,
    ) -> ExitCode:
        from incidentsim.generation.catalogue import Catalogue

        catalogue = Catalogue(composition.library(on_hidden=narrate))
        procedure = None if playbook is None else load_playbook(playbook)
        if list_:
            archetypes = catalogue.list() if procedure is None else catalogue.list_for(procedure)
            _list(archetypes, as_json=output_format == "json")
            return ExitCode.POSITIVE
        if archetype is None:
            raise InputError(_("Which archetype? “incidentsim generate --list” shows them."))
        if output is not None:
            check_place(output)
        drawn = composition.fresh_seed() if seed is None else seed
        where = locale or ("zh_CN" if language() == "zh" else "en_US")
        skeleton = catalogue.archetype(named(archetype) or archetype, procedure)
        roster = None if people is None else load_roster(people, named(playbook or skeleton.playbook.id))
        usual = skeleton.usual_level

        from incidentsim.generation.generate import Order  # makers of names, which a list does without

        data = _generated(skeleton, Order(drawn, usual if level is None else level, where, difficulty, people=roster))
        if seed is None:
            narrate(_("The seed is {seed}; with --seed {seed} the same scenario comes again.").format(seed=drawn))
        _write(data, output, force=force)
        return ExitCode.POSITIVE

    return generate


def _generated(archetype: "Archetype", order: "Order") -> bytes:
    from incidentsim.generation.generate import generate
    from incidentsim.generation.left_out import left_out

    made = generate(archetype, order)
    for sentence in left_out(archetype.playbook, made):
        narrate(sentence)
    return made.data


def _write(data: bytes, output: Path | None, *, force: bool) -> None:
    if output is None:
        click.echo(data, nl=False)
        return
    write_file(output, data, replace=force)
    say(str(output))


def _list(archetypes: "Sequence[Listed]", *, as_json: bool) -> None:
    if as_json:
        listed: list[Json] = [
            {
                "id": one.id,
                "playbook": one.playbook,
                "title": {"en": one.title.en, "zh": one.title.zh},
                "levels": list(one.levels),
                "tags": list(one.tags),
                "attack": list(one.attack),
            }
            for one in archetypes
        ]
        say_json({"archetypes": listed})
        return
    from incidentsim.exports.wording.plain_text import columns, visible

    rows = [[_("Archetype"), _("Levels"), _("ATT&CK"), _("Title")]]
    rows += [
        [
            visible(one.id),
            ", ".join(map(str, one.levels)),
            visible(" ".join(one.attack)) or "-",
            visible(one.title.zh if language() == "zh" else one.title.en),
        ]
        for one in archetypes
    ]
    say(columns(rows))
    narrate(ngettext("{n} archetype.", "{n} archetypes.", len(archetypes)).format(n=len(archetypes)))
