"""The briefing: the story so far, and the choices before an exercise begins."""
