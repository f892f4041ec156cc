"""What each viewer may see of a session, kept up to date: the facts, the scenario, what incidents are called."""
