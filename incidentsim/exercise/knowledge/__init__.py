"""What everybody knows about an incident, from when, and by which fact."""
