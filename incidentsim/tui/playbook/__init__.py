"""A playbook to be read."""
