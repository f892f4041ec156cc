"""The command line: one module a command, each with a function `command` that builds it in the language spoken.

What must never enter here: rules of incident response, and heavy imports at the top of a module. A command imports
what it needs when it runs.
"""
