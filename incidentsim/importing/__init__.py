"""From foreign formats to scenarios: each format in a package of its own, and a report of what stayed behind.

What must never enter here: running anything, reading files or the environment. An importer gets bytes and a
playbook, and gives bytes.
"""
