"""The formats in which a playbook can be drawn: one table, which `incidentsim diagram` and its screen offer.

A new format is a maker in `exports.diagram` and a row. Graphviz's library is imported when something is drawn.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.messages import N_
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.text import Language


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One format.

    Attributes:
        id: what `incidentsim diagram --format` calls it.
        title: what the menu calls it: a message.
        suffix: of its files, with the dot.
        draw: draws a playbook in a language; a `SurroundingsError` if a program that it needs is missing or fails.
        ready: it can be looked at as it is; the others are texts that other programs draw.
    """

    id: str
    title: str
    suffix: str
    draw: "Callable[[Playbook, Language], bytes]"
    ready: bool = False

    def say(self) -> str:
        """Its title in the language spoken now."""
        return _(self.title)


def _mermaid(playbook: "Playbook", language: "Language") -> bytes:
    from incidentsim.exports import diagram

    return diagram.mermaid(playbook, language).encode()


def _dot(playbook: "Playbook", language: "Language") -> bytes:
    from incidentsim.exports import diagram

    return diagram.dot(playbook, language).encode()


def _svg(playbook: "Playbook", language: "Language") -> bytes:
    from incidentsim.exports import diagram

    return diagram.svg(playbook, language)


PICTURES: tuple[PictureFormat, ...] = (
    PictureFormat("mermaid", N_("Mermaid text, which many editors and wikis draw"), ".mmd", _mermaid),
    PictureFormat("dot", N_("Graphviz text (DOT)"), ".dot", _dot),
    PictureFormat("svg", N_("A picture (SVG; needs Graphviz)"), ".svg", _svg, ready=True),
)
"""All formats; the first is the one that is drawn if none is named."""
