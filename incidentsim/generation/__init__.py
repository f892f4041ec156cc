"""Coherent scenarios from archetypes: stories as data, drawn by seed, level, locale, difficulty and organisation.

The only room that imports `faker` and `pypinyin`. What must never enter: the wall clock, the environment, and
randomness other than named streams.
"""
