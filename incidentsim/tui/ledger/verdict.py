"""What verifying a record found: every check, what was expected and found, and what could not be checked."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from incidentsim.evidence.findings import Findings, title
from incidentsim.ledger.checkpoint import write_root
from incidentsim.ledger.verify import Check
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words


class VerdictScreen(LocalizedScreen, ModalScreen[int | None]):
    """Tells what was found; gives the first bad entry if somebody wants to go there."""

    CSS = """
    VerdictScreen { align: center middle; }
    VerdictScreen > Vertical { width: 98%; max-width: 110; height: auto; max-height: 94%; background: $surface;
                               border: round $primary; }
    VerdictScreen VerticalScroll { height: auto; max-height: 80vh; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q,v", "leave", N_("Back"), id="verdict.back"),
        key("enter", "go", N_("To the first bad entry"), id="verdict.go"),
    ]

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings

    def compose(self) -> ComposeResult:
        """A heading and the checks."""
        with Vertical():
            yield Words(summary(self._findings), classes="heading")
            with VerticalScroll():
                yield Static(id="checks", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Fit the texts to the width."""
        self.call_after_refresh(self._fit)

    async def relocalize(self) -> None:
        """Tell it in another language."""
        await super().relocalize()
        self._fit()
        self.query_one(VerticalScroll).focus()

    def _fit(self) -> None:
        columns = max(min(self.size.width * 98 // 100, 110) - 6, 10)
        self.query_one("#checks", Static).update(told(verdict_parts(self._findings), columns))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """One can go to a bad entry where there is one."""
        return action != "go" or self._findings.first_bad is not None

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_go(self) -> None:
        """Go to the first bad entry."""
        self.dismiss(self._findings.first_bad)


def summary(findings: Findings) -> str:
    """Return the verdict on a record in a sentence, with the first bad entry where one is known."""
    if findings.holds:
        return _("✓ The record holds, as far as it can be checked from inside.")
    if findings.first_bad is not None:
        return _("✕ The record does not hold. The first bad entry is #{seq}.").format(seq=findings.first_bad)
    return _("✕ The record does not hold.")


def verdict_parts(findings: Findings) -> list[tuple[str, str]]:
    """Every check with its outcome, what could not be checked, and what to keep elsewhere."""
    holding = [_("✓ {check}").format(check=title(check.name)) for check in findings.checks if check.holds]
    parts = [_failed(check) for check in findings.checks if not check.holds]
    parts += [("", "\n".join(holding))] if holding else []
    limits = findings.limits()
    if limits:
        parts.append((_("Not checked"), "\n".join(f"? {sentence}" for sentence in limits)))
    if findings.root is not None:
        parts.append((_("What pins it"), _pin(findings.size, findings.root)))
    return parts


def _failed(check: Check) -> tuple[str, str]:
    where = _("At entry #{seq}").format(seq=check.seq) if check.seq is not None else _("Of the record as a whole")
    found = _("{where}, expected:\n{expected}\nfound:\n{found}")
    told_so = found.format(where=where, expected=check.expected, found=check.found)
    return _("✕ {check}").format(check=title(check.name)), told_so


def _pin(size: int, root: bytes) -> str:
    message = _(
        "{size} entries, root {root}. Kept elsewhere, these two show later whether the record is still the same."
    )
    return message.format(size=size, root=write_root(root))
