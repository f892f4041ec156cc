"""Papers before an exercise: the events list, the facilitator's guide, the handout and the forecast."""
