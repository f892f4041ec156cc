"""What a playbook lacks for a story, said in a sentence."""

from incidentsim.domain.playbook import Playbook
from incidentsim.generation.generate import Generated
from incidentsim.messages import gettext as _
from incidentsim.messages import language


def left_out(playbook: Playbook, made: Generated) -> list[str]:
    """Return what is said of a story that a playbook has not everything for: nothing, or up to three sentences."""
    sentences = []
    if made.lacking:
        message = _(
            "Nothing in {playbook} means {meanings}; what rests on these is left out, or goes to whoever is nearest."
        )
        sentences.append(message.format(playbook=playbook.id, meanings=_(", ").join(made.lacking)))
    if made.unanswered:
        message = _("The story does not answer {answers}, which steps of {playbook} ask for; they count as no.")
        sentences.append(message.format(playbook=playbook.id, answers=_(", ").join(made.unanswered)))
    if made.invented:
        names = _(", ").join(name.say("zh" if language() == "zh" else "en") for name in made.invented)
        message = _("Nobody of the roster takes these parts of the story, so invented people do: {names}.")
        sentences.append(message.format(names=names))
    return sentences
