"""The ground rules of an exercise: handed out, read aloud, and on the screen of the briefing."""

from incidentsim.messages import gettext as _


def ground_rules() -> tuple[str, ...]:
    """Return the rules of a tabletop exercise, which everybody hears before it begins."""
    return (
        _("Everything is invented. Nobody calls, writes to or changes anything real."),
        _("If something real happens, say “real incident”: the exercise stops at once."),
        _("You play the role that stands beside your name, and know what that person knows."),
        _("Messages reach you as the story goes on. What you get is yours: pass it on if you would in life."),
        _("Say what you do, in which role, and why. The program answers what the procedure makes of it."),
        _("A refusal is no failure: it says which rule stands in the way, and what would be allowed."),
        _("Time passes in the story faster than at the table. Mind what is due, and by when."),
        _("Take the story as it is told. Where it could not happen so in your house, note it for afterwards."),
        _("The exercise is about the procedure and the work. Nobody is blamed for what they decide in it."),
        _("Whoever is stuck asks the facilitator. Afterwards everybody looks back at what happened, and why."),
    )
