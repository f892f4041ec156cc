"""The settings: what a user prefers, changed from inside."""
