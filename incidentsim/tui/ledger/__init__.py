"""The record of a run, entry by entry, and what verifying it found."""
