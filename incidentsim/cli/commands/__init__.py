"""The commands, by subject. One module a command, each with a function `command` that builds it."""
