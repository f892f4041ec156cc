"""An explanation as text for a terminal, and as data."""

from incidentsim.domain.facts import Json
from incidentsim.exports.explaining.model import Explained, Explanation
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

_STEP = "  "


def explanation_lines(explanation: Explanation) -> list[str]:
    """The explanation line by line, as wide as the page."""
    head = _("{title} ({playbook})").format(title=explanation.title, playbook=explanation.playbook)
    lines = hanging("", visible(head))
    for section in explanation.sections:
        heading = section.heading
        if section.role:
            heading = _("{title} ({playbook})").format(title=heading, playbook=section.role)
        lines += ["", *hanging("", visible(heading))]
        for one in section.lines:
            lines += _line(one)
    return lines


def _line(one: Explained) -> list[str]:
    words = one.words if not one.basis else _("{sentence} [{basis}]").format(sentence=one.words, basis=one.basis)
    margin = _STEP * (one.indent + 1)
    return hanging(margin, visible(words), margin + _STEP)


def explanation_json(explanation: Explanation) -> dict[str, Json]:
    """The explanation as data: sections with a heading, a role and lines."""
    return {
        "playbook": explanation.playbook,
        "version": explanation.version,
        "title": explanation.title,
        "sections": [
            {
                "heading": section.heading,
                "role": section.role or None,
                "lines": [
                    {"words": one.words, "basis": one.basis or None, "default": one.default, "indent": one.indent}
                    for one in section.lines
                ],
            }
            for section in explanation.sections
        ],
    }
