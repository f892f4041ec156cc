"""The debrief: what a run came to, part by part."""
