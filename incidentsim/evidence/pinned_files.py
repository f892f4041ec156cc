"""What the checkpoint pins beside the record and its documents: the guide, and what was made for reading.

    files.sha256    DIGEST  VERIFY.md
                    DIGEST  views.sha256
    views.sha256    # salt 5c0f…
                    DIGEST  views/after-action-report.en.md

Both are lists as `sha256sum --check` reads them. The checkpoint holds the digest of the first, which holds that of the
second. A copy that names nobody goes without the second: its salt is secret, because whoever has only the digest of a
report could otherwise guess the names in it, and see that the guess is right.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from incidentsim.evidence import members
from incidentsim.evidence.findings import Notebook
from incidentsim.evidence.members import MemberError
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.checkpoint import Checkpoint
from incidentsim.ledger.digests import PREFIX
from incidentsim.ledger.erasures import Erasures
from incidentsim.messages import gettext as _

PINNED_ELSEWHERE: Final = frozenset(
    {
        members.LOG,  # by the root
        members.PLAYBOOK,  # by the first entry
        members.SCENARIO,
        members.OFFSETS,
        members.OUTLINE,  # by the last entry that names one
        members.ROSTER,  # by lines of their own in the checkpoint
        members.TEXTS,
        members.FILES,
        members.CHECKPOINT,  # by its signatures
        members.TIMESTAMP,  # by the authority's signature
        members.MANIFEST,  # it says nothing that does not follow from the others
    }
)
"""Members that are pinned, each in its own way, without being listed; keys are, by the signatures made with them."""

_SALTED: Final = re.compile(rb"# salt ([0-9a-f]{64})\n")
_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S+)")


def write_lists(views: Mapping[str, bytes], guide: bytes, salt: bytes) -> dict[str, bytes]:
    """The lists of a bundle, by the names of the members that they are, in their order.

    Args:
        views: what is for reading, by name of member; without any there is no list of it.
        guide: VERIFY.md.
        salt: 32 secret bytes.
    """
    lists: dict[str, bytes] = {}
    pinned = {members.GUIDE: guide}
    if views:
        lists[members.VIEW_LIST] = b"# salt %s\n" % salt.hex().encode() + _write(_digests(views))
        pinned[members.VIEW_LIST] = lists[members.VIEW_LIST]
    lists[members.FILES] = _write(_digests(pinned))
    return lists


def read_list(data: bytes, name: str) -> dict[str, str]:
    """The digests (hexadecimal) by name of member in the list that is called `name`.

    Raises:
        MemberError: it is not as `write_lists` writes it.
    """
    lines = data
    if name == members.VIEW_LIST:
        salted = _SALTED.match(data)
        lines = data[salted.end() :] if salted is not None else b"-"
    parsed = [_LINE.fullmatch(line) for line in lines.decode("ascii", errors="replace").split("\n")[:-1]]
    found = {line[2]: line[1] for line in parsed if line is not None}
    fit = all(one.startswith(members.VIEWS) for one in found) or name == members.FILES
    if not fit or _write(found) != lines:
        raise MemberError(_("{name} is not a list of digests and names in order of name.").format(name=name))
    return found


def check_files(bundle: OpenedBundle, checkpoint: Checkpoint, digests: Mapping[str, str], notes: Notebook) -> list[str]:
    """Compare whatever is pinned by nothing else with the lists; the names of what cannot be told.

    Args:
        bundle: what is verified.
        checkpoint: its checkpoint.
        digests: those of all members (hexadecimal), by name.
        notes: where the checks are noted.
    """
    if checkpoint.files is None and not {members.FILES, members.VIEW_LIST} & digests.keys():
        return []  # of a version that pinned none of it
    pinned = {members.FILES: (checkpoint.files or "").removeprefix(PREFIX)}
    views: dict[str, str] = {}
    if _compare(members.FILES, pinned, digests, notes) and members.FILES in digests:
        pinned |= _read(members.FILES, bundle, notes)
    if members.VIEW_LIST in digests and _compare(members.VIEW_LIST, pinned, digests, notes):
        views = _read(members.VIEW_LIST, bundle, notes)
    there = {name for name in digests if name not in PINNED_ELSEWHERE and not name.startswith(members.KEYS)}
    for name in members.sorted_names({*there, *pinned, *views} - {members.FILES, members.VIEW_LIST}):
        _compare(name, pinned | views, digests, notes)
    left_out = members.VIEW_LIST in pinned and members.VIEW_LIST not in digests
    return ["left-out"] * left_out + ["views-content"] * any(name.startswith(members.VIEWS) for name in there)


def check_outline(bundle: OpenedBundle, erasures: Erasures, digests: Mapping[str, str], notes: Notebook) -> None:
    """Compare what is kept in the place of an erased scenario with what the entry says that erased it.

    Args:
        bundle: what is verified.
        erasures: what its record says was erased.
        digests: those of all members (hexadecimal), by name.
        notes: where the checks are noted.
    """
    if members.OUTLINE in bundle:
        notes.compare("outline", erasures.outline or _("none"), PREFIX + digests[members.OUTLINE])
    elif erasures.outline is not None:
        notes.skips("outline")


def _compare(name: str, pinned: Mapping[str, str], digests: Mapping[str, str], notes: Notebook) -> bool:
    """Note whether a member is as it was pinned; one that was not pinned should not be here."""
    expected, found = (
        f"{digest}  {name}" if digest else _("no {name}").format(name=name)
        for digest in (pinned.get(name), digests.get(name))
    )
    return notes.compare("files", expected, found)


def _read(name: str, bundle: OpenedBundle, notes: Notebook) -> dict[str, str]:
    try:
        return read_list(bundle.read(name), name)
    except MemberError as error:
        notes.fails("files", _("a list of digests"), str(error))
        return {}


def _digests(data: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(found).hexdigest() for name, found in data.items()}


def _write(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()
