"""The language of the program: playbook, scenario, actions and facts, as frozen values.

Nothing here reads a file, a clock, the environment or a random source, and nothing here knows a company:
every role, level, track and duty comes from data.
"""
