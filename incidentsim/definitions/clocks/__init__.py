"""Packs of regulatory deadlines."""
