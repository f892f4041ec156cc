"""A run as plain text, for a terminal."""
