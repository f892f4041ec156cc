"""Plain mode: the same exercise as a dialogue, line by line, for screen readers and pipes."""
