"""The coach's rules: what somebody's own knowledge gives by the playbook's rule, and how much help they still need."""
