"""The form of an action, made from what the playbook asks for."""
