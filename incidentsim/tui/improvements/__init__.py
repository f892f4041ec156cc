"""Improvement items on screens: over all runs, and what becomes of one."""
