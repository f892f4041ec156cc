"""A run beside the earlier runs of its team, and beside bots' plays of its scenario."""
