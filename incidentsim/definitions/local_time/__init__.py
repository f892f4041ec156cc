"""Time zones: their data, and the small table of a run's offsets that is resolved from them before it begins."""
