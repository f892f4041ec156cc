"""From foreign formats to scenarios: each format in a package of its own, and a report of what stayed behind.

`formats` is the table of them, `imported` what they all give back. What every importer can use stands beside them:
`people` and `message` for the story, `phrasing` for its sentences, `measured` and `money` for the level,
`json_positions` for problems.

What must never enter here: running anything, reading files or the environment. An importer gets bytes and a
playbook, and gives bytes.
"""
