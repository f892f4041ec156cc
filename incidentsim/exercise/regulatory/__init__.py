"""Deadlines of laws, reckoned from facts, packs of data and calendars. They stand in no fact and move no outcome."""
