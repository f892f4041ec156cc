"""Reads a session for one seat: from its facts and its exercise to the frozen views that a seat hands out."""
