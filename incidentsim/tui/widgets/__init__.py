"""Widgets that know nothing of exercises: lists, lines, tabs, choices and inputs."""
