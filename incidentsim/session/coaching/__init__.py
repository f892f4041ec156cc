"""The coach at a seat: what is owed first, why, what good looks like, and hints; never more than the seat knows."""
