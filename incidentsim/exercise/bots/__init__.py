"""Deciders for the roles that nobody plays: what they know, what they choose, how fast, and what they get wrong.

A bot keeps nothing in mind: all it does follows from the facts so far, so a resumed run goes on as it would have.
"""
