"""A whole playbook in prose, by role: what was written, what was left out, and what then holds by default."""
