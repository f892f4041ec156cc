"""Commands that play scenarios: by a script, by bots, or by people."""
