"""The table: an exercise as the people at it see it, and everything they can do."""
