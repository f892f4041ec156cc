"""Rosters: the people of a company, written once and used by scenarios, which are stored without need of them."""
