"""What a playbook leaves out, made as if it had been written: short forms written out, and defaults."""
