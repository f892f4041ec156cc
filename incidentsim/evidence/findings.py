"""What verifying came to: each check with what was expected and found, and what could not be checked."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from incidentsim.domain.facts import Json
from incidentsim.evidence.rfc3161 import Timestamp
from incidentsim.ledger.checkpoint import write_root
from incidentsim.ledger.entry import timestamp
from incidentsim.ledger.erasures import NOTHING_ERASED, Erasures
from incidentsim.ledger.verify import CHECKS, Check, Verdict, check_limit, check_title
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

ORDER: Final = (
    "members",
    "manifest",
    "checkpoint",
    "signatures",
    "keys",
    "entry",
    *CHECKS,
    "listing",
    "rows",
    "offsets",
    "ending",
    "size",
    "root",
    "inclusion",
    "growth",
    "roster",
    "people",
    "cast",
    "outline",
    "all-texts",
    "files",
    "text",
    "earlier",
    "paper",
    "count",
    "trusted",
    "stamp",
    "authority",
)
"""Every check of a bundle, a log or a proof, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: the signer's name, the key (as notes write it), whether it is right, and the key's digest.

    Key and digest are empty where the key is not at hand.
    """

    name: str
    key: str
    holds: bool
    digest: str = ""


SCENARIO_ERASED: Final = "scenario-erased"
"""The name of what is not known where the scenario was erased."""


class PinKind(StrEnum):
    """The sources of a size and a root that pin a record."""

    CHECKPOINT = "checkpoint"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Pin:
    """A pin from outside of the first so many entries of a record.

    Attributes:
        kind: what it is.
        size: how many entries it counts.
        holds: whether the record begins with these.
        signatures: those of a checkpoint; where the key is not at hand, whether one is right is not known.
    """

    kind: PinKind
    size: int
    holds: bool
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The verdict on a bundle, a log, a stored run or a proof.

    Attributes:
        kind: what was verified: `bundle`, `folder`, `log`, `run`, `inclusion` or `consistency`.
        checks: those that were made, in the order of `ORDER`.
        not_checked: the names of those that could not be made, because something was not at hand.
        run: the run that the record is of.
        size: how many entries it has.
        root: the root over them; `None` where it could not be recomputed.
        head: the hash of the last entry; empty where only a proof was at hand.
        sealed: how many texts are in the record as commitments only.
        erasures: what was erased, as the record says.
        erased_texts: how many texts that were.
        signatures: those of the checkpoint, the record's own key first.
        stamped: the time stamp; `None` where there is none, or it was not verified.
        pins: what was given from outside, and compared.
        more_limits: what else cannot be told, as names.
    """

    kind: str
    checks: tuple[Check, ...]
    not_checked: tuple[str, ...]
    run: str | None
    size: int
    root: bytes | None
    head: str = ""
    sealed: int = 0
    signatures: tuple[Signed, ...] = ()
    stamped: Timestamp | None = None
    pins: tuple[Pin, ...] = ()
    more_limits: tuple[str, ...] = ()
    erasures: Erasures = NOTHING_ERASED
    erased_texts: int = 0

    @property
    def holds(self) -> bool:
        """True if no check failed."""
        return all(check.holds for check in self.checks)

    @property
    def first_bad(self) -> int | None:
        """The first bad entry; `None` where there is none, or the fault is in none of them."""
        return min((check.seq for check in self.checks if check.seq is not None and not check.holds), default=None)

    @property
    def may_be_earlier(self) -> bool:
        """True if an entry before the first bad one may be bad too: where the root alone shows it, and the chain holds.

        Whoever rewrites an entry and chains all that follow anew leaves no other trace than a root that is another.
        """
        bad = {check.name for check in self.checks if not check.holds and check.seq is not None}
        return bool(bad) and bad <= {"root", "size"} and any(c.name == "root" and not c.holds for c in self.checks)

    @property
    def pinned(self) -> int:
        """So many entries, from the first on, are pinned from outside."""
        return max((pin.size for pin in self.pins if pin.holds), default=0)

    def limits(self) -> list[str]:
        """Return what these findings do not say, as sentences in the language spoken now."""
        said = [sentence for _name, sentence in self._named_limits()]
        if self.sealed > self.erased_texts and "texts" not in self.not_checked:
            message = _("Of {count} texts only the commitments are here, so their words were not checked.")
            said.append(message.format(count=self.sealed - self.erased_texts))
        return said

    def _named_limits(self) -> list[tuple[str, str]]:
        """What these findings do not say, by name, but for the texts of which only commitments are here."""
        said = [(name, limit(name)) for name in self.not_checked]
        if 0 < self.pinned < self.size:
            message = ngettext(
                "Only the first entry of {size} is pinned from outside; the rest rests on the signing key.",
                "Only the first {n} of {size} entries are pinned from outside; the rest rests on the signing key.",
                self.pinned,
            )
            said.append(("pinned", message.format(n=self.pinned, size=self.size)))
        if self.erasures:
            said.append(("erased", limit("erased")))
        before = [pin.size for pin in self.pins if pin.size <= (self.erasures.first or 0)]
        if before:
            message = _(
                "The checkpoint or root from outside over {n} entries was made before something was erased: that these "
                "entries are the same was checked; what was erased since cannot be."
            )
            said.append(("before-erasure", message.format(n=max(before))))
        said += [("outside-signatures", _not_known(pin)) for pin in self.pins if not all(map(_known, pin.signatures))]
        return said + [(name, limit(name)) for name in self.more_limits]

    def to_json(self) -> dict[str, Json]:
        """Return the object that `verify --format json` prints."""
        return {
            "kind": self.kind,
            "holds": self.holds,
            "run": self.run,
            "size": self.size,
            "root": None if self.root is None else write_root(self.root),
            "head": self.head or None,
            "first_bad": self.first_bad,
            "may_be_earlier": self.may_be_earlier,
            "checks": [
                {
                    "name": check.name,
                    "says": title(check.name),
                    "holds": check.holds,
                    "seq": check.seq,
                    "expected": check.expected or None,
                    "found": check.found or None,
                }
                for check in self.checks
            ],
            "not_checked": [{"name": name, "says": said} for name, said in self._named_limits()],
            "sealed": self.sealed,
            "erased": {**self.erasures.to_json(), "count": self.erased_texts},
            "signatures": [_signature_json(signed, holds=signed.holds) for signed in self.signatures],
            "outside": {
                "pinned": self.pinned,
                "pins": [
                    {
                        "kind": pin.kind.value,
                        "size": pin.size,
                        "holds": pin.holds,
                        "signatures": [
                            _signature_json(signed, holds=signed.holds if _known(signed) else None)
                            for signed in pin.signatures
                        ],
                    }
                    for pin in self.pins
                ],
            },
            "stamped": None
            if self.stamped is None
            else {"time": timestamp(self.stamped.time), "authority": self.stamped.authority},
        }


def _known(signed: Signed) -> bool:
    """Whether the key of a signature is at hand, so that it is known whether it is right."""
    return bool(signed.digest)


def _not_known(pin: Pin) -> str:
    """What is not known of the signatures of a checkpoint from outside."""
    names = ", ".join(signed.name for signed in pin.signatures if not _known(signed))
    if any(map(_known, pin.signatures)):
        message = _(
            "Of the checkpoint from outside, the signatures by {names} were not checked: their keys are not here."
        )
    else:
        message = _(
            "No signature of the checkpoint from outside was checked: the keys of {names} are not here. It counts as a "
            "size and a root that you trust, no more; “--signed-by” gives a key."
        )
    return message.format(names=names)


def _signature_json(signed: Signed, *, holds: bool | None) -> Json:
    """A signature; whether it holds is null where that is not known."""
    return {"name": signed.name, "key": signed.key, "key_digest": signed.digest, "holds": holds}


@dataclass(slots=True)
class Notebook:
    """The notes of checks while they are made. The first failure of each is kept."""

    made: dict[str, Check] = field(default_factory=dict)
    not_made: list[str] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)

    def take(self, verdict: Verdict) -> None:
        """Note the checks of a log. That of its head is left to the root, which says as much."""
        for check in verdict.checks:
            self.made[check.name] = check
        self.not_made += [name for name in verdict.not_checked if name != "head"]

    def passes(self, name: str) -> None:
        """Note that a check was made, and holds unless it is noted otherwise."""
        self.made.setdefault(name, Check(name, holds=True))

    def fails(self, name: str, expected: str, found: str, seq: int | None = None) -> None:
        """Note that a check does not hold."""
        if name not in self.made or self.made[name].holds:
            self.made[name] = Check(name, holds=False, seq=seq, expected=expected, found=found)

    def locate(self, name: str, seq: int | None) -> None:
        """Note at which entry a failure noted before is, now that this is known better."""
        if name in self.made and not self.made[name].holds:
            self.made[name] = replace(self.made[name], seq=seq)

    def compare(self, name: str, expected: str, found: str, seq: int | None = None) -> bool:
        """Note a check that two values are the same."""
        self.passes(name)
        if expected != found:
            self.fails(name, expected, found, seq)
        return expected == found

    def skips(self, name: str) -> None:
        """Note that a check could not be made."""
        self.not_made.append(name)

    def checks(self) -> tuple[Check, ...]:
        """The checks made, in order."""
        return tuple(self.made[name] for name in ORDER if name in self.made)


def title(name: str) -> str:
    """Return what the check `name` looks at, in the language spoken now."""
    return {
        "members": _("The bundle holds what its manifest lists, and nothing else."),
        "manifest": _("Every member has the digest that the manifest says."),
        "checkpoint": _("The checkpoint can be read and is about a run."),
        "signatures": _("Every signature of the checkpoint is right, and by a key that is here."),
        "keys": _("Every key that is here has signed the checkpoint."),
        "entry": _("The entry is canonical and says that it has this number in this run."),
        "offsets": _("The changes of the clocks are, byte for byte, those that the first entry names."),
        "ending": _("The last line is whole."),
        "size": _("There are as many entries as the checkpoint says."),
        "root": _("The root recomputed over the entries is the one that was signed."),
        "inclusion": _("The entry is in the record at its place: its hashes lead to the root that was signed."),
        "growth": _("The later record begins with everything that the earlier checkpoint counted."),
        "roster": _("The roster is the one that the checkpoint names."),
        "people": _("Every name in the roster is the one that the first entry commits to."),
        "cast": _("Every name in the roster is the one that the scenario gives this person."),
        "listing": _("What the list of runs says of this run is what its first entry says."),
        "rows": _("Every entry is kept under its own number and hash."),
        "outline": _("What is kept in the place of the erased scenario is what the record says."),
        "all-texts": _("The texts are those that the checkpoint names: none was changed, added or left out."),
        "text": _("Every text disclosed is the one that the entry commits to."),
        "earlier": _("The record begins with everything that the earlier checkpoint counted."),
        "paper": _("The root over so many entries is the one that you gave."),
        "count": _("There are at least as many entries as you said."),
        "files": _("Whatever else lies in the bundle is as it was when the checkpoint was signed."),
        "trusted": _("The checkpoint is signed by the key that you gave."),
        "stamp": _("The time stamp is about this checkpoint."),
        "authority": _("The time stamp is signed by an authority under the roots that you gave."),
    }.get(name) or check_title(name)


def limit(name: str) -> str:
    """Return what is not known because the check `name` could not be made, in the language spoken now."""
    return {
        "signatures": _("There are no signatures here, so nothing says who vouches for this record."),
        "offsets": _("The changes of the clocks are not here, so they were not compared with their digest."),
        "ending": _("How the log ends as a file was not checked."),
        "size": _("There is no checkpoint here: if the end was cut off, this cannot be seen."),
        SCENARIO_ERASED: _("The scenario was erased, so it was not compared with its digest."),
        "outline": _("What is kept in the place of the erased scenario is not here, so it was not checked."),
        "erased": _("What was erased was not checked: only the commitments to it are here."),
        "roster": _("The roster is not here, so the names behind the pseudonyms were not checked."),
        "people": _(
            "The first entry commits to no names: an earlier version of incidentsim began this run. The roster was "
            "compared with the scenario where that is here; otherwise whoever could write the database could have "
            "exchanged names."
        ),
        "listing": _("The first entry cannot be read, so the list of runs was not compared with it."),
        "pins": _(
            "The first entry pins something that is not here, or that this version of incidentsim does not know, so it "
            "was not compared."
        ),
        "earlier": _(
            "No checkpoint from outside was given: if whoever holds the signing key had written the whole record anew, "
            "this would not show. A checkpoint, or a size and root on paper, from an earlier day would show it."
        ),
        "trusted": _(
            "No key from outside was given: that the keys here are those of the people they are named after was not "
            "checked."
        ),
        "stamp": _(
            "The time stamp was not checked: that needs the extra “timestamp”: pip install 'incidentsim[timestamp]'."
        ),
        "authority": _(
            "The signature of the time-stamping authority was not checked; “--tsa-roots” names the roots that you "
            "trust for that, and “openssl ts -verify” does it too, as VERIFY.md shows."
        ),
        "revocation": _("Whether the time-stamping authority's certificate had been revoked was not looked up."),
        "pins-nothing": _(
            "What was given from outside counts no entry, so it pins nothing: if whoever holds the signing key had "
            "written the whole record anew, this would not show."
        ),
        "size-only": _("Only a size was given from outside, without its root, so no entry was compared with it."),
        "others-signed": _(
            "Whether anybody else had signed the checkpoint, or a time stamp lay beside it, cannot be seen: both can "
            "be taken away without a trace. “--signed-by” asks for a signature, “--tsa-roots” for a time stamp."
        ),
        "left-out": _("Reports and tables were left out of this copy."),
        "views-content": _(
            "Reports and tables in the bundle are as they were when the checkpoint was signed. Whether they say what "
            "the record says was not checked; made from the record anew, they can be compared."
        ),
        "views": _(
            "Reports and tables in the bundle are made from the record and are no part of it; only that they are as "
            "the manifest lists them was checked, and the manifest is not signed."
        ),
        "guide": _(
            "VERIFY.md in the bundle is another than this version of incidentsim writes. It is not signed: follow it "
            "only if you have it from somebody you trust."
        ),
        "entries": _("Only the two checkpoints were compared; no entry was looked at."),
        "others": _("Only this entry was checked; nothing is said about any other."),
    }.get(name) or check_limit(name)
