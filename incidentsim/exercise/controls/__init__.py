"""Which facts of a run are evidence for which control."""
