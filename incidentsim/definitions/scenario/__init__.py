"""Scenario files: read, checked against their playbook, and written."""
