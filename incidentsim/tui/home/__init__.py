"""The home: scenarios, runs, playbooks and archetypes."""
