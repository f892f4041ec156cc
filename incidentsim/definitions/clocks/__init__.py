"""Packs of regulatory clocks."""
