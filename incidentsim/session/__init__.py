"""An exercise on record while it is under way: replayed, played by bots, or by people at a table.

Steps are on record before anybody sees them. Nothing here knows a screen, and nothing fetches time or ids.
"""
