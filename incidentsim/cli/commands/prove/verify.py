"""`incidentsim verify`: a bundle, a log, a proof or a stored run, checked by recomputing it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import harmless, narrate, say, say_json
from incidentsim.cli.value_types import Number
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.evidence.findings import Findings
    from incidentsim.evidence.trusted_inputs import TrustedInputs


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Check a record by recomputing all of it, and say what was expected and found, which entry is the first "
            "bad one, and what could not be checked. PATH is a bundle (packed or unpacked), an exported log (.jsonl) "
            "or a proof; RUN is a recorded run's id, the beginning of it, or “last”.\n\n"
            "Only something from outside shows that a record was written anew by whoever holds its key: a checkpoint "
            "kept earlier, a size and root on paper, or the key of somebody who signed as well.\n\n"
            "The exit code is 0 if everything holds, 1 if something does not, 2 if there is nothing that could be "
            "checked."
        )
    )
    @click.argument("what", metavar=_("PATH|RUN"))
    @click.option(
        "--checkpoint",
        "checkpoints",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        multiple=True,
        help=_("A checkpoint of this record that was kept elsewhere, or a bundle that holds it."),
    )
    @click.option("--size", type=Number(min=0), metavar=_("COUNT"), help=_("How many entries a paper says."))
    @click.option("--root", metavar=_("ROOT"), help=_("The root that it says, over so many entries."))
    @click.option(
        "--signed-by",
        "keys",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        multiple=True,
        help=_("A public key that must have signed."),
    )
    @click.option(
        "--tsa-roots",
        "roots",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        help=_("Root certificates (PEM) of time-stamping authorities: the bundle's stamp must lead to one of them."),
    )
    @format_option()
    @click.pass_obj
    def verify(frontend: Frontend, /, what: str, output_format: str, **given: object) -> ExitCode:
        trusted = known_elsewhere(**given)  # type: ignore[arg-type]  # click gives them the declared types
        findings = find(frontend, what, trusted)
        if output_format == "json":
            say_json({"what": what, **findings.to_json()})
        else:
            say(findings_lines(findings))
        _summarise(findings, what)
        return ExitCode.POSITIVE if findings.holds else ExitCode.NEGATIVE

    return verify


def find(frontend: Frontend, what: str, trusted: "TrustedInputs") -> "Findings":
    """Verify whatever `what` names.

    Raises:
        InputError: it names nothing that can be verified.
        SurroundingsError: it cannot be read.
    """
    from incidentsim.evidence.reading.paths import run_or_path

    named = run_or_path(what)
    if isinstance(named, Path):  # without the service, whose import takes longer than most files
        from incidentsim.evidence.verifying_files import verify_path

        return verify_path(named, trusted)
    return frontend.open_service(record=True).records.verify(named, trusted)


def known_elsewhere(
    checkpoints: tuple[Path, ...], size: int | None, root: str | None, keys: tuple[Path, ...], roots: Path | None
) -> "TrustedInputs":
    """Read the trusted inputs from the options: checkpoints, size, root, public keys, roots of time-stamp authorities.

    Raises:
        InputError: a file is not what it should be, or the root is none.
    """
    from incidentsim.evidence.keys import read_public_key
    from incidentsim.evidence.rfc3161 import read_roots
    from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
    from incidentsim.ledger.checkpoint import read_root

    trusted_root = read_root(root.strip()) if root is not None else None
    if root is not None and trusted_root is None:
        message = _("“{root}” is no root: 44 characters, the last of them “=”, as reports and checkpoints show it.")
        raise InputError(message.format(root=root))
    return TrustedInputs(
        earlier=tuple(map(read_trusted_checkpoint, checkpoints)),
        size=size,
        root=trusted_root,
        keys=tuple(map(read_public_key, keys)),
        tsa_roots=() if roots is None else read_roots(roots),
    )


def findings_lines(findings: "Findings") -> "Iterator[str]":
    """The verdict for people: what it is about, every check, who signed, and what was not checked."""
    from incidentsim.evidence.findings import title
    from incidentsim.exports.wording.plain_text import width
    from incidentsim.ledger.checkpoint import write_root
    from incidentsim.ledger.entry import timestamp

    yield _("run: {run}").format(run=harmless(findings.run or _("unknown")))
    yield ngettext("{n} entry", "{n} entries", findings.size).format(n=findings.size)
    if findings.root is not None:
        yield _("root: {root}").format(root=write_root(findings.root))
    yield from _erased_lines(findings)
    for signed in findings.signatures:
        words = _("signed by {name}") if signed.holds else _("NOT signed by {name}, though it says so")
        yield harmless(words.format(name=signed.name))
        if signed.digest:
            yield "  " + _("key: {digest}").format(digest=signed.digest)
    for pin in findings.pins:
        for signed in pin.signatures:
            if signed.holds:
                words = ngettext(
                    "checkpoint from outside, over {n} entry, signed by {name}",
                    "checkpoint from outside, over {n} entries, signed by {name}",
                    pin.size,
                )
                yield harmless(words.format(n=pin.size, name=signed.name))
                yield "  " + _("key: {digest}").format(digest=signed.digest)
    if findings.stamped is not None:
        when = timestamp(findings.stamped.time)
        yield harmless(_("stamped at {time} by {name}").format(time=when, name=findings.stamped.authority))
    yield ""
    good, bad = _("holds"), _("FAULTY")
    wide = max(width(good), width(bad))
    for check in findings.checks:
        word, colour = (good, "green") if check.holds else (bad, "red")
        gap = " " * (2 + wide - width(word))
        yield click.style(word, fg=colour, bold=not check.holds) + gap + title(check.name)
        if not check.holds:
            if check.seq is not None:
                yield "        " + _("entry: {seq}").format(seq=check.seq)
            yield "        " + harmless(_("expected: {what}").format(what=check.expected))
            yield "        " + harmless(_("found: {what}").format(what=check.found))
    limits = findings.limits()
    if limits:
        yield ""
        yield _("Not checked:")
        yield from (f"- {said}" for said in limits)


def _erased_lines(findings: "Findings") -> "Iterator[str]":
    erasures = findings.erasures
    for seq, said in erasures.texts.items():
        yield _("erased: the texts of entry {seq}, as entry {said} says").format(seq=seq, said=said)
    for person, said in erasures.people.items():
        yield harmless(_("erased: the name of {person}, as entry {said} says").format(person=person, said=said))
    if erasures.scenario:
        yield _("erased: the scenario in which they stood")


def _summarise(findings: "Findings", what: str) -> None:
    faults = sum(not check.holds for check in findings.checks)
    if not faults:
        narrate(_("Everything that could be checked holds: {what}").format(what=what))
    elif findings.may_be_earlier:
        message = _(
            "This record does not hold: {what}. From entry {seq} on it is not what was signed; whether an earlier one "
            "was rewritten, and all that follow on it, cannot be told."
        )
        narrate(message.format(what=what, seq=findings.first_bad))
    elif findings.first_bad is not None:
        message = _("This record does not hold: {what}. The first bad entry is {seq}.")
        narrate(message.format(what=what, seq=findings.first_bad))
    else:
        narrate(_("This record does not hold: {what}.").format(what=what))
