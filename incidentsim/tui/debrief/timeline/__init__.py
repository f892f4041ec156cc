"""The picture of who did what when: its rows as data, its axis, and how it is drawn."""
