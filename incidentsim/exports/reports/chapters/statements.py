"""What an exercise proves and what it does not: every report says it, in the same words."""

from incidentsim.domain.facts import DecisionSource
from incidentsim.exports.documents.model import Block, Heading, Paragraph
from incidentsim.exports.reports.material import Material
from incidentsim.messages import gettext as _


def proof_words(material: Material) -> list[str]:
    """Return the sentences on what the run proves, what it does not, and whose decisions it holds."""
    sentences = [
        _(
            "What an exercise proves: that the process was rehearsed. The procedure named here was gone through on an "
            "invented incident, and the record says what was decided, in which role and when, and what the procedure "
            "refused."
        ),
        _(
            "What an exercise does not prove: that the process worked in a real incident. The incident, the systems "
            "and the times are simulated; nothing was attacked, repaired or filed with an authority."
        ),
    ]
    if material.provenance.sources is None:
        return [*sentences, _("Whose decisions these were, people's or a program's, was not stated to this report.")]
    decided = material.deciders
    people, script, bots = (
        decided[source] for source in (DecisionSource.PERSON, DecisionSource.SCRIPT, DecisionSource.BOT)
    )
    if people == 0:
        sentences.append(
            _(
                "No person decided anything while this run was recorded: the decisions were written down beforehand "
                "({script}) or made by bots ({bots}). Such a run shows that the procedure can be followed as it is "
                "written; by itself it rehearsed nobody."
            ).format(script=script, bots=bots)
        )
    else:
        sentences.append(
            _("Decisions made by people: {people}; written down beforehand: {script}; made by bots: {bots}.").format(
                people=people, script=script, bots=bots
            )
        )
    return sentences


def proof_blocks(material: Material) -> list[Block]:
    """The statement as a chapter."""
    title = Heading(2, _("What this proves, and what it does not"))
    return [title, *(Paragraph(words, important=True) for words in proof_words(material))]
