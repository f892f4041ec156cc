"""A run beside another of the same team: what changed in its measures, its ratings and its errors, and who played.

What must never enter here: words, and records that cannot be read.
"""
