"""What a procedure says without a source, as questions to whoever makes it their own: a list to be ticked off."""

from collections.abc import Mapping
from typing import Final

from incidentsim.definitions.starting.adopting import assumptions
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import N_, gettext
from incidentsim.messages import gettext as _

_ASKED: Final[Mapping[str, str]] = {
    "measures": N_("By which figures is it told how severe an incident is?"),
    "levels": N_("Where does each level begin?"),
    "aggravating_factors": N_("What makes an incident more severe?"),
    "judgements": N_("By what is each yes or no judged?"),
    "roles": N_("Which roles are there, and who deputises for them?"),
    "bodies": N_("Which bodies are there, and who belongs to them?"),
    "circumstances": N_("Which circumstances matter?"),
    "usual_times": N_("How long do steps usually take?"),
    "anchors": N_("From which moments do regulatory deadlines count?"),
    "tracks": N_("Who may take each step, what does it need, and who is told?"),
    "notices": N_("Who has to be told, by whom, and how soon?"),
    "working_hours": N_("What are the working hours?"),
    "lateness": N_("How is it told that something is late?"),
    "duties": N_("Who owes what, and within what time?"),
    "escalations": N_("What is escalated, to whom, and when?"),
    "forbidden": N_("What may nobody do?"),
    "metrics": N_("What is measured in an exercise?"),
    "objectives": N_("What should an exercise show, and what counts as done?"),
    "improvements": N_("Until when are improvements due?"),
}
"""By section of a playbook."""


def questions(data: bytes, playbook: Playbook, origin: str) -> tuple[bytes, int]:
    """A list of questions as Markdown, in the language spoken, and how many places it asks about.

    Args:
        data: the playbook's file.
        playbook: the same, read.
        origin: the id of the playbook that it was made from.
    """
    sections: dict[str, dict[str, list[int]]] = {}
    count = 0
    for section, line, about in assumptions(data, playbook.id):
        sections.setdefault(section, {}).setdefault(about, []).append(line)
        count += 1
    head = _(
        "No source says what follows: it was assumed in {origin}. Answer each question for your company. Where it is "
        "otherwise, change the line of playbook.yaml; where a document of yours says it, name its clause in place of "
        "“basis: assumption”."
    )
    title = _("Questions about {playbook}").format(playbook=playbook.id)
    lines = [f"# {title}", "", head.format(origin=origin)]
    for section, places in sections.items():
        lines += ["", f"## {_asked(section)}", ""]
        for about, where in places.items():
            at = _(", ").join(map(str, where))
            told = _("line {line}: {what}") if about else _("line {line}")
            told = told.format(line=at, what=" ".join(about.split()))
            lines.append(f"- [ ] {told}")
    return ("\n".join(lines) + "\n").encode(), count


def _asked(section: str) -> str:
    question = _ASKED.get(section)
    return section if question is None else gettext(question)
