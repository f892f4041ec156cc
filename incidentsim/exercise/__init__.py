"""The exercise: a deterministic function of playbook, scenario and decisions, one step at a time.

Nothing here fetches time, randomness or ids: they are arguments, or follow from the scenario's seed.
"""
