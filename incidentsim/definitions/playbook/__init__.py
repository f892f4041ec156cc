"""Playbook files: read, and searched for rules that cannot be meant."""
